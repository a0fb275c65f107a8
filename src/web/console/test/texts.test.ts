import { describe, expect, it } from "vitest";

const tables = import.meta.glob<Record<string, string[]>>("../src/texts/*.json", { eager: true, import: "default" });
const sources = import.meta.glob<string>("../src/**/*.{ts,tsx}", { eager: true, query: "?raw", import: "default" });
const lines = Object.entries(tables).flatMap(([file, table]) => Object.entries(table).map(([key, texts]) => ({ file, key, texts })));
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe("texts", () => {
  it("stand in English, Korean and Chinese, none empty", () => {
    const faults = lines.filter(({ texts }) => texts.length !== 3 || texts.some((text) => text.trim() === ""));
    expect(faults.map((f) => f.key)).toEqual([]);
  });

  it("have the same names to fill in each language", () => {
    const faults = lines.filter(({ texts }) => texts.some((text) => holes(text).join() !== holes(texts[0] ?? "").join()));
    expect(faults.map((f) => f.key)).toEqual([]);
  });

  it("are Korean and Chinese where they claim to be", () => {
    // Names and units are the same everywhere; a sentence of three English words is not.
    const faults = lines.filter(({ texts }) => /[a-z]+ [a-z]+ [a-z]+/i.test(texts[0] ?? "") && (!/[\uac00-\ud7af]/.test(texts[1] ?? "") || !/[\u4e00-\u9fff]/.test(texts[2] ?? "")));
    expect(faults.map((f) => f.key)).toEqual([]);
  });

  it("have one place each", () => {
    const seen = new Map<string, string>();
    const twice = lines.filter(({ key, file }) => seen.has(key) || !seen.set(key, file));
    expect(twice.map((l) => l.key)).toEqual([]);
  });

  it("are used", () => {
    const code = Object.values(sources).join("\n");
    const made = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((m) => m[1] ?? "");
    const middle = [...code.matchAll(/`([\w.]+\.)\$\{[^}]+\}(\.[\w.]+)`/g)].map((m) => [m[1] ?? "", m[2] ?? ""] as const);
    const unused = lines.filter(({ key }) => !code.includes(`"${key}"`) && !made.some((start) => key.startsWith(start)) && !middle.some(([start, end]) => key.startsWith(start) && key.endsWith(end)) && !/^intents?\./.test(key));
    expect(unused.map((l) => l.key)).toEqual([]);
  });
});
