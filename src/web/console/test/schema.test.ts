import { describe, expect, it } from "vitest";
// @ts-expect-error The generator is plain JavaScript.
import { generate } from "../scripts/client.mjs";
import stored from "../openapi.json";
import schema from "../src/schema.ts?raw";

const sources = import.meta.glob<string>(["../src/**/*.{ts,tsx}", "!../src/schema.ts"], { eager: true, query: "?raw", import: "default" });
const shape = (path: string) => path.replace(/\{\w*\}/g, "{}");

/** The address that begins here, each ${…} in it as "{}"; what is asked of it is left out. */
function addressAt(text: string, from: number): string {
  let path = "";
  for (let at = from; at < text.length && !/[`"'\s?]/.test(text[at] ?? "");) {
    if (text.startsWith("${queryString", at)) {
      break;
    }
    if (text.startsWith("${", at)) {
      let depth = 0;
      do {
        depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
        at++;
      } while (depth > 0 || text[at - 1] === "$");
      path += "{}";
    } else {
      path += text[at++];
    }
  }
  return path.replace(/([^/.])\{\}$/, "$1");
}

describe("the client's types", () => {
  it("are those of the stored document", () => {
    expect(generate(stored)).toBe(schema);
  });

  it("cover every address the console calls", () => {
    const known = new Set(Object.keys(stored.paths).map(shape));
    const called = Object.values(sources).flatMap((text) => [...text.matchAll(/[`"]\/v1\//g)].map((m) => addressAt(text, m.index + 1)));
    expect(called.length).toBeGreaterThan(50);
    // Where a part is a choice of the code's, some address of the document must fit.
    const fits = (path: string) => known.has(path) || [...known].some((k) => new RegExp(`^${path.replace(/[.]/g, "\\.").replaceAll("{}", "[^/]+")}(/.*)?$`).test(k));
    const strangers = [...new Set(called)].filter((path) => path !== "/v1/{}" && !fits(path));
    expect(strangers).toEqual([]);
  });
});
