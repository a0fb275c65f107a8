import { afterEach, describe, expect, it, vi } from "vitest";
import { h, safeUrl } from "../src/dom";
import { chooseLocale, texts } from "../src/i18n";
import { backoff, keep, newId } from "../src/ids";
import { describePage } from "../src/visits";

const at = (path: string) => new URL(path, "https://shop.example") as unknown as Location;

describe("describePage", () => {
  afterEach(() => document.body.replaceChildren());
  it.each([
    ["/", "home"],
    ["/products/np-aerie-2", "product"],
    ["/cart", "cart"],
    ["/checkout", "checkout"],
    ["/orders", "orders"],
    ["/orders/NP-20417", "order"],
    ["/orders/NP-20417/tracking", "tracking"],
    ["/policies/delivery", "policy"],
    ["/about-us", "other"],
  ])("guesses %s is %s", (path, page) => expect(describePage(document, at(path)).page).toBe(page));
  it("believes the shop before it guesses", () => {
    document.body.innerHTML = '<main data-smartservice-page="product" data-smartservice-subject="np-1" data-smartservice-price="349.5"></main>';
    expect(describePage(document, at("/cart"))).toEqual({ page: "product", subject: "np-1", price: 349.5 });
  });
  it("leaves out a price that is none", () => {
    document.body.innerHTML = '<main data-smartservice-page="product" data-smartservice-price="soon"></main>';
    expect(describePage(document, at("/"))).toEqual({ page: "product" });
  });
});

describe("texts", () => {
  it("says everything in every language", () => {
    for (const locale of ["ko", "zh"] as const) {
      expect(Object.keys(texts[locale]).sort()).toEqual(Object.keys(texts.en).sort());
      for (const [key, value] of Object.entries(texts[locale])) {
        expect(typeof value === "function" ? value(3, 2) : value, key).not.toBe("");
      }
    }
  });
  it("chooses by setting, page, browser, English", () => {
    expect(chooseLocale("zh-CN", "ko", ["en"])).toBe("zh");
    expect(chooseLocale(undefined, "ko-KR", ["en"])).toBe("ko");
    expect(chooseLocale(undefined, "fr", ["de", "zh-Hant-TW"])).toBe("zh");
    expect(chooseLocale(undefined, undefined, ["de"])).toBe("en");
  });
});

describe("dom", () => {
  it("never parses what a person wrote", () => {
    const element = h("p", {}, '<img src=x onerror="alert(1)">');
    expect(element.children).toHaveLength(0);
    expect(element.textContent).toContain("<img");
  });
  it("follows links of the web only", () => {
    expect(safeUrl("javascript:alert(1)")).toBeUndefined();
    expect(safeUrl("data:text/html,x")).toBeUndefined();
    expect(safeUrl("https://shop.example/orders")).toBe("https://shop.example/orders");
    expect(safeUrl(null)).toBeUndefined();
  });
});

describe("ids", () => {
  it("are as the API takes them and do not repeat", () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newId("m_")));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  });
  it("wait between zero and the cap", () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.999);
    expect(backoff(0)).toBeLessThan(500);
    expect(backoff(50)).toBeLessThanOrEqual(30_000);
    random.mockReturnValue(0);
    expect(backoff(50)).toBe(0);
    random.mockRestore();
  });
  it("outlast blocked storage in memory", () => {
    const blocked = keep(() => {
      throw new Error("SecurityError");
    }, "x.");
    blocked.set("a", "1");
    expect(blocked.get("a")).toBe("1");
    blocked.set("a", undefined);
    expect(blocked.get("a")).toBeUndefined();
  });
});
