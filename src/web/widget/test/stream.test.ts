import { describe, expect, it } from "vitest";
import { FrameReader, type Frame } from "../src/stream";

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
