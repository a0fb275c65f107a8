import { describe, expect, it, vi } from "vitest";
import { Api, ApiError, demoKey, queryString } from "../src/api";
import { key, problem, serve } from "./harness";

const failure = async (work: Promise<unknown>): Promise<ApiError> => {
  const error = await work.then(() => undefined, (e: unknown) => e);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};

describe("the API client", () => {
  it("sends the key and nothing in the address", async () => {
    const calls = serve({ "GET /v1/questions": () => ({ questions: [{ number: 1 }], next: "c2" }) });
    const page = await new Api(key).questions({ text: "택배 & co", intent: undefined, limit: 5 });
    expect(page).toEqual({ rows: [{ number: 1 }], next: "c2", total: undefined });
    expect(calls[0]?.key).toBe(`Bearer ${key}`);
    expect([...(calls[0]?.query ?? [])]).toEqual([["text", "택배 & co"], ["limit", "5"]]);
  });

  it("reads what the server says is wrong, with fields and lines", async () => {
    serve({ "POST /v1/knowledge/import": () => problem(400, "invalid", "The request is not valid", { errors: [{ line: 12, field: "answer", message: "must not be empty" }] }) });
    const error = await failure(new Api(key).importItems(new Blob(["x"]), "csv", true));
    expect(error).toMatchObject({ status: 400, code: "invalid", title: "The request is not valid", faults: [{ line: 12, field: "answer", message: "must not be empty" }], traceId: "t-1" });
  });

  it("keeps how long to wait", async () => {
    serve({ "GET /v1/figures": () => problem(503, "busy", "Busy", {}, { "retry-after": "3" }) });
    expect((await failure(new Api(key).figures("a", "b"))).retryAfter).toBe(3);
  });

  it("does not take a proxy's page for an answer", async () => {
    serve({ "GET /v1/knowledge/releases": () => new Response("<html>Bad gateway</html>", { status: 502 }) });
    expect(await failure(new Api(key).releases())).toMatchObject({ status: 502, title: "The server answered 502" });
  });

  it("tells a list of another shape from an empty one", async () => {
    serve({ "GET /v1/knowledge/items": () => ({ rows: [] }) });
    expect((await failure(new Api(key).items({}))).title).toContain("not understood");
  });

  it("says when there is no server", async () => {
    vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("failed"))));
    expect(await failure(new Api(key).clusters(7))).toMatchObject({ status: 0, code: "offline" });
  });

  it("reports a refused key once it is refused", async () => {
    const refused = vi.fn();
    serve({ "GET /v1/questions": () => problem(401, "unauthorized", "No"), "GET /v1/knowledge/releases": () => problem(403, "forbidden", "No") });
    const api = new Api(key, refused);
    await failure(api.releases());
    expect(refused).not.toHaveBeenCalled();
    await failure(api.questions({}));
    expect(refused).toHaveBeenCalledTimes(1);
  });

  it("escapes ids in paths", async () => {
    const calls = serve({});
    await failure(new Api(key).item("a/../b?c#d"));
    expect(calls[0]?.path).toBe("/v1/knowledge/items/a%2F..%2Fb%3Fc%23d");
  });

  it("writes under the person's name when there is one", async () => {
    const calls = serve({ "PUT /v1/knowledge/items/i-1": () => ({}) });
    const content = { question: "q", variants: [], answer: "a", locale: "en", actions: [] };
    await new Api(key, undefined, "Mina").saveItem("i-1", content, 4);
    await new Api(key).saveItem("i-1", content);
    expect(calls.map((c) => c.body)).toEqual([{ ...content, author: "Mina", expectedVersion: 4 }, content]);
  });

  it("takes no for an answer about demo keys", async () => {
    serve({ "GET /demo/api/haeon/console-key": () => ({ key: "ak_haeon_0123456789" }), "GET /demo/api/odd/console-key": () => ({ key: 7 }) });
    expect(await demoKey("haeon")).toBe("ak_haeon_0123456789");
    expect(await demoKey("odd")).toBeUndefined();
    expect(await demoKey("real")).toBeUndefined();
  });
});

describe("queries", () => {
  it("leave out what is not set, and keep false and 0", () => {
    expect(queryString({ a: undefined, b: "", c: 0, d: false })).toBe("?c=0&d=false");
    expect(queryString({})).toBe("");
  });
});
