import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { Api } from "../src/api";
import { SignedContext } from "../src/context";
import { makeQueryClient } from "../src/queries";
import { Live } from "../src/live/live";
import { keySession, readKey } from "../src/session";

export const key = "ak_northpeak_0123456789abcdef";

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  key: string | null;
}

/** A server of a few answers. What no answer is given for is 404, as the product's is. */
export function serve(answers: Record<string, (call: Call) => Response | object | undefined>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", vi.fn(async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const url = new URL(String(input), "https://service.example");
    const call: Call = {
      method: init.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      body: typeof init.body === "string" ? JSON.parse(init.body) : init.body,
      key: new Headers(init.headers).get("authorization"),
    };
    calls.push(call);
    const answer = answers[`${call.method} ${call.path}`]?.(call);
    return answer instanceof Response ? answer : answer === undefined ? problem(404, "not_found", "Not found") : Response.json(answer);
  }));
  return calls;
}

export function problem(status: number, code: string, title: string, more: object = {}, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: `urn:smartservice:problem:${code}`, title, status, code, detail: `${title}, said at length.`, traceId: "t-1", ...more }), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

/** Renders a page as it stands behind a key. */
export function show(page: ReactNode) {
  const api = new Api(key);
  const queries = makeQueryClient();
  const session = keySession(readKey(key)!, "");
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <Notifications />
        <SignedContext.Provider value={{ api, session, live: new Live(api, queries, session.tenant) }}>{page}</SignedContext.Provider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
