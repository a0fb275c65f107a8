import { describe, expect, it } from "vitest";
import { newer } from "../src/desk/desk";
import type { Conversation, Message } from "../src/types";

const message = (number: number, clientId?: string): Message => ({ number, author: "agent", text: `${number}`, at: "2026-01-01T00:00:00Z", actions: [], options: [], ...(clientId ? { clientId } : {}) });
const talk = (change: Partial<Conversation>): Conversation => ({ id: "c", mode: "human", open: true, locale: "en", readByCustomer: 0, readByAgent: 0, messages: [], notes: [], ...change }) as Conversation;

describe("an answer beside what came while it was on its way", () => {
  it("takes back no mark of reading", () => {
    expect(newer(talk({ readByCustomer: 3, readByAgent: 1 }), talk({ readByCustomer: 0, readByAgent: 2 }))).toMatchObject({ readByCustomer: 3, readByAgent: 2 });
  });

  it("keeps what the stream brought and what is still being sent, and no message twice", () => {
    const now = talk({ messages: [message(1), message(3), message(-5, "sent"), message(-6, "waits")] });
    expect(newer(now, talk({ messages: [message(1), message(2, "sent")] })).messages.map((m) => m.number)).toEqual([1, 2, 3, -6]);
  });
});
