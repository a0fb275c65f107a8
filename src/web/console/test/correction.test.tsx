import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { QuestionDetail } from "../src/pages/QuestionDetail";
import type { Question } from "../src/types";
import { problem, serve, show, type Call } from "./harness";

const question: Question = {
  conversation: "conv-00000001", number: 3, customer: "c-1", at: "2026-11-22T10:00:00Z", text: "Do you ship to Jeju?", language: "en", intent: "delivery.overseas",
  confidence: 0.6, outOfScope: 0.1, model: "m-1", outcome: "handed_off", reason: "unanswered",
};
const transcript = { id: "conv-00000001", customer: "c-1", mode: "bot", open: true, locale: "en", messages: [{ number: 3, author: "customer", text: question.text, at: question.at, actions: [], options: [] }] };
const path = "POST /v1/questions/conv-00000001/3/correction";

function open(answers: Parameters<typeof serve>[0], about: Question = question): Call[] {
  const calls = serve({ "GET /v1/conversations/conv-00000001": () => transcript, "GET /v1/knowledge/items": () => ({ items: [], total: 0 }), ...answers });
  show(<QuestionDetail conversation={about.conversation} number={about.number} known={about} />);
  fireEvent.click(screen.getByRole("button", { name: "Correct this answer" }));
  return calls;
}

const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: "Save as candidate" }));

describe("correcting an answer", () => {
  it("sends the form and leads to the candidate", async () => {
    const calls = open({ [path]: () => ({ candidate: "corr-77" }) });
    type(/^Answer/, "Yes, for {order.total} and more.");
    save();
    const link = await screen.findByRole("link", { name: "Open candidate corr-77" });
    expect(link.getAttribute("href")).toBe("/console/candidates?status=confirmed&open=corr-77");
    expect(calls.find((c) => c.method === "POST")?.body).toEqual({
      intent: "delivery.overseas", question: "Do you ship to Jeju?", variants: [], answer: "Yes, for {order.total} and more.", locale: "en", actions: [],
    });
  });

  it("says what is missing before the server is asked", async () => {
    const calls = open({ [path]: () => ({ candidate: "corr-77" }) });
    save();
    expect(await screen.findByText("Write 1 to 4,000 characters.")).toBeTruthy();
    type(/^Answer/, "Order {order.nummer}");
    save();
    expect(await screen.findByText("{order.nummer} is not a known placeholder.")).toBeTruthy();
    expect(calls.some((c) => c.method === "POST")).toBe(false);
  });

  it("puts the server's faults at their fields", async () => {
    open({ [path]: () => problem(400, "invalid", "The request is not valid", { errors: [{ field: "answer", message: "says nothing new" }] }) });
    type(/^Answer/, "Yes.");
    save();
    await waitFor(() => expect(screen.getByLabelText(/^Answer/).getAttribute("aria-invalid")).toBe("true"));
    expect(screen.getAllByText(/says nothing new/).length).toBeGreaterThan(0);
  });

  it("starts from the item the answer came from and keeps its variants", async () => {
    const calls = open({
      "GET /v1/knowledge/items/np-07": () => ({ id: "np-07", version: 2, retired: false, intent: "delivery.fee", question: "What does shipping cost?", variants: ["shipping fee"], answer: "5 dollars.", locale: "en", actions: [], author: "a", at: question.at, downvotes: 1 }),
      [path]: () => ({ candidate: "corr-78" }),
    }, { ...question, outcome: "answered", answer: "5 dollars.", source: { kind: "qna", id: "np-07", version: 2 } });
    await waitFor(() => expect((screen.getByLabelText(/^Answer/) as HTMLTextAreaElement).value).toBe("5 dollars."));
    type(/^Answer/, "7 dollars.");
    save();
    await screen.findByRole("link", { name: /corr-78/ });
    expect(calls.find((c) => c.method === "POST")?.body).toEqual({
      intent: "delivery.fee", question: "What does shipping cost?", variants: ["shipping fee", "Do you ship to Jeju?"], answer: "7 dollars.", locale: "en", actions: [], replaces: "np-07",
    });
  });
});
