import type { Conversation, ConversationSummary, Named } from "../types";
import type { Query } from "../api";

export const queues = ["waiting", "later", "mine", "people", "bot", "closed", "all"] as const;
export type Queue = (typeof queues)[number];

/** Filters a figure drills down to; they stand in the address and go to the server as they are. */
export const drills = ["handedOff", "resolved", "score", "waiting", "popup", "from", "to", "customer"] as const;

export function queueQuery(queue: Queue): Query {
  switch (queue) {
    case "waiting":
    case "people":
      return { mode: "human", open: true };
    case "later":
      return { callBack: true };
    case "mine":
      return { assignee: "me", open: true };
    case "bot":
      return { mode: "bot", open: true };
    case "closed":
      return { open: false };
    case "all":
      return {};
  }
}

/** A conversation waits when a person should answer and none has taken it. */
export const waits = (c: Pick<ConversationSummary, "mode" | "open" | "agent">): boolean => c.open && c.mode === "human" && !c.agent;

export const nameOf = (assignee: Named | string | undefined): string | undefined => (typeof assignee === "string" ? assignee : assignee?.name);

/** The word after the "/" that a canned answer is looked for by; undefined where none is being typed. */
export function slashWord(text: string, caret: number): { from: number; word: string } | undefined {
  const match = /(^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  return match ? { from: match.index + (match[1]?.length ?? 0), word: match[2] ?? "" } : undefined;
}

/** An answer of the server beside what the stream brought while it was on its way: nothing seen goes back, nothing sent is lost from the screen. */
export function newer(now: Conversation | undefined, next: Conversation): Conversation {
  if (now === undefined) {
    return { ...next, notes: next.notes ?? [] };
  }
  const last = next.messages.at(-1)?.number ?? 0;
  const sent = new Set(next.messages.map((m) => m.clientId));
  const later = now.messages.filter((m) => m.number > last || (m.number < 0 && !sent.has(m.clientId)));
  return {
    ...now, ...next, messages: [...next.messages, ...later], notes: next.notes ?? now.notes ?? [],
    readByCustomer: Math.max(now.readByCustomer, next.readByCustomer), readByAgent: Math.max(now.readByAgent, next.readByAgent),
  };
}
