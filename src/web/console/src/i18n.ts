import { useSyncExternalStore } from "react";
import { table } from "./texts";

export type Locale = "en" | "ko" | "zh";
/** English, Korean, Chinese. */
export type Texts = readonly [string, string, string];
export type Key = keyof typeof table;

const slot = "smartservice-console-locale";
const known: readonly Locale[] = ["en", "ko", "zh"];
const listeners = new Set<() => void>();
let current = start();

function start(): Locale {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(slot);
  } catch {
    // Storage is blocked: the browser's language has to do.
  }
  const wanted = [chosen, ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return known.find((locale) => locale === wanted.find((tag) => known.some((k) => k === tag))) ?? "en";
}

export const locale = (): Locale => current;

export function chooseLocale(next: Locale): void {
  current = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(slot, next);
  } catch {
    // Kept for this page only, then.
  }
  listeners.forEach((listener) => listener());
}

/** The language of the page; draws again when it is changed. */
export function useLocale(): Locale {
  document.documentElement.lang = current;
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, locale);
}

/** The text of a key, with {names} filled. A word of the server that has no text yet is shown as it came. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const texts: Texts | undefined = table[key];
  if (!texts) {
    return String(key).split(".").pop()?.replaceAll("_", " ") ?? "";
  }
  return texts[known.indexOf(current) as 0 | 1 | 2].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export const number = (value: number): string => new Intl.NumberFormat(current).format(value);
export const percent = (share: number): string => new Intl.NumberFormat(current, { style: "percent", maximumFractionDigits: 0 }).format(share);

/** Today the time, else the day and the time, in the reader's zone. */
export function dateTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) {
    return at;
  }
  const now = new Date();
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  const options: Intl.DateTimeFormatOptions = date.toDateString() === now.toDateString()
    ? { ...time, second: "2-digit" }
    : { ...time, month: "short", day: "numeric", ...(date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }) };
  return new Intl.DateTimeFormat(current, options).format(date);
}
