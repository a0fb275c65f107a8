import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Message, Popup } from "../src/types";
import { Widget } from "../src/widget";

/** A server in memory: knows the calls made, answers messages, and holds the stream open for the test to write to. */
class Server {
  readonly calls: { method: string; path: string; body: Record<string, unknown>; headers: Headers }[] = [];
  readonly beacons: { path: string; body: Record<string, unknown> }[] = [];
  down = false;
  also: Message["also"];
  /** While set, messages are refused with it. */
  refuses: { code: string; peak: Record<string, unknown> } | undefined;
  private stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  private next = 1;

  install(): void {
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.answer(new URL(url).pathname, init));
    const sendBeacon = (url: string, body: Blob) => {
      void body.text().then((text) => this.beacons.push({ path: new URL(url).pathname, body: JSON.parse(text) as Record<string, unknown> }));
      return true;
    };
    Object.defineProperty(navigator, "sendBeacon", { configurable: true, value: sendBeacon });
  }

  push(event: string, data: unknown, id?: number): void {
    this.stream?.enqueue(new TextEncoder().encode(`${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }

  drop(): void {
    this.stream?.close();
    this.stream = undefined;
  }

  get streaming(): boolean {
    return this.stream !== undefined;
  }

  private answer(path: string, init: RequestInit): Promise<Response> {
    const body = init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {};
    this.calls.push({ method: init.method ?? "GET", path, body, headers: new Headers(init.headers) });
    if (this.down) {
      return Promise.reject(new TypeError("network"));
    }
    const json = (value: unknown, status = 200) => Promise.resolve(new Response(status === 204 ? null : JSON.stringify(value), { status }));
    if (path.endsWith("/sessions")) return json({ token: "st_a.b", customer: "anon-1", identified: false, locale: "en", position: 40, store: {} });
    if (path.endsWith("/stream")) {
      return Promise.resolve(new Response(new ReadableStream<Uint8Array>({ start: (controller) => void (this.stream = controller) }), { status: 200 }));
    }
    if (path.endsWith("/suggestions")) return json({ suggestions: [{ intent: "order.status", label: "Where is my order?", rank: 1 }] });
    if (path.endsWith("/messages") && this.refuses) {
      return Promise.resolve(new Response(JSON.stringify(this.refuses), { status: 503, headers: { "retry-after": "0.01" } }));
    }
    if (path.endsWith("/call-back")) return json({ number: this.next++, mode: "human", replies: [{ number: this.next++, author: "system", text: "Kept for later.", at: "", replies: 1 }] });
    if (path.endsWith("/messages")) {
      const number = this.next++;
      const reply: Message = { number: this.next++, author: "bot", text: `about ${String(body["text"])}`, at: "", replies: number, source: { kind: "qna", id: "q1", version: 1, title: "Q" }, ...(this.also && { also: this.also }) };
      return json({ number, mode: "bot", replies: [reply] });
    }
    if (init.method === "PUT") return json({ id: "c", mode: "bot", open: true, readByCustomer: 0, readByAgent: 0, messages: [{ number: 1, author: "bot", text: "popup answer", at: "", replies: 0 }] });
    return json(undefined, 204);
  }
}

const popup: Popup = { id: "p1", topic: "order.delay", title: "Your parcel is late", why: "because your parcel NP-1 is late", answer: "It comes <b>tomorrow</b>.", actions: [{ label: "Track", url: "/orders" }, { label: "Bad", url: "javascript:alert(1)" }], sources: [], at: "" };

let server: Server;
let widget: Widget;

const root = () => document.querySelector("[data-smartservice]")!.shadowRoot!;
const find = <T extends HTMLElement>(selector: string) => root().querySelector<T>(selector)!;
const until = (check: () => unknown) => vi.waitFor(() => expect(check()).toBeTruthy(), { timeout: 4500, interval: 5 });

function begin(): Widget {
  widget = new Widget({ key: "pk_shop_x", server: "https://help.example", locale: "en" });
  widget.start();
  return widget;
}

function write(text: string): void {
  find<HTMLTextAreaElement>("textarea").value = text;
  find("form").dispatchEvent(new Event("submit", { cancelable: true }));
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  document.body.replaceChildren();
  server = new Server();
  server.install();
});

afterEach(() => {
  widget.stop();
  vi.restoreAllMocks(); // Not the server: what was still to be told when the widget stopped is told to it.
});

describe("a popup", () => {
  beforeEach(async () => {
    begin();
    await until(() => server.streaming);
    server.push("popup", popup, 41);
    await until(() => !find(".card").hidden);
  });

  it("shows why it came, its answer as text, and only safe links", () => {
    expect(find(".card .why").textContent).toBe("because your parcel NP-1 is late");
    expect(find(".card .answer").textContent).toBe("It comes <b>tomorrow</b>.");
    expect([...root().querySelectorAll(".card a")].map((link) => link.textContent)).toEqual(["Track"]);
    expect(find(".vh[role=status]").textContent).toContain("Your parcel is late");
  });

  it("tells that it was seen, then that it was dismissed, each once", async () => {
    find(".card .x").click();
    expect(find(".card").hidden).toBe(true);
    const outcomes = () => server.calls.filter((call) => call.path.endsWith("/popups/p1")).map((call) => call.body["outcome"]);
    await until(() => outcomes().length === 2);
    expect(outcomes()).toEqual(["seen", "dismissed"]);
  });

  it("continues as a chat that begins with its answer", async () => {
    find(".card .main").click();
    await until(() => find(".log").textContent?.includes("popup answer"));
    const put = server.calls.find((call) => call.method === "PUT");
    expect(put?.body).toMatchObject({ popup: "p1" });
    await until(() => server.beacons.some((beacon) => beacon.body["outcome"] === "opened" && beacon.body["token"] === "st_a.b"));
  });

  it("begins its stream where the session began, so that nothing falls between the two", () => {
    expect(server.calls.find((call) => call.path.endsWith("/stream"))?.headers.get("last-event-id")).toBe("40");
  });

  it("resumes the stream after the last id", async () => {
    server.drop();
    await until(() => server.calls.filter((call) => call.path.endsWith("/stream")).length === 2);
    expect(server.calls.filter((call) => call.path.endsWith("/stream"))[1]?.headers.get("last-event-id")).toBe("41");
  });
});

describe("a chat", () => {
  it("asks, shows the answer and its source, and counts the question read", async () => {
    begin();
    await widget.open();
    expect(find(".sug").textContent).toContain("Where is my order?");
    write("where is it");
    expect(find(".m.me").dataset["status"] ?? find(".m.me").getAttribute("data-status")).toBe("sending");
    await until(() => find(".log").textContent?.includes("about where is it"));
    expect(find(".m.me").getAttribute("data-status")).toBe("read");
    expect(find(".log").textContent).toContain("From: Q");
  });

  it("shows both sources of an answer to two questions, but no rule's", async () => {
    server.also = [{ kind: "order", id: "NP-1", version: 3, title: "NP-1" }, { kind: "rule", id: "chat.thanks", version: 0, title: "thanks" }];
    begin();
    await widget.open();
    write("where is it, and what does it cost?");
    await until(() => find(".log").textContent?.includes("about where is it"));
    expect(find(".log .m:not(.me) .meta").textContent).toBe("From: Q · NP-1");
  });

  it("keeps what is written offline and sends it, once and in order, when the network is back", async () => {
    begin();
    await until(() => server.streaming);
    server.down = true;
    write("first");
    write("second");
    await until(() => server.calls.some((call) => call.path.endsWith("/messages")));
    expect([...root().querySelectorAll(".m.me")].map((line) => line.getAttribute("data-status"))).toEqual(["sending", "sending"]);
    server.down = false;
    dispatchEvent(new Event("online"));
    await until(() => find(".log").textContent?.includes("about second"));
    const ids = server.calls.filter((call) => call.path.endsWith("/messages")).map((call) => call.body["clientId"]);
    expect(new Set(ids).size).toBe(2);
    expect([...root().querySelectorAll(".m.me .b")].map((line) => line.textContent)).toEqual(["You: first", "You: second"]);
  });

  it("sends what waited when the page was closed", async () => {
    server.down = true;
    begin();
    write("before reload");
    widget.stop();
    server.down = false;
    begin();
    await until(() => find(".log").textContent?.includes("about before reload"));
  });

  it("goes silent as a bot when a person takes over", async () => {
    begin();
    await widget.open();
    write("hello");
    await until(() => find(".log").textContent?.includes("about hello"));
    const conversation = server.calls.find((call) => call.path.endsWith("/messages"))!.path.split("/")[4];
    server.push("mode", { conversation, mode: "human", agent: "Bo" }, 50);
    await until(() => !find(".bar").hidden);
    expect(find(".bar").textContent).toBe("A person is answering here.");
  });

  it("closes with Escape and gives the focus back", async () => {
    begin();
    await widget.open();
    find("textarea").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    expect(find(".panel").hidden).toBe(true);
    expect(root().activeElement).toBe(find(".launch"));
  });
});

describe("visits", () => {
  it("are told when a page opens and when the shop moves on without loading", async () => {
    begin();
    await until(() => server.calls.some((call) => call.path.endsWith("/visits")));
    history.pushState({}, "", "/cart");
    // Another page's call may still be on its way from before: what counts is that this one is told, and once.
    const pages = () => server.calls.filter((call) => call.path.endsWith("/visits")).map((call) => (call.body["visits"] as { page: string }[])[0]?.page);
    await until(() => pages().includes("cart"));
    expect(pages()[0]).toBe("home");
    expect(pages().filter((page) => page === "cart")).toHaveLength(1);
  });
});

describe("at a peak", () => {
  const bar = () => find(".bar[role=status]");
  const asks = () => server.calls.filter((call) => call.path.endsWith("/messages")).length;

  // Tries again soon: full jitter may wait for seconds, one try after the other.
  beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0.05));
  afterEach(() => void vi.restoreAllMocks());

  it("says politely which place the shopper has, says it anew when it changes, and is silent once it is answered", async () => {
    begin();
    await widget.open();
    server.refuses = { code: "queued", peak: { rung: "queue", place: 12, waitSeconds: 130 } };
    write("Where is my parcel?");
    await until(() => bar().textContent === "It is very busy. You are number 12 in line, about 3 minutes to go.");
    expect(bar().getAttribute("aria-live")).toBe("polite");
    expect(bar().hidden).toBe(false);
    expect(find(".dots")).toBeNull();
    server.refuses = { code: "queued", peak: { rung: "queue", place: 3, waitSeconds: 20 } };
    await until(() => bar().textContent === "It is very busy. You are number 3 in line, about a minute to go.");
    server.refuses = undefined;
    await until(() => find(".log").textContent?.includes("about Where is my parcel?"));
    expect(bar().hidden).toBe(true);
  });

  it("speaks the shopper's language", async () => {
    begin();
    widget.setLocale("ko");
    await widget.open();
    server.refuses = { code: "queued", peak: { rung: "queue", place: 5, waitSeconds: 61 } };
    write("배송 언제 와요?");
    await until(() => bar().textContent === "문의가 매우 많습니다. 대기 순서 5번, 약 2분 남았습니다.");
    widget.setLocale("zh");
    expect(bar().textContent).toBe("当前咨询量很大。您排在第 5 位，大约还需 2 分钟。");
  });

  it("is told on the stream that answers are short, and when that ends", async () => {
    begin();
    await widget.open();
    await until(() => server.streaming);
    server.push("peak", { rung: "qna_only" });
    await until(() => bar().textContent === "It is very busy. You get short answers for now.");
    server.push("peak", { rung: "full" });
    await until(() => bar().hidden);
  });

  it("leaves the question for later when the line is too long, and asks no more", async () => {
    begin();
    await widget.open();
    expect(find(".row.bar").hidden).toBe(true);
    server.refuses = { code: "call_back", peak: { rung: "call_back" } };
    write("Can I change the size?");
    await until(() => !find(".row.bar").hidden);
    expect(bar().textContent).toContain("Leave your question");
    find<HTMLInputElement>("input").value = " ada@example.com ";
    find(".row.bar button").click();
    await until(() => find(".log").textContent?.includes("Kept for later."));
    const left = server.calls.find((call) => call.path.endsWith("/call-back"))!;
    expect(left.body).toMatchObject({ text: "Can I change the size?", contact: "ada@example.com", locale: "en" });
    await until(() => find(".row.bar").hidden);
    const asked = asks();
    await new Promise((done) => setTimeout(done, 700));
    expect(asks()).toBe(asked);
    expect(root().querySelector("[data-status=failed]")).toBeNull();
  });
});
