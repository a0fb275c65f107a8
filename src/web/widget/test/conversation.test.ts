import { describe, expect, it } from "vitest";
import { advance, Transcript, type Status } from "../src/conversation";
import type { Message } from "../src/types";

const message = (number: number, author: Message["author"], more: Partial<Message> = {}): Message => ({ number, author, text: `text ${number}`, at: "2026-11-11T00:00:00Z", ...more });

describe("advance", () => {
  const all: Status[] = ["sending", "failed", "sent", "delivered", "read"];
  it("never takes back what the shopper was told", () => {
    const order = ["sent", "delivered", "read"];
    for (const from of order as Status[]) {
      for (const to of all) {
        const result = advance(from, to);
        expect(order.indexOf(result)).toBeGreaterThanOrEqual(order.indexOf(from));
      }
    }
  });
  it("lets a message that never arrived fail and be tried again", () => {
    expect(advance("sending", "failed")).toBe("failed");
    expect(advance("failed", "sending")).toBe("sending");
    expect(advance("failed", "sent")).toBe("sent");
  });
});

describe("Transcript", () => {
  it("shows each message once, in order, however it arrives", () => {
    const transcript = new Transcript();
    transcript.write("m1", "hello");
    transcript.take(message(2, "bot", { replies: 1 }));
    transcript.take(message(1, "customer", { clientId: "m1" }));
    transcript.acknowledge("m1", 1);
    transcript.take(message(2, "bot", { replies: 1 }));
    expect(transcript.lines().map((line) => line.number)).toEqual([1, 2]);
  });
  it("marks a question read once it is answered", () => {
    const transcript = new Transcript();
    transcript.write("m1", "hello");
    transcript.acknowledge("m1", 1);
    expect(transcript.lines()[0]?.status).toBe("sent");
    transcript.delivered(1);
    expect(transcript.lines()[0]?.status).toBe("delivered");
    transcript.take(message(2, "bot", { replies: 1 }));
    expect(transcript.lines()[0]?.status).toBe("read");
    transcript.take(message(1, "customer", { clientId: "m1" }));
    expect(transcript.lines()[0]?.status).toBe("read");
  });
  it("keeps an unsent message after the numbered ones and lets it be tried again", () => {
    const transcript = new Transcript();
    transcript.take(message(1, "bot"));
    transcript.write("m1", "lost?");
    transcript.fail("m1");
    expect(transcript.lines().map((line) => line.status)).toEqual(["read", "failed"]);
    expect(transcript.retry("m1")?.status).toBe("sending");
    transcript.acknowledge("m1", 2);
    expect(transcript.lines()[1]).toMatchObject({ number: 2, status: "sent" });
  });
  it("is not failed after it was acknowledged", () => {
    const transcript = new Transcript();
    transcript.write("m1", "hello");
    transcript.acknowledge("m1", 1);
    transcript.fail("m1");
    expect(transcript.lines()[0]?.status).toBe("sent");
  });
  it("takes an agent's read mark only forward", () => {
    const transcript = new Transcript();
    transcript.load({ id: "c", mode: "human", open: true, readByCustomer: 0, readByAgent: 2, messages: [message(1, "customer"), message(2, "customer"), message(3, "customer")] });
    expect(transcript.lines().map((line) => line.status)).toEqual(["read", "read", "sent"]);
    transcript.readUpTo(1);
    expect(transcript.readByAgent).toBe(2);
    expect(transcript.mode).toBe("human");
  });
});
