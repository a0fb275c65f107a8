import type { Line, Transcript } from "./conversation";
import { h, safeUrl } from "./dom";
import type { Texts } from "./i18n";
import { css } from "./styles";
import type { Action, Peak, Popup, PopupOutcome, Suggestion } from "./types";

/** What the shopper does; the widget does the rest. */
export interface Actions {
  open(): void;
  close(): void;
  send(text: string): void;
  retry(clientId: string): void;
  typing(): void;
  person(): void;
  suggest(suggestion: Suggestion): void;
  popup(outcome: PopupOutcome): void;
  continuePopup(): void;
  rateAnswer(number: number, helpful: boolean): void;
  rateChat(score: number): void;
  leave(contact: string): void;
}

export interface Model {
  t: Texts;
  open: boolean;
  online: boolean;
  unread: number;
  transcript: Transcript;
  suggestions: Suggestion[];
  typing: string | undefined;
  popup: Popup | undefined;
  popupRated: boolean;
  /** Whether to ask how the chat was, and the score given. */
  askScore: boolean;
  score: number | undefined;
  /** Set while the service is short of what it is otherwise. */
  peak: Peak | undefined;
}

const icon = '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true"><path d="M4 5h16v11H9l-5 4z"/></svg>';

/** Draws the widget in a shadow root. */
export class View {
  readonly host = h("div", { "data-smartservice": true });
  private readonly root: ShadowRoot;
  private readonly launch: HTMLButtonElement;
  private readonly badge = h("span", { class: "badge", hidden: true });
  private readonly card = h("section", { class: "card", hidden: true, role: "complementary" });
  private readonly news = h("div", { class: "vh", role: "status", "aria-live": "polite" });
  private readonly panel = h("section", { class: "panel", hidden: true, role: "dialog", "aria-modal": "false" });
  private readonly title = h("h2", { id: "t" });
  private readonly log = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: 0 });
  private readonly sug = h("div", { class: "sug" });
  private readonly bar = h("div", { class: "bar", hidden: true, role: "status", "aria-live": "polite" });
  private readonly contact = h("input", { maxlength: 200, autocomplete: "email" });
  private readonly leaveButton = h("button", { class: "chip main", type: "button", click: () => this.act.leave(this.contact.value.trim()) });
  private readonly leave = h("div", { class: "bar row", hidden: true }, this.contact, this.leaveButton);
  private readonly input = h("textarea", { rows: 1, maxlength: 4000, enterkeyhint: "send" });
  private readonly sendButton = h("button", { class: "send", type: "submit" });
  private readonly personButton: HTMLButtonElement;
  private readonly closeButton: HTMLButtonElement;
  private readonly drawn = new Map<string, { key: string; node: HTMLElement }>();
  private shownPopup: string | undefined;

  constructor(
    private readonly model: Model,
    private readonly act: Actions,
    bottom: number,
  ) {
    this.root = this.host.attachShadow({ mode: "open" });
    this.launch = h("button", { class: "launch", type: "button", "aria-expanded": "false", click: () => (this.model.open ? act.close() : act.open()) });
    this.launch.innerHTML = icon; // Our own constant drawing, no foreign text.
    this.launch.append(this.badge);
    this.personButton = h("button", { class: "link", type: "button", click: () => act.person() });
    this.closeButton = h("button", { class: "x", type: "button", click: () => act.close() }, "×");
    const form = h("form", { submit: (event: Event) => this.submit(event) }, this.input, this.sendButton);
    this.input.addEventListener("keydown", (event) => {
      // Enter sends; Shift+Enter breaks the line; Enter that ends a Korean or Chinese composition does neither.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        this.submit(event);
      }
    });
    this.input.addEventListener("input", () => {
      this.sendButton.disabled = this.input.value.trim() === "";
      if (this.input.value !== "") act.typing();
    });
    this.sendButton.disabled = true;
    this.panel.setAttribute("aria-labelledby", "t");
    this.panel.append(h("header", {}, this.title, this.closeButton), this.bar, this.leave, this.log, this.sug, form, h("div", { class: "foot" }, this.personButton));
    this.root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape") {
        if (this.model.open) act.close();
        else if (this.model.popup) act.popup("dismissed");
      }
    });
    const frame = h("div", { class: "w" }, this.card, this.panel, this.launch, this.news);
    frame.style.setProperty("--lift", `${bottom}px`);
    const style = document.createElement("style");
    style.textContent = css;
    this.root.append(style, frame);
  }

  theme(theme: "light" | "dark" | "auto"): void {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => this.host.toggleAttribute("data-dark", theme === "dark" || (theme === "auto" && query.matches));
    query.addEventListener("change", apply);
    apply();
  }

  focusInput(): void {
    this.input.focus();
  }

  focusLauncher(): void {
    this.launch.focus();
  }

  draw(): void {
    const { t, open, unread, transcript, online } = this.model;
    this.launch.setAttribute("aria-label", `${open ? t.minimise : t.open}${unread ? `, ${t.unread(unread)}` : ""}`);
    this.launch.setAttribute("aria-expanded", String(open));
    this.badge.hidden = unread === 0;
    this.badge.textContent = String(unread);
    this.title.textContent = t.title;
    this.closeButton.setAttribute("aria-label", t.minimise);
    this.input.placeholder = t.placeholder;
    this.input.setAttribute("aria-label", t.placeholder);
    this.sendButton.textContent = t.send;
    this.personButton.textContent = t.person;
    this.personButton.hidden = transcript.mode === "human";
    const said = online ? (transcript.mode === "human" ? t.withPerson : this.peakText()) : t.offline;
    this.bar.hidden = !said;
    // Only what is new is written, or a screen reader would say it at every stroke.
    if (this.bar.textContent !== said) this.bar.textContent = said;
    this.leave.hidden = this.model.peak?.rung !== "call_back" || !transcript.pending().length;
    this.leaveButton.textContent = t.leave;
    this.contact.placeholder = t.contact;
    this.contact.setAttribute("aria-label", t.contact);
    this.panel.hidden = !open;
    this.drawPopup();
    this.drawSuggestions();
    this.drawLog();
  }

  private peakText(): string {
    const { t, peak } = this.model;
    if (!peak || peak.rung === "full" || peak.rung === "popups_paused") {
      return "";
    }
    return peak.rung === "call_back" && !peak.place ? t.full : peak.place ? t.place(peak.place, Math.ceil((peak.waitSeconds ?? 0) / 60)) : t.busy;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text !== "") {
      this.input.value = "";
      this.sendButton.disabled = true;
      this.act.send(text);
    }
  }

  private drawPopup(): void {
    const { popup, open, t, popupRated } = this.model;
    this.card.hidden = !popup || open;
    const key = popup ? popup.id + popupRated + t.help : undefined;
    if (!popup || key === this.shownPopup) {
      this.shownPopup = key;
      return;
    }
    this.shownPopup = key;
    this.card.setAttribute("aria-label", popup.title);
    this.card.replaceChildren(
      h("header", {}, h("h2", {}, popup.title), h("button", { class: "x", type: "button", "aria-label": t.dismiss, click: () => this.act.popup("dismissed") }, "×")),
      h("p", { class: "why" }, popup.why),
      h("p", { class: "answer" }, popup.answer),
      h("div", { class: "row" }, h("button", { class: "chip main", type: "button", click: () => this.act.continuePopup() }, t.more), ...this.links(popup.actions, () => this.act.popup("opened"))),
      h(
        "div",
        { class: "row src" },
        popupRated ? t.thanks : t.helpful,
        !popupRated && h("button", { class: "link", type: "button", click: () => this.act.popup("helpful") }, t.yes),
        !popupRated && h("button", { class: "link", type: "button", click: () => this.act.popup("not_helpful") }, t.no),
      ),
    );
    this.news.textContent = `${popup.title}. ${popup.why}. ${popup.answer}`;
  }

  private drawSuggestions(): void {
    const { suggestions, t, transcript } = this.model;
    const show = transcript.lines().length === 0 && suggestions.length > 0;
    this.sug.hidden = !show;
    if (show) {
      this.sug.replaceChildren(
        h("h3", {}, t.suggestions),
        ...suggestions.map((one) => h("button", { class: "chip", type: "button", click: () => this.act.suggest(one) }, one.label)),
      );
    }
  }

  /** Redraws only the lines that changed, so that a screen reader announces each message once. */
  private drawLog(): void {
    const { transcript, typing, t, askScore, score } = this.model;
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    const lines = transcript.lines();
    const lastOwn = lines.filter((line) => line.author === "customer").pop();
    const wanted: { id: string; key: string; make: () => HTMLElement }[] = lines.map((line) => ({
      id: line.clientId ?? `#${line.number}`,
      key: JSON.stringify([line, line === lastOwn, line === lines[lines.length - 1], t.send]),
      make: () => this.line(line, line === lastOwn, line === lines[lines.length - 1]),
    }));
    if (typing) {
      wanted.push({ id: "typing", key: typing, make: () => h("div", { class: "m" }, h("div", { class: "b", role: "img", "aria-label": `${typing} ${t.typing}` }, h("span", { class: "dots" }, h("i"), h("i"), h("i")))) });
    }
    if (askScore) {
      wanted.push({ id: "score", key: `${score}${t.rate}`, make: () => this.score(score) });
    }
    const keep = new Set(wanted.map((one) => one.id));
    for (const [id, { node }] of this.drawn) {
      if (!keep.has(id)) {
        node.remove();
        this.drawn.delete(id);
      }
    }
    wanted.forEach((one, index) => {
      const old = this.drawn.get(one.id);
      let node = old?.node;
      if (old?.key !== one.key) {
        const made = one.make();
        node?.replaceWith(made);
        node = made;
        this.drawn.set(one.id, { key: one.key, node });
      }
      if (node && this.log.children[index] !== node) {
        this.log.insertBefore(node, this.log.children[index] ?? null);
      }
    });
    if (atEnd) {
      this.log.scrollTop = this.log.scrollHeight;
    }
  }

  private line(line: Line, lastOwn: boolean, last: boolean): HTMLElement {
    const { t } = this.model;
    const own = line.author === "customer";
    const who = own ? t.you : line.author === "agent" ? (line.agent ?? t.bot) : t.bot;
    const failed = line.status === "failed" && own;
    return h(
      "div",
      { class: own ? "m me" : line.author === "system" ? "m sys" : "m", "data-status": own && line.status },
      h("div", { class: "b" }, h("span", { class: "vh" }, `${who}: `), line.text),
      !own && this.sources(line),
      last && line.options?.length ? h("div", { class: "row" }, ...line.options.map((one) => h("button", { class: "chip", type: "button", click: () => this.act.send(one.label) }, one.label))) : undefined,
      line.actions?.length ? h("div", { class: "row" }, ...this.links(line.actions, () => undefined)) : undefined,
      line.author === "bot" && line.source?.kind !== "rule" && line.source ? this.helpful(line) : undefined,
      failed
        ? h("div", { class: "meta bad" }, h("button", { type: "button", click: () => this.act.retry(line.clientId ?? "") }, t.failed))
        : own && (lastOwn || line.status === "sending") && h("div", { class: "meta" }, t[line.status as "sending" | "sent" | "delivered" | "read"]),
    );
  }

  private helpful(line: Line): HTMLElement {
    const { t } = this.model;
    return typeof line.helpful === "boolean"
      ? h("div", { class: "meta" }, t.thanks)
      : h(
          "div",
          { class: "meta" },
          t.helpful,
          h("button", { class: "link", type: "button", click: () => this.act.rateAnswer(line.number, true) }, t.yes),
          h("button", { class: "link", type: "button", click: () => this.act.rateAnswer(line.number, false) }, t.no),
        );
  }

  private score(score: number | undefined): HTMLElement {
    const { t } = this.model;
    return h(
      "div",
      { class: "m sys" },
      score ? t.thanks : t.rate,
      !score && h("div", { class: "row", role: "group", "aria-label": t.rate }, ...[1, 2, 3, 4, 5].map((n) => h("button", { class: "chip", type: "button", "aria-label": t.stars(n), click: () => this.act.rateChat(n) }, `${n} ★`))),
    );
  }

  private sources(line: Line): HTMLElement | undefined {
    const titles = [line.source, ...(line.also ?? [])].flatMap((source) => (source && source.kind !== "rule" && source.title ? [source.title] : []));
    return titles.length ? h("div", { class: "meta" }, `${this.model.t.because}: ${titles.join(" · ")}`) : undefined;
  }

  private links(actions: Action[], followed: () => void): HTMLElement[] {
    return actions.flatMap((action) => {
      const href = safeUrl(action.url);
      return href ? [h("a", { class: "chip", href, click: followed }, action.label)] : [];
    });
  }
}
