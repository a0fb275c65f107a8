import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { formatOf, Import } from "../src/pages/Files";
import { problem, serve, show, type Call } from "./harness";

const route = "POST /v1/knowledge/import";

function choose(name: string): void {
  const input = document.querySelector<HTMLInputElement>("input[type=file]")!;
  const file = new File(["id,question\n1,x"], name);
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  fireEvent.change(input);
}

describe("importing", () => {
  it("checks first and writes nothing; then imports the same file", async () => {
    const calls: Call[] = serve({ [route]: (call) => ({ items: 40, changed: 12, dryRun: call.query.get("dryRun") === "true" }) });
    show(<Import />);
    choose("faq.jsonl");
    fireEvent.click(await screen.findByRole("button", { name: "Check file" }));
    const go = await screen.findByRole("button", { name: "Import 12 items" });
    expect(calls.map((c) => [c.query.get("format"), c.query.get("dryRun")])).toEqual([["jsonl", "true"]]);
    fireEvent.click(go);
    await waitFor(() => expect(calls.map((c) => c.query.get("dryRun"))).toEqual(["true", "false"]));
  });

  it("lists every fault with its line, and offers no import", async () => {
    serve({ [route]: () => problem(400, "invalid", "The request is not valid", { errors: [{ line: 3, field: "answer", message: "must have 1 to 4,000 characters" }, { line: 9, field: "locale", message: "must be ko, zh or en" }, { line: 11, message: "<b>not a row</b>" }] }) });
    show(<Import />);
    choose("faq.csv");
    fireEvent.click(await screen.findByRole("button", { name: "Check file" }));
    const table = await screen.findByRole("table", { name: "Faults in the file: 3" });
    const rows = within(table).getAllByRole("row").slice(1).map((row) => [...row.querySelectorAll("td")].map((td) => td.textContent));
    expect(rows).toEqual([
      ["3", "answer", "must have 1 to 4,000 characters"],
      ["9", "locale", "must be ko, zh or en"],
      ["11", "–", "<b>not a row</b>"],
    ]);
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  });

  it("tells the format by the name", () => {
    expect(["a.CSV", "b.json", "c.ndjson", "d.jsonl", "e.xlsx"].map(formatOf)).toEqual(["csv", "json", "jsonl", "jsonl", undefined]);
  });
});
