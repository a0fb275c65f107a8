import { describe, expect, it } from "vitest";
import { csvBlob, readCsv } from "../src/csv";
import { slashWord, waits } from "../src/desk/desk";
import { entriesOf } from "../src/desk/Thread";
import { difference, isClose } from "../src/diff";
import { letterOf } from "../src/keys";
import { readOrders } from "../src/orders";
import { best, fit } from "../src/palette";
import { merged } from "../src/pages/settings/PolicyPart";
import { qrPath } from "../src/qr";
import { dayOf, lastDay, rangeFrom } from "../src/range";
import { tell } from "../src/telling";
import { grouped, timelineKinds } from "../src/timeline";
import type { Message, Policy, TimelineEntry } from "../src/types";

describe("CSV", () => {
  it("is read with quotes, line breaks in cells, either separator and a byte order mark", () => {
    expect(readCsv("\ufeffa,b\r\n\"x, \"\"y\"\"\",\"one\ntwo\"\r\n\r\n3,4")).toEqual([{ line: 1, cells: ["a", "b"] }, { line: 2, cells: ["x, \"y\"", "one\ntwo"] }, { line: 5, cells: ["3", "4"] }]);
    expect(readCsv("a;b\n1,5;2")).toEqual([{ line: 1, cells: ["a", "b"] }, { line: 2, cells: ["1,5", "2"] }]);
  });

  it("is written so that no spreadsheet takes a text for a formula", async () => {
    expect(await csvBlob([["=1+1", 2, undefined]]).text()).toBe("\ufeff\"'=1+1\",2,\"\"");
  });
});

describe("orders out of a file", () => {
  const head = "number,customer,product,name,quantity,unitPrice,currency,placedAt,promisedAt,carrier,parcel\n";

  it("join the lines of one number", () => {
    const { orders, faults, lines } = readOrders(`${head}o-1,c-1,p-1,Tent,1,120.50,EUR,2026-11-20,,DHL,JD1\no-1,c-1,p-2,Peg,3,1.5,EUR,2026-11-20,,,\no-2,c-2,p-1,,2,10,,2026-11-21T10:00:00Z,,,\n`, "USD");
    expect(faults).toEqual([]);
    expect(lines).toEqual([2, 4]);
    expect(orders.map((o) => [o.number, o.total, o.currency, o.lines.length, o.shipment?.number])).toEqual([["o-1", 125, "EUR", 2, "JD1"], ["o-2", 20, "USD", 1, undefined]]);
  });

  it("name every fault with its line and column", () => {
    const { orders, faults } = readOrders(`${head}o-1,,p-1,Tent,0,abc,EUR,someday,,,\n`, "USD");
    expect(orders).toEqual([]);
    expect(faults.map((f) => [f.line, f.field])).toEqual([[2, "customer"], [2, "quantity"], [2, "unitPrice"], [2, "placedAt"]]);
    expect(readOrders("number,customer\n", "USD").faults.map((f) => f.field)).toEqual(["product", "quantity", "unitPrice", "placedAt"]);
  });
});

describe("the palette", () => {
  it("finds by beginnings before middles, and by every word", () => {
    expect(best("re", [{ label: "Unanswered" }, { label: "Releases" }, { label: "Your recent orders" }], 3).map((c) => c.label)).toEqual(["Releases", "Your recent orders", "Unanswered"]);
    expect(fit("settings keys", "Keys", "/settings/keys")).toBeGreaterThan(0);
    expect(fit("xyz", "Keys")).toBe(0);
    expect(fit("질문", "미답변 질문")).toBeGreaterThan(0);
  });
});

describe("shortcuts", () => {
  it("mean the key, whatever the input method makes of it", () => {
    expect(letterOf({ key: "ㅎ", code: "KeyG" })).toBe("g");
    expect(letterOf({ key: "?", code: "Slash" })).toBe("?");
    expect(letterOf({ key: "G", code: "KeyG" })).toBe("G");
  });
});

describe("the desk", () => {
  it("knows who waits", () => {
    expect(waits({ mode: "human", open: true })).toBe(true);
    expect(waits({ mode: "human", open: true, agent: "Mina" })).toBe(false);
    expect(waits({ mode: "bot", open: true })).toBe(false);
    expect(waits({ mode: "human", open: false })).toBe(false);
  });

  it("looks for canned answers behind a slash that begins a word", () => {
    expect(slashWord("/thx", 4)).toEqual({ from: 0, word: "thx" });
    expect(slashWord("Hello /감", 8)).toEqual({ from: 6, word: "감" });
    expect(slashWord("and/or", 6)).toBeUndefined();
    expect(slashWord("https://x", 9)).toBeUndefined();
  });

  it("sets notes between messages by time, and what is being sent last", () => {
    const message = (number: number, at: string): Message => ({ number, at, author: "customer", text: "", actions: [], options: [] });
    const entries = entriesOf({ messages: [message(1, "2026-11-22T10:00:00Z"), message(2, "2026-11-22T10:05:00Z"), message(-9, "2026-11-22T10:01:00Z")], notes: [{ id: "n", author: "a", text: "", at: "2026-11-22T10:02:00Z" }, { id: "o", author: "a", text: "", at: "2026-11-22T11:00:00Z" }] });
    expect(entries.map((e) => e.key)).toEqual(["m1", "nn", "m2", "m-9", "no"]);
  });
});

