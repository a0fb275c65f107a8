import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import Candidates from "../src/pages/Candidates";
import Items from "../src/pages/Items";
import ItemPage from "../src/pages/ItemPage";
import { QuestionDetail } from "../src/pages/QuestionDetail";
import Questions from "../src/pages/Questions";
import ReleaseDetail from "../src/pages/ReleaseDetail";
import Unanswered from "../src/pages/Unanswered";
import { serve, show } from "./harness";

// Each would become an element or run when put into the page as markup.
const evils = [
  `<img src=x onerror="globalThis.broken = true">`,
  `<script>globalThis.broken = true</script>`,
  `"><svg onload="globalThis.broken = true">`,
  `<a href="javascript:globalThis.broken=true">x</a>`,
  `<iframe srcdoc="<script>parent.broken = true</script>"></iframe>`,
];
const at = "2026-11-22T10:00:00Z";

describe.each(evils)("text from elsewhere stays text: %s", (evil) => {
  const content = { intent: "order.delay", question: evil, variants: [evil], answer: evil, locale: "en", actions: [{ label: evil, url: "javascript:alert(1)" }] };
  const question = { conversation: "conv-00000001", number: 1, customer: evil, at, text: evil, language: "en", intent: evil, confidence: 0.5, outOfScope: 0, model: evil, outcome: "answered", answer: evil, source: { kind: "qna", id: evil, version: 1, title: evil }, answerConfidence: 0.5 } as const;

  beforeEach(() => {
    (globalThis as { broken?: boolean }).broken = undefined as never;
    serve({
      "GET /v1/questions": () => ({ questions: [question] }),
      "GET /v1/questions/clusters": () => ({ clusters: [{ id: "k-1", question: evil, count: 2, examples: [evil, `${evil}2`], intent: evil, language: "en", lastAt: at }] }),
      "GET /v1/conversations/conv-00000001": () => ({ id: "conv-00000001", customer: evil, mode: "human", agent: evil, open: true, locale: "en", messages: [{ number: 1, author: "agent", agent: evil, text: evil, at, actions: content.actions, options: [{ intent: evil, label: evil }], source: question.source }] }),
      "GET /v1/knowledge/candidates": () => ({ candidates: [{ id: "k-1", question: evil, examples: [evil], count: 1, origin: "manual", status: "waiting", replaces: evil, content, author: evil, at }] }),
      "GET /v1/knowledge/items": () => ({ items: [{ id: evil, version: 1, retired: false, ...content, author: evil, at, downvotes: 0 }], total: 1 }),
      "GET /v1/knowledge/items/i-1": () => ({ id: "i-1", version: 1, retired: false, ...content, author: evil, at, downvotes: 0, versions: [{ version: 1, content, author: evil, at, retired: false, release: evil }] }),
      "GET /v1/knowledge/releases/r-1": () => ({ id: "r-1", note: evil, candidates: [evil], status: "replayed", author: evil, approvedBy: evil, at, replay: { days: 7, questions: 1, changed: 1, gains: 1, losses: 0, at, changes: [{ question: evil, locale: "en", before: evil, after: evil, confidenceBefore: 0, confidenceAfter: 1, gain: true, loss: false }] } }),
    });
  });

  it.each([
    ["log", () => <Questions />],
    ["question", () => <QuestionDetail conversation="conv-00000001" number={1} known={question} />],
    ["clusters", () => <Unanswered />],
    ["candidates", () => <Candidates />],
    ["items", () => <Items />],
    ["item", () => <ItemPage id="i-1" />],
    ["release", () => <ReleaseDetail id="r-1" />],
  ])("on the page of the %s", async (_, page) => {
    show(page());
    await waitFor(() => expect(screen.queryAllByText((text) => text.includes(evil)).length).toBeGreaterThan(0));
    expect(document.querySelectorAll("img, script, iframe, [onerror], [onload]").length).toBe(0);
    for (const link of document.querySelectorAll("a")) {
      expect(link.getAttribute("href")).toMatch(/^(\/console\/|\/openapi\/)/);
    }
    expect((globalThis as { broken?: boolean }).broken).toBeUndefined();
  });
});
