import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useSigned } from "../context";
import { t } from "../i18n";
import { closable } from "../parts/feedback";
import { conversationAt, navigate } from "../router";

const slot = "smartservice-console-notify";

export function wantsNotifications(): boolean {
  try {
    return localStorage.getItem(slot) === "on" && typeof Notification !== "undefined" && Notification.permission === "granted";
  } catch {
    return false;
  }
}

/** Asks the browser, and remembers what the person said. */
export async function switchNotifications(on: boolean): Promise<boolean> {
  const granted = on && typeof Notification !== "undefined" && (Notification.permission === "granted" || (await Notification.requestPermission()) === "granted");
  try {
    localStorage.setItem(slot, granted ? "on" : "off");
  } catch {
    // Then it holds for nothing; the browser's own setting stays.
  }
  return granted;
}

/** Says that a shopper waits: by the browser when the page is in the background, by a note in the page otherwise. */
export function useCalls(): void {
  const { live } = useSigned();
  useEffect(() => {
    const seen = new Map<string, number>();
    return live.onCall(({ conversation, kind, text }) => {
      const now = Date.now();
      const here = !document.hidden && new URLSearchParams(location.search).get("open") === conversation;
      if (here || now - (seen.get(conversation) ?? 0) < 10_000) {
        return;
      }
      seen.set(conversation, now);
      const title = t(kind === "handed_off" ? "call.handedOff" : "call.message");
      if (document.hidden) {
        if (wantsNotifications()) {
          const note = new Notification(title, { body: text.slice(0, 140), tag: conversation, icon: "/console/icon.svg" });
          note.onclick = () => {
            window.focus();
            navigate(conversationAt(conversation));
            note.close();
          };
        }
      } else if (kind === "handed_off" && !location.pathname.endsWith("/conversations")) {
        notifications.hide("call");
        // One note for all: a busy day must not cover the page.
        notifications.show({ id: "call", color: "red", title, message: text.slice(0, 140), withBorder: true, ...closable(), onClick: () => navigate(conversationAt(conversation)), style: { cursor: "pointer" } });
      }
    });
  }, [live]);
}