describe("differences", () => {
  it("keep what both have and mark the rest", () => {
    expect(difference("Delivery is 5 dollars.", "Delivery is 7 dollars now.")).toEqual([
      { text: "Delivery is ", kind: "same" }, { text: "5", kind: "gone" }, { text: "7", kind: "new" }, { text: " dollars", kind: "same" }, { text: " now", kind: "new" }, { text: ".", kind: "same" },
    ]);
    expect(difference("运费五元", "运费七元").filter((p) => p.kind !== "same").map((p) => p.text)).toEqual(["五", "七"]);
    expect(isClose("Yes", "Something else entirely")).toBe(false);
  });
});

describe("time spans", () => {
  const now = new Date(2026, 10, 22, 15, 30);

  it("are whole days that end with today", () => {
    const week = rangeFrom(new URLSearchParams(""), now);
    expect([dayOf(week.from), lastDay(week), week.by]).toEqual(["2026-11-16", "2026-11-22", "day"]);
    expect(rangeFrom(new URLSearchParams("span=today"), now)).toMatchObject({ by: "hour", from: new Date(2026, 10, 22) });
  });

  it("may be chosen, at most a year", () => {
    const chosen = rangeFrom(new URLSearchParams("from=2020-01-01&to=2026-11-22"), now);
    expect(chosen.preset).toBe("custom");
    expect(Math.round((chosen.to.getTime() - chosen.from.getTime()) / 86_400_000)).toBe(366);
    expect(rangeFrom(new URLSearchParams("from=2026-11-22&to=2026-11-01"), now).preset).toBe("7d");
  });
});

describe("a customer's story", () => {
  const entry = (position: number, kind: string, entity: string, data: object = {}): TimelineEntry => ({ position, at: "2026-11-22T10:00:00Z", kind, entity, text: "as the server says", data: data as Record<string, unknown> });

  it("takes pages one after the other as one", () => {
    const groups = grouped([entry(5, "customer-visited", "customer/c"), entry(4, "customer-visited", "customer/c"), entry(3, "popup-offered", "customer/c"), entry(2, "customer-visited", "customer/c"), entry(1, "order-shipped", "order/o-1")], new Set(timelineKinds));
    expect(groups.map((g) => [g.kind, g.entries.length])).toEqual([["visits", 2], ["popups", 1], ["visits", 1], ["orders", 1]]);
    expect(grouped([entry(1, "order-shipped", "order/o-1")], new Set(["talks"]))).toEqual([]);
  });

  it("is told in the reader's words, with what was written word for word", () => {
    expect(tell(entry(1, "conversation-customer-asked", "conversation/c", { text: "<b>Where?</b>", reading: { intent: "order.status", confidence: 0.9 } }))).toEqual({ line: "Asked – understood as “Where is my order?” (90%)", quote: "<b>Where?</b>" });
    expect(tell(entry(1, "conversation-handed-off", "conversation/c", { reason: "saidBefore" })).line).toBe("Handed to a person: The only answer had been given before");
    expect(tell(entry(1, "order-shipped", "order/o-1", { carrier: "DHL" })).line).toBe("Order o-1 was shipped with DHL");
    expect(tell(entry(1, "something-new", "order/o-1")).line).toBe("as the server says");
  });
});

describe("a policy in change", () => {
  const policy = { tone: "friendly", popups: { enabled: true, perDay: 4 }, bot: { answerFrom: 0.5, autonomy: true }, discountLimit: 10 } as unknown as Policy;

  it("keeps what is not changed and empties what is cleared", () => {
    expect(merged(policy, { bot: { answerFrom: 0.8 }, clear: ["discountLimit"] })).toEqual({ tone: "friendly", popups: { enabled: true, perDay: 4 }, bot: { answerFrom: 0.8, autonomy: true } });
  });
});

describe("QR codes", () => {
  it("are drawn here, with the three corners that readers look for", () => {
    const { path, size } = qrPath("otpauth://totp/SmartService:ada@shop.example?secret=JBSWY3DPEHPK3PXP&issuer=SmartService");
    expect(size).toBeGreaterThan(24);
    for (const [x, y] of [[0, 0], [size - 1, 0], [0, size - 1]]) {
      expect(path).toContain(`M${x} ${y}h1v1h-1z`);
    }
  });
});
