import { afterEach, describe, expect, it, vi } from "vitest";
import type { Api } from "../src/api";
import { FrameReader, Stream, type Frame } from "../src/stream";

const wire = ": hello\nretry: 2000\n\nid: 7\nevent: popup\ndata: {\"a\":1}\n\nid: 8\nevent: message\ndata: {\"text\":\ndata: \"é한中\"}\n\n";

function read(pieces: string[]): Frame[] {
  const frames: Frame[] = [];
  const reader = new FrameReader();
  pieces.forEach((piece) => reader.push(piece, (frame) => frames.push(frame)));
  return frames;
}

describe("FrameReader", () => {
  it("reads frames however the network cuts them", () => {
    const whole = read([wire]);
    expect(whole.map((frame) => [frame.id, frame.event, JSON.parse(frame.data)])).toEqual([
      ["7", "popup", { a: 1 }],
      ["8", "message", { text: "é한中" }],
    ]);
    for (let cut = 1; cut < wire.length; cut++) {
      expect(read([wire.slice(0, cut), wire.slice(cut)])).toEqual(whole);
    }
    expect(read([...wire])).toEqual(whole);
  });
  it("reads CR LF line ends", () => {
    expect(read([wire.replaceAll("\n", "\r\n")])).toEqual(read([wire]));
  });
  it("does not emit a frame that has not ended", () => {
    expect(read(["id: 9\nevent: popup\ndata: {}\n"])).toEqual([]);
  });
});

describe("Stream", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("goes on from before another customer was signed in, though the first stream never began", async () => {
    const asked: (string | undefined)[] = [];
    vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
      asked.push((init.headers as Record<string, string>)["last-event-id"]);
      return new Promise((_, refuse) => init.signal!.addEventListener("abort", () => refuse(new Error("aborted"))));
    });
    const kept = new Map<string, string | undefined>();
    let position = 41;
    const api = { open: () => Promise.resolve({ token: "t", position }), url: (path: string) => path, forget: () => undefined } as unknown as Api;
    const page = { get: (name: string) => kept.get(name), set: (name: string, value?: string) => void kept.set(name, value) };
    const stream = new Stream(api, page as never, () => undefined, () => undefined);
    void stream.run();
    await vi.waitFor(() => expect(asked).toEqual(["41"]));
    position = 99; // The person's session is opened after a popup was offered at 60.
    stream.restart();
    await vi.waitFor(() => expect(asked).toEqual(["41", "41"]));
    stream.stop();
  });
});
