import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Diff, Pipeline } from "../src/pages/ReleaseDetail";
import { legalSteps, stepsDone } from "../src/pipeline";
import type { Release, ReleaseStatus, Replay } from "../src/types";
import { problem, serve, show } from "./harness";

const release = (status: ReleaseStatus): Release => ({ id: "release-1", candidates: ["c-1", "c-2"], status, author: "Mina", at: "2026-11-22T10:00:00Z" });
const buttons = () => screen.queryAllByRole("button").map((b) => b.textContent).filter((text) => text !== "");

describe("steps of a release", () => {
  it.each([
    ["built", ["replay", "discard"]],
    ["replayed", ["approve", "replay", "discard"]],
    ["approved", ["live", "discard"]],
    ["live", ["rollback"]],
    ["rolled_back", []],
    ["discarded", []],
  ] as const)("of one that is %s are %j", (status, steps) => {
    expect(legalSteps(status)).toEqual(steps);
  });

  it("go forward only", () => {
    const order = (["built", "replayed", "approved", "live", "rolled_back"] as const).map((s) => stepsDone(s, true));
    expect(order).toEqual([1, 2, 3, 4, 5]);
    expect(stepsDone("discarded", false)).toBe(1);
  });

  it.each([
    ["built", ["Replay", "Discard"]],
    ["replayed", ["Replay again", "Approve", "Discard"]],
    ["approved", ["Go live", "Discard"]],
    ["live", ["Roll back"]],
    ["rolled_back", []],
    ["discarded", []],
  ] as const)("are offered as buttons: %s", (status, labels) => {
    show(<Pipeline release={release(status)} />);
    expect(buttons()).toEqual(labels);
  });

  it("ask before going live, and only then call", async () => {
    const calls = serve({ "POST /v1/knowledge/releases/release-1/live": () => release("live") });
    show(<Pipeline release={release("approved")} />);
    fireEvent.click(screen.getByRole("button", { name: "Go live" }));
    const dialog = await screen.findByRole("dialog");
    expect(calls).toEqual([]);
    fireEvent.click(within(dialog).getByRole("button", { name: "Go live" }));
    await waitFor(() => expect(calls.map((c) => `${c.method} ${c.path}`)).toEqual(["POST /v1/knowledge/releases/release-1/live"]));
  });

  it("replay over the days asked for, and show a refusal", async () => {
    const calls = serve({ "POST /v1/knowledge/releases/release-1/replay": () => problem(409, "already_decided", "Already decided") });
    show(<Pipeline release={release("built")} />);
    fireEvent.change(screen.getByLabelText("Over the last days"), { target: { value: "30" } });
    fireEvent.click(screen.getByRole("button", { name: "Replay" }));
    expect(await screen.findByText("Already decided")).toBeTruthy();
    expect(calls[0]?.query.get("days")).toBe("30");
  });
});

describe("the diff of a release", () => {
  const replay: Replay = {
    days: 7, questions: 40, changed: 3, gains: 1, losses: 1, at: "2026-11-22T10:00:00Z",
    changes: [
      { question: "gained", locale: "en", after: "new", confidenceBefore: 0.1, confidenceAfter: 0.9, gain: true, loss: false },
      { question: "lost", locale: "en", before: "old", confidenceBefore: 0.7, confidenceAfter: 0.2, gain: false, loss: true },
      { question: "other", locale: "en", before: "old", after: "new", confidenceBefore: 0.6, confidenceAfter: 0.6, gain: false, loss: false },
    ],
  };
  const questions = () => screen.getAllByRole("row").slice(1).map((row) => row.querySelector("td")?.textContent);

  it("shows before, after and both confidences, and marks gain and loss", () => {
    show(<Diff replay={replay} />);
    const rows = screen.getAllByRole("row").slice(1).map((row) => [...row.querySelectorAll("td")].map((td) => td.textContent));
    expect(rows).toEqual([
      ["engained", "no answer", "new", "10% → 90%", "Gain"],
      ["enlost", "old", "no answer", "70% → 20%", "Loss"],
      ["enother", "old", "new", "60% → 60%", "Changed"],
    ]);
  });

  it("shows losses alone when asked", () => {
    show(<Diff replay={replay} />);
    fireEvent.click(screen.getByRole("radio", { name: "Losses" }));
    expect(questions()).toEqual(["enlost"]);
  });
});
