import type { PageType, PopupOutcome } from "../schema";
import type { Message, Present } from "../types";

/** The staff stream's events, as docs/api.md has them. What the console does not know it skips. */
export type StaffEvent =
  | { name: "ready"; data: { head: number } }
  | { name: "visit"; data: { customer: string; id: string; session: string; page: PageType; subject?: string; at: string } }
  | { name: "forecast"; data: { customer: string; ranked: { intent: string; probability: number }[]; at: string } }
  | { name: "popup"; data: { id: string; customer: string; topic: string; at: string; title: string } }
  | { name: "popup-withheld"; data: { id: string; customer: string; topic: string; at: string } }
  | { name: "popup-outcome"; data: { id: string; customer: string; outcome: PopupOutcome } }
  | { name: "opened"; data: { conversation: string; customer: string; locale: string; at: string } }
  | { name: "message"; data: Message & { conversation: string; mode?: "bot" | "human" } }
  | { name: "mode"; data: { conversation: string; mode: "bot" | "human"; agent?: string } }
  | { name: "read"; data: { conversation: string; by: "customer" | "agent"; upTo: number } }
  | { name: "rated"; data: { conversation: string; number?: number; helpful?: boolean; score?: number } }
  | { name: "closed"; data: { conversation: string } }
  | { name: "typing"; data: { conversation: string; author: string; typing: boolean } }
  | { name: "note"; data: { conversation: string; id: string; author: string; text: string; at: string } }
  | { name: "assigned"; data: { conversation: string; member?: string; name?: string; by: string } }
  | { name: "presence"; data: { conversation: string; present: Present[] } }
  | { name: "erased"; data: { customer?: string; conversation?: string } };

export interface Frame {
  id?: string;
  event: string;
  data: string;
}

/** Server-sent events out of text that comes in pieces: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation. */
export class FrameReader {
  private rest = "";
  private event = "";
  private data: string[] = [];
  private id: string | undefined;

  read(piece: string): Frame[] {
    const found: Frame[] = [];
    const text = this.rest + piece;
    let from = 0;
    for (;;) {
      const end = text.indexOf("\n", from);
      if (end < 0) {
        break;
      }
      const line = text.slice(from, text[end - 1] === "\r" ? end - 1 : end);
      from = end + 1;
      if (line === "") {
        if (this.data.length > 0) {
          found.push({ event: this.event === "" ? "message" : this.event, data: this.data.join("\n"), ...(this.id === undefined ? {} : { id: this.id }) });
        }
        this.event = "";
        this.data = [];
        this.id = undefined;
      } else if (!line.startsWith(":")) {
        const colon = line.indexOf(":");
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
        if (field === "event") {
          this.event = value;
        } else if (field === "data") {
          this.data.push(value);
        } else if (field === "id") {
          this.id = value;
        }
      }
    }
    this.rest = text.slice(from);
    return found;
  }
}
