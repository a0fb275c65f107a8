import type { Store } from "./types";

const regions = { ko: "ko-KR", zh: "zh-CN", en: "en-US" } as const;

export function money(store: Pick<Store, "locale" | "currency">, amount: number): string {
  return new Intl.NumberFormat(regions[store.locale], {
    style: "currency",
    currency: store.currency,
    minimumFractionDigits: store.currency === "KRW" || Number.isInteger(amount) ? 0 : 2,
  }).format(amount);
}

export function day(store: Pick<Store, "locale" | "timeZone">, at: string): string {
  return new Intl.DateTimeFormat(regions[store.locale], { weekday: "short", day: "numeric", month: "short", timeZone: store.timeZone }).format(new Date(at));
}

export function moment(store: Pick<Store, "locale" | "timeZone">, at: string): string {
  return new Intl.DateTimeFormat(regions[store.locale], { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: store.timeZone }).format(new Date(at));
}
