import { describe, expect, it, vi } from "vitest";
import { Api } from "../src/api";
import { FrameReader, type StaffEvent } from "../src/live/events";
import { Live } from "../src/live/live";
import { makeQueryClient } from "../src/queries";
import type { Conversation } from "../src/types";
import { key } from "./harness";

describe("the event reader", () => {
  const text = "retry: 2000\n\nid: 7\nevent: visit\ndata: {\"a\":1}\n\n: awake\n\nid: 8\r\nevent: note\r\ndata: one\r\ndata: two\r\n\r\nevent: typing\ndata: {}\n\n";
  const whole = [{ id: "7", event: "visit", data: "{\"a\":1}" }, { id: "8", event: "note", data: "one\ntwo" }, { event: "typing", data: "{}" }];

  it("takes frames out of a stream, wherever it is cut", () => {
    for (let size = 1; size < 12; size++) {
      const reader = new FrameReader();
      const found = [];
      for (let at = 0; at < text.length; at += size) {
        found.push(...reader.read(text.slice(at, at + size)));
      }
      expect(found).toEqual(whole);
    }
  });
});

function start() {
  vi.useFakeTimers();
  const frames: (() => void)[] = [];
  vi.stubGlobal("requestAnimationFrame", (work: () => void) => frames.push(work));
  const queries = makeQueryClient();
  const live = new Live(new Api(key), queries, "northpeak");
  return { live, queries, frame: () => frames.splice(0).forEach((work) => work()), frames, end: () => vi.useRealTimers() };
}

const visit = (customer: string, page: "cart" | "home" = "cart"): StaffEvent => ({ name: "visit", data: { customer, id: "v", session: "s-1", page, at: new Date().toISOString() } });

describe("the live store", () => {
  it("works a thousand shoppers' events in within one frame, telling each row once and the list once in a while", () => {
    const { live, frame, frames, end } = start();
    let row = 0, list = 0;
    live.shoppers.watch("c-1", () => row++);
    live.shoppers.watchList(() => list++);
    for (let round = 0; round < 5; round++) {
      for (let n = 0; n < 1_000; n++) {
        live.take(visit(`c-${n}`));
      }
    }
    expect(frames.length).toBe(1);
    expect(live.shoppers.size).toBe(0);
    frame();
    expect(live.shoppers.size).toBe(1_000);
    expect(live.shoppers.get("c-1")?.pages).toBe(5);
    expect(row).toBe(1);
    vi.advanceTimersByTime(2_001);
    expect(list).toBe(1);
    expect(live.shoppers.ids().length).toBe(1_000);
    end();
  });

  it("lets shoppers go who have been quiet for five minutes", () => {
    const { live, frame, end } = start();
    live.take(visit("c-1"));
    frame();
    vi.advanceTimersByTime(2_000);
    expect(live.shoppers.ids()).toEqual(["c-1"]);
    vi.advanceTimersByTime(5 * 60_000 + 20_000);
    expect(live.shoppers.ids()).toEqual([]);
    end();
  });

  it("keeps a popup's state, its conversation and what is said in it", () => {
    const { live, frame, end } = start();
    const at = new Date().toISOString();
    live.take(visit("c-1"));
    live.take({ name: "popup", data: { id: "p-1", customer: "c-1", topic: "order.delay", at, title: "Late" } });
    live.take({ name: "popup-outcome", data: { id: "p-1", customer: "c-1", outcome: "opened" } });
    live.take({ name: "opened", data: { conversation: "conv-1", customer: "c-1", locale: "en", at } });
    live.take({ name: "message", data: { conversation: "conv-1", number: 1, author: "customer", text: "Where is it?", at, actions: [], options: [] } });
    frame();
    expect(live.shoppers.get("c-1")).toMatchObject({ popup: { outcome: "opened" }, conversation: { id: "conv-1", mode: "bot", lastText: "Where is it?" } });
    end();
  });

  it("puts a message into the open transcript once, in place of the one that was being sent", () => {
    const { live, queries, frame, end } = start();
    const at = new Date().toISOString();
    const cache = ["northpeak", "conversation", "conv-1"];
    queries.setQueryData(cache, { id: "conv-1", mode: "human", open: true, locale: "en", readByAgent: 0, readByCustomer: 0, messages: [{ number: 1, author: "customer", text: "hi", at, actions: [], options: [] }, { number: -5, clientId: "m-1", author: "agent", text: "Hello", at, actions: [], options: [] }] });
    const said: StaffEvent = { name: "message", data: { conversation: "conv-1", mode: "human", number: 2, clientId: "m-1", author: "agent", text: "Hello", at, actions: [], options: [] } };
    live.take(said);
    live.take(said);
    live.take({ name: "read", data: { conversation: "conv-1", by: "customer", upTo: 2 } });
    frame();
    const now = queries.getQueryData<Conversation>(cache);
    expect(now?.messages.map((m) => m.number)).toEqual([1, 2]);
    expect(now?.readByCustomer).toBe(2);
    end();
  });

  it("calls a person when a shopper is handed over, and when one writes to a person", () => {
    const { live, frame, end } = start();
    const at = new Date().toISOString();
    const calls: string[] = [];
    live.onCall((call) => calls.push(`${call.kind}: ${call.text}`));
    live.take(visit("c-1"));
    live.take({ name: "opened", data: { conversation: "conv-1", customer: "c-1", locale: "en", at } });
    live.take({ name: "message", data: { conversation: "conv-1", number: 1, author: "customer", text: "A person please", at, actions: [], options: [] } });
    live.take({ name: "message", data: { conversation: "conv-1", mode: "human", number: 2, author: "system", text: "Handed over", at, actions: [], options: [] } });
    live.take({ name: "message", data: { conversation: "conv-1", number: 3, author: "customer", text: "Are you there?", at, actions: [], options: [] } });
    frame();
    expect(calls).toEqual(["handed_off: A person please", "message: Are you there?"]);
    end();
  });
});
