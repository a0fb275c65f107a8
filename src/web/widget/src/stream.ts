import type { Api } from "./api";
import { backoff, type Keep } from "./ids";

export interface Frame {
  id: string;
  event: string;
  data: string;
}

/** Splits server-sent events (WHATWG HTML, section 9.2) out of text that arrives in any pieces. */
export class FrameReader {
  private rest = "";
  private frame: Frame = { id: "", event: "", data: "" };

  push(text: string, emit: (frame: Frame) => void): void {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (this.frame.data !== "" || this.frame.event !== "") {
          emit(this.frame);
        }
        this.frame = { id: "", event: "", data: "" };
        continue;
      }
      const colon = line.indexOf(":");
      if (colon === 0) {
        continue; // A comment: the server's heartbeat.
      }
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
      if (field === "data") {
        this.frame.data += (this.frame.data === "" ? "" : "\n") + value;
      } else if (field === "id" || field === "event") {
        this.frame[field] = value;
      }
    }
  }
}

/** The shopper's stream: reads with fetch (EventSource cannot send a token header), resumes after the last id, for ever. */
export class Stream {
  private stopped = false;
  private restarting = false;
  private abort: AbortController | undefined;
  private last: string | undefined;

  constructor(
    private readonly api: Api,
    private readonly page: Keep,
    private readonly onFrame: (event: string, data: unknown) => void,
    private readonly onState: (online: boolean) => void,
    private readonly silence = 45_000,
  ) {
    this.last = page.get("last");
    addEventListener("online", () => this.abort?.abort());
  }

  async run(): Promise<void> {
    for (let attempt = 0; !this.stopped; attempt++) {
      try {
        await this.read(() => (attempt = 0));
      } catch {
        // Away: the network, the server, or our own watchdog. Whatever it was, the remedy is to come back later.
      }
      this.onState(false);
      if (this.restarting) {
        this.restarting = false;
        attempt = -1;
      } else if (!this.stopped) {
        await new Promise((done) => setTimeout(done, 250 + backoff(attempt)));
      }
    }
  }

  /** Another customer's stream begins, at once. Positions are those of the whole journal, so it goes on where this one was. */
  restart(): void {
    this.restarting = true;
    this.abort?.abort();
  }

  stop(): void {
    this.stopped = true;
    this.abort?.abort();
  }

  private remember(id: string | undefined): void {
    this.last = id;
    this.page.set("last", id);
  }

  private async read(alive: () => void): Promise<void> {
    const { token, position } = await this.api.open();
    // Remembered before the server confirms it: who becomes another customer before that must not miss what came meanwhile.
    if (!this.last && position) {
      this.remember(String(position));
    }
    const after = this.last;
    const abort = (this.abort = new AbortController());
    let watchdog = setTimeout(() => abort.abort(), this.silence);
    try {
      const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: "text/event-stream" };
      if (after) {
        headers["last-event-id"] = after;
      }
      const response = await fetch(this.api.url("/v1/shopper/stream"), { headers, credentials: "omit", signal: abort.signal });
      if (!response.ok || !response.body) {
        if (response.status === 401) {
          this.api.forget();
        }
        throw new Error(String(response.status));
      }
      this.onState(true);
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      const frames = new FrameReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          return;
        }
        alive();
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), this.silence);
        frames.push(decoder.decode(value, { stream: true }), (frame) => this.take(frame));
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  private take(frame: Frame): void {
    // Remembered before it is shown: a frame that breaks the page must not come back for ever.
    if (frame.id) {
      this.remember(frame.id);
    }
    this.onFrame(frame.event, frame.data === "" ? {} : JSON.parse(frame.data));
  }
}
