import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type desk from "./texts/desk.json";
import type figures from "./texts/figures.json";
import type intents from "./texts/intents.json";
import type peak from "./texts/peak.json";
import type review from "./texts/review.json";
import type settings from "./texts/settings.json";
import type shell from "./texts/shell.json";
import type begin from "./texts/start.json";

export type Locale = "en" | "ko" | "zh";
export type Key = keyof typeof review | keyof typeof intents | keyof typeof shell | keyof typeof desk | keyof typeof figures | keyof typeof begin | keyof typeof peak | keyof typeof settings;

const slot = "smartservice-console-locale";
const known: readonly Locale[] = ["en", "ko", "zh"];
const part = "console";
// One language is loaded, as a file of its own: three of them would be a fifth of the first load.
const loaders: Record<Locale, () => Promise<{ default: Readonly<Record<string, string>> }>> = {
  en: () => import("virtual:texts/en"),
  ko: () => import("virtual:texts/ko"),
  zh: () => import("virtual:texts/zh"),
};
let current = start();
let table: Readonly<Record<string, string>> = {};

const ready = i18next
  .use({ type: "backend" as const, read: (language: string, _part: string, done: (fault: unknown, texts: Readonly<Record<string, string>> | null) => void) => { loaders[language as Locale]().then((file) => done(null, file.default), (fault: unknown) => done(fault, null)); } })
  .use(initReactI18next)
  .init({
    lng: current, supportedLngs: [...known], fallbackLng: false, load: "currentOnly", ns: part, defaultNS: part,
    // Texts are whole sentences under flat keys ("queue.waiting"), with {names} in them.
    keySeparator: false, nsSeparator: false, pluralSeparator: "|", contextSeparator: "|", returnNull: false,
    interpolation: { prefix: "{", suffix: "}", escapeValue: false, skipOnVariables: true },
    parseMissingKeyHandler: lastWord,
    react: { useSuspense: false },
  });

/** A word of the server that has no text yet is shown as it came. */
function lastWord(key: string): string {
  return key.split(".").pop()?.replaceAll("_", " ") ?? "";
}

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

/** Loads the texts of a language and makes it the page's. Before the first drawing, and at each change. */
export async function loadTexts(next: Locale = current): Promise<void> {
  await ready;
  await i18next.loadLanguages(next);
  current = next;
  table = (i18next.getResourceBundle(next, part) ?? {}) as Readonly<Record<string, string>>;
  document.documentElement.lang = next;
  formats.clear();
  await i18next.changeLanguage(next);
}

export function chooseLocale(next: Locale): void {
  try {
    localStorage.setItem(slot, next);
  } catch {
    // Kept for this page only, then.
  }
  void loadTexts(next);
}

/** The language of the page; draws again when it is changed. */
export const useLocale = (): Locale => useTranslation().i18n.language as Locale;

/** The text of a key, with {names} filled. */
export const t = (key: Key, values?: Record<string, string | number>): string =>
  // What needs no filling is looked up alone: lists draw thousands of such words.
  (values === undefined ? table[key] : undefined) ?? i18next.t(key, values ?? {});

/** Text of a key that may not exist: what a server of a newer version says. */
export const textOr = (key: string, otherwise: string): string => table[key] ?? otherwise;
export const keysOf = (prefix: string): string[] => Object.keys(table).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));

// Making a format costs a thousand times what using it does, and a list uses one per row.
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function format<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(name: string, make: () => T): T {
  let known = formats.get(name);
  if (known === undefined) {
    known = make();
    formats.set(name, known);
  }
  return known as T;
}

export const number = (value: number): string => format("number", () => new Intl.NumberFormat(current)).format(value);
export const decimal = (value: number): string => format("decimal", () => new Intl.NumberFormat(current, { maximumFractionDigits: 2 })).format(value);
export const percent = (share: number): string => format("percent", () => new Intl.NumberFormat(current, { style: "percent", maximumFractionDigits: 0 })).format(share);
export const percent1 = (share: number): string => format("percent1", () => new Intl.NumberFormat(current, { style: "percent", maximumFractionDigits: 1 })).format(share);

export function money(value: number, currency: string): string {
  try {
    return format(`money ${currency}`, () => new Intl.NumberFormat(current, { style: "currency", currency })).format(value);
  } catch {
    return `${value} ${currency}`;
  }
}

/** Seconds as a person says them: "850 ms", "42 s", "12 min", "3.4 h". */
export function duration(seconds: number): string {
  const [value, unit, digits] = seconds < 1 ? [seconds * 1000, "millisecond", 0] as const : seconds < 90 ? [seconds, "second", seconds < 10 ? 1 : 0] as const : seconds < 5400 ? [seconds / 60, "minute", 0] as const : seconds < 172_800 ? [seconds / 3600, "hour", 1] as const : [seconds / 86_400, "day", 1] as const;
  return format(`duration ${unit} ${digits}`, () => new Intl.NumberFormat(current, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits })).format(value);
}

/** Today the time, else the day and the time, in the reader's zone. */
export function dateTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) {
    return at;
  }
  const now = new Date();
  const kind = date.toDateString() === now.toDateString() ? "today" : date.getFullYear() === now.getFullYear() ? "year" : "old";
  return format(`dateTime ${kind}`, () => new Intl.DateTimeFormat(current, {
    hour: "2-digit", minute: "2-digit",
    ...(kind === "today" ? { second: "2-digit" } : { month: "short", day: "numeric" }),
    ...(kind === "old" ? { year: "numeric" } : {}),
  })).format(date);
}

export const dayName = (at: string | Date): string => format("day", () => new Intl.DateTimeFormat(current, { weekday: "short", month: "short", day: "numeric", year: "numeric" })).format(new Date(at));
export const clock = (at: string): string => format("clock", () => new Intl.DateTimeFormat(current, { hour: "2-digit", minute: "2-digit" })).format(new Date(at));

/** "tomorrow", "in 5 days". */
export const inDays = (days: number): string => format("inDays", () => new Intl.RelativeTimeFormat(current, { numeric: "auto" })).format(days, "day");

/** "2 min ago"; at most days. */
export function ago(at: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  const words = format("ago", () => new Intl.RelativeTimeFormat(current, { numeric: "auto", style: "short" }));
  const size = Math.abs(seconds);
  return size < 10 ? t("now") : size < 60 ? words.format(Math.ceil(seconds / 10) * 10, "second") : size < 3600 ? words.format(Math.trunc(seconds / 60), "minute") : size < 86_400 ? words.format(Math.trunc(seconds / 3600), "hour") : words.format(Math.trunc(seconds / 86_400), "day");
}
