/** Time spans of the figures, as they stand in the address: "7d", "today" or two days. */
export const presets = ["today", "7d", "28d", "90d"] as const;
export type Preset = (typeof presets)[number];

export interface Range {
  preset: Preset | "custom";
  from: Date;
  to: Date;
  by: "hour" | "day";
}

const dayMs = 86_400_000;
const startOfDay = (date: Date): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate());
const addDays = (date: Date, days: number): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export function rangeFrom(query: URLSearchParams, now = new Date()): Range {
  const from = query.get("from");
  const to = query.get("to");
  if (isDay(from) && isDay(to) && from <= to) {
    const start = new Date(`${from}T00:00:00`);
    const end = addDays(new Date(`${to}T00:00:00`), 1);
    const days = Math.min(366, Math.round((end.getTime() - start.getTime()) / dayMs));
    return { preset: "custom", from: start, to: addDays(start, days), by: days <= 2 ? "hour" : "day" };
  }
  const preset = presets.find((p) => p === query.get("span")) ?? "7d";
  const days = preset === "today" ? 1 : Number.parseInt(preset, 10);
  const end = addDays(startOfDay(now), 1);
  return { preset, from: addDays(end, -days), to: end, by: days <= 2 ? "hour" : "day" };
}

export const dayOf = (date: Date): string => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;

/** The last day that counts: "to" is the first moment after it. */
export const lastDay = (range: Range): string => dayOf(addDays(range.to, -1));

/** Where a point of the series ends. */
export const pointEnd = (at: string, by: Range["by"]): string => new Date(Date.parse(at) + (by === "hour" ? 3_600_000 : dayMs)).toISOString();
