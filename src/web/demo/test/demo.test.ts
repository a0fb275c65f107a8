import { beforeEach, describe, expect, it } from "vitest";
import { art } from "../src/art";
import { Cart } from "../src/cart";
import { day, money } from "../src/format";
import storePages from "../src/store.ts?raw";
import strip from "../src/strip.ts?raw";
import type { Store } from "../src/types";
import { words, wordsOf } from "../src/words";

const stores = Object.values(import.meta.glob<Store>("../../../SmartService.Host/Demo/Stores/*/store.json", { eager: true, import: "default" }));
const store = stores.find((one) => one.tenant === "northpeak")!;

describe("the stores", () => {
  it.each(stores.map((one) => [one.tenant, one] as const))("%s has a drawing for every category and every label the pages use", (_, one) => {
    const fallback = new Set(one.categories.map((category) => art("x", category.id, one.hue)));
    expect(fallback.size).toBe(one.categories.length);
    for (const [, key] of storePages.matchAll(/this\.t\("(\w+)"\)/g)) {
      expect(one.ui[key!], key).toBeTruthy();
    }
    for (const product of one.products) {
      expect(one.categories.map((category) => category.id)).toContain(product.category);
    }
  });
});

describe("money and days", () => {
  it("read as the store's customers write them", () => {
    expect(money({ locale: "ko", currency: "KRW" }, 24000)).toBe("₩24,000");
    expect(money({ locale: "zh", currency: "CNY" }, 399)).toBe("¥399");
    expect(money({ locale: "en", currency: "USD" }, 349.5)).toBe("$349.50");
    expect(day({ locale: "en", timeZone: "America/Denver" }, "2026-11-24T05:00:00Z")).toBe("Mon, Nov 23");
  });
});

describe("the cart", () => {
  beforeEach(() => localStorage.clear());
  it("adds up, keeps what is in it, and takes a coupon only under its rule", () => {
    const cart = new Cart(store);
    const plain = store.products.find((product) => product.listPrice === null && product.price > 150)!;
    const sale = store.products.find((product) => product.listPrice !== null)!;
    cart.add(plain.id, "M", 1);
    cart.add(plain.id, "M", 1);
    expect(cart.count).toBe(2);
    expect(new Cart(store).subtotal).toBe(plain.price * 2);
    expect(cart.apply("nonsense")).toBe(false);
    expect(cart.apply(store.coupons[0]!.code)).toBe(true);
    expect(cart.discount).toBeCloseTo(plain.price * 0.2, 2);
    cart.add(sale.id, "", 1);
    expect(cart.apply(store.coupons[0]!.code)).toBe(false);
  });
});

describe("the strip's words", () => {
  it.each(["en", "ko", "zh"] as const)("%s has every word with the same blanks to fill, in its own script", (locale) => {
    for (const [name, texts] of Object.entries(words)) {
      const text: string = texts[({ en: 0, ko: 1, zh: 2 } as const)[locale]];
      expect((text.match(/\{\w+\}/g) ?? []).sort(), name).toEqual((texts[0].match(/\{\w+\}/g) ?? []).sort());
      if (locale !== "en" && name !== "tier.vip") {
        expect(text, name).toMatch(locale === "ko" ? /\p{Script=Hangul}/u : /\p{Script=Han}/u);
      }
    }
  });
  it("has every word the strip says", () => {
    for (const [, key] of strip.matchAll(/say\("([\w.]+)"/g)) {
      expect(words[key!], key).toBeTruthy();
    }
  });
  it("fills blanks and shows an unknown code as it is", () => {
    expect(wordsOf("ko")("seconds", { n: 5 })).toBe("5초");
    expect(wordsOf("zh")("cause.something_new")).toBe("something new");
  });
});
