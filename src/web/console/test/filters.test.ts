import { describe, expect, it } from "vitest";
import { filtersAsQuery, filtersFrom, filtersTo, type QuestionFilters } from "../src/filters";

const address = (filters: QuestionFilters): URLSearchParams => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filtersTo(filters))) {
    if (value !== undefined) {
      query.set(name, value);
    }
  }
  return query;
};

describe("filters of the log", () => {
  const cases: QuestionFilters[] = [
    {},
    { text: "배송 & <b>", unanswered: true },
    { intent: "order.delay", source: "qna", sourceId: "np-01", outcome: "handed_off", language: "zh", customer: "c@example" },
    { minConfidence: 0, maxConfidence: 1 },
    { minConfidence: 0.35, from: "2026-11-01", to: "2026-11-22" },
  ];
  it.each(cases)("come back from the address as they went: %j", (filters) => {
    expect(filtersFrom(new URLSearchParams(address(filters).toString()))).toEqual(filters);
  });

  it("ignore what is no filter", () => {
    expect(filtersFrom(new URLSearchParams("minConfidence=2&maxConfidence=x&from=yesterday&to=2026-13-45&unanswered=1&text=%20&open=conv-1:1"))).toEqual({});
  });

  it("ask for whole days of the reader's time zone", () => {
    const query = filtersAsQuery({ from: "2026-11-01", to: "2026-11-01" });
    expect(new Date(String(query.from)).getHours()).toBe(0);
    expect(Date.parse(String(query.to)) - Date.parse(String(query.from))).toBe(86_400_000 - 1);
  });

  it("do not search for one letter, but do for two in any script", () => {
    expect(filtersAsQuery({ text: "a" }).text).toBeUndefined();
    expect(filtersAsQuery({ text: "退货" }).text).toBe("退货");
  });
});
