import type { TimelineEntry } from "./types";

export const timelineKinds = ["visits", "forecasts", "popups", "talks", "orders"] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** Which part of the story a stored event belongs to, by its stored name. */
export function kindOf(entry: Pick<TimelineEntry, "kind" | "entity">): TimelineKind {
  if (entry.kind.includes("forecast")) {
    return "forecasts";
  }
  if (entry.kind.includes("popup") || entry.kind.includes("suggestion")) {
    return "popups";
  }
  if (entry.kind.includes("visited")) {
    return "visits";
  }
  return entry.entity.startsWith("order/") || entry.kind.includes("order") ? "orders" : entry.entity.startsWith("conversation/") ? "talks" : "visits";
}

export interface TimelineGroup {
  key: string;
  kind: TimelineKind;
  at: string;
  entries: TimelineEntry[];
}

/** Newest first; pages looked at one after the other stand as one. */
export function grouped(entries: readonly TimelineEntry[], shown: ReadonlySet<TimelineKind>): TimelineGroup[] {
  const groups: TimelineGroup[] = [];
  for (const entry of entries) {
    const kind = kindOf(entry);
    if (!shown.has(kind)) {
      continue;
    }
    const last = groups.at(-1);
    if (last && kind === "visits" && last.kind === "visits" && entry.kind === "customer-visited" && last.entries[0]?.kind === "customer-visited") {
      last.entries.push(entry);
    } else {
      groups.push({ key: `${entry.position}`, kind, at: entry.at, entries: [entry] });
    }
  }
  return groups;
}
