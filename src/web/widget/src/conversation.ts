import type { Conversation, Message } from "./types";

export type Status = "sending" | "failed" | "sent" | "delivered" | "read";

export interface Line extends Message {
  status: Status;
}

const rank: Record<Status, number> = { sending: 0, failed: 0, sent: 1, delivered: 2, read: 3 };

/** A status never goes backwards; only a message that never arrived may fail and be tried again. */
export function advance(from: Status, to: Status): Status {
  return rank[to] > rank[from] || (rank[from] === 0 && rank[to] === 0) ? to : from;
}

/**
 * The transcript as shown: messages by number, each once, however often and in whatever order they come; after them the
 * shopper's own messages that have no number yet.
 */
export class Transcript {
  private readonly numbered = new Map<number, Line>();
  private waiting: Line[] = [];
  mode: "bot" | "human" = "bot";
  readByAgent = 0;

  lines(): Line[] {
    return [...[...this.numbered.values()].sort((a, b) => a.number - b.number), ...this.waiting];
  }

  get last(): number {
    return Math.max(0, ...this.numbered.keys());
  }

  pending(): Line[] {
    return this.waiting.filter((line) => line.status !== "failed");
  }

  write(clientId: string, text: string): Line {
    const line: Line = { number: 0, author: "customer", text, at: new Date().toISOString(), clientId, status: "sending" };
    this.waiting.push(line);
    return line;
  }

  /** The server has it, under this number. */
  acknowledge(clientId: string, number: number): void {
    const line = this.waiting.find((one) => one.clientId === clientId);
    if (line) {
      this.take({ ...line, number });
    }
  }

  fail(clientId: string): void {
    this.mark(clientId, "failed");
  }

  retry(clientId: string): Line | undefined {
    return this.mark(clientId, "sending");
  }

  /** A message from the stream, an answer or a transcript. */
  take(message: Message): void {
    const known = this.numbered.get(message.number);
    let status: Status = message.author === "customer" ? "sent" : "read";
    const own = this.waiting.find((line) => message.clientId != null && line.clientId === message.clientId);
    if (own) {
      this.waiting = this.waiting.filter((line) => line !== own);
    }
    if (known) {
      status = advance(known.status, status);
    }
    this.numbered.set(message.number, { ...known, ...message, status });
    // Whoever answers has seen what came before: the bot reads everything up to the message it replies to.
    const seen = message.author === "bot" || message.author === "system" ? (message.replies ?? 0) : message.author === "agent" ? message.number - 1 : 0;
    this.raise(seen, "read");
  }

  /** It came back on the stream: everybody connected to this conversation has it. */
  delivered(number: number): void {
    const line = this.numbered.get(number);
    if (line) {
      line.status = advance(line.status, "delivered");
    }
  }

  readUpTo(number: number): void {
    this.readByAgent = Math.max(this.readByAgent, number);
    this.raise(number, "read");
  }

  load(conversation: Conversation): void {
    this.mode = conversation.mode;
    for (const message of conversation.messages) {
      this.take(message);
    }
    this.readUpTo(conversation.readByAgent);
  }

  private raise(upTo: number, status: Status): void {
    for (const line of this.numbered.values()) {
      if (line.author === "customer" && line.number <= upTo) {
        line.status = advance(line.status, status);
      }
    }
  }

  private mark(clientId: string, status: Status): Line | undefined {
    const line = this.waiting.find((one) => one.clientId === clientId);
    if (line) {
      line.status = advance(line.status, status);
    }
    return line;
  }
}
