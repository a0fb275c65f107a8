import type { Query } from "./api";

/** Filters of the question log, as they stand in the address. Everything is text; absent is no filter. */
export interface QuestionFilters {
  text?: string;
  intent?: string;
  source?: string;
  sourceId?: string;
  outcome?: string;
  unanswered?: boolean;
  /** Why it was handed off. */
  reason?: string;
  /** Whether the forecast before it had its intent: first ("1"), among three ("3"), or not ("none"). */
  foreseen?: string;
  language?: string;
  customer?: string;
  minConfidence?: number;
  maxConfidence?: number;
  /** First and last day, "2026-11-22", in the reader's time zone. */
  from?: string;
  to?: string;
}

export const outcomes = ["answered", "clarified", "handed_off", "agent_answered", "waiting"] as const;
export const sourceKinds = ["qna", "order", "rule"] as const;
export const languages = ["ko", "zh", "en"] as const;

const words = ["text", "intent", "source", "sourceId", "outcome", "language", "customer", "reason", "foreseen"] as const;
const days = ["from", "to"] as const;
const shares = ["minConfidence", "maxConfidence"] as const;

export function filtersFrom(query: URLSearchParams): QuestionFilters {
  const filters: QuestionFilters = {};
  for (const name of words) {
    const value = query.get(name)?.trim();
    if (value) {
      filters[name] = value;
    }
  }
  for (const name of days) {
    const value = query.get(name);
    if (value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) {
      filters[name] = value;
    }
  }
  for (const name of shares) {
    const value = query.get(name);
    const share = value === null || value === "" ? Number.NaN : Number(value);
    if (share >= 0 && share <= 1) {
      filters[name] = share;
    }
  }
  if (query.get("unanswered") === "true") {
    filters.unanswered = true;
  }
  return filters;
}

/** The address's parameters, and nothing for filters not set. */
export function filtersTo(filters: QuestionFilters): Record<string, string | undefined> {
  const result: Record<string, string | undefined> = {};
  for (const name of [...words, ...days]) {
    result[name] = filters[name] || undefined;
  }
  for (const name of shares) {
    result[name] = filters[name] === undefined ? undefined : String(filters[name]);
  }
  result.unanswered = filters.unanswered ? "true" : undefined;
  return result;
}

/** What the server is asked: days become moments in the reader's time zone, the last day whole. */
export function filtersAsQuery(filters: QuestionFilters): Query {
  const { from, to, text, ...rest } = filters;
  return {
    ...rest,
    // One letter would match everything; the log searches from two.
    text: text && [...text].length >= 2 ? text : undefined,
    from: from ? new Date(`${from}T00:00:00`).toISOString() : undefined,
    to: to ? new Date(`${to}T23:59:59.999`).toISOString() : undefined,
  };
}

export const countOf = (filters: QuestionFilters): number => Object.keys(filters).length;
