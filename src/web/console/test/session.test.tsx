import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { App } from "../src/App";
import { makeQueryClient } from "../src/queries";
import { keyIn, readKey, signIn } from "../src/session";
import { key, problem, serve } from "./harness";

const start = () => render(<MantineProvider env="test"><QueryClientProvider client={makeQueryClient()}><App /></QueryClientProvider></MantineProvider>);
const log = { "GET /v1/questions": () => ({ questions: [] }) };

describe("keys", () => {
  it("say the store and what they may", () => {
    expect(readKey(` ${key}\n`)).toEqual({ key, tenant: "northpeak", scope: "agent" });
    expect(readKey("sk_hae-on2_abcdefgh_-")).toMatchObject({ tenant: "hae-on2", scope: "secret" });
    for (const text of ["", "pk_northpeak_0123456789", "ak_northpeak_", "ak_North_0123456789", "ak__0123456789", "Bearer x"]) {
      expect(readKey(text)).toBeUndefined();
    }
  });
});

describe("connecting", () => {
  it("tries the key and keeps it in this tab only", async () => {
    history.replaceState(null, "", "/console/questions");
    const calls = serve(log);
    start();
    fireEvent.click(await screen.findByRole("button", { name: "Connect with a key instead" }));
    fireEvent.change(await screen.findByLabelText("Key"), { target: { value: key } });
    fireEvent.click(screen.getByRole("button", { name: "Connect" }));
    await screen.findByText("No questions yet");
    expect(calls.find((c) => c.path === "/v1/questions")?.key).toBe(`Bearer ${key}`);
    expect(keyIn()).toBe(key);
    expect(JSON.stringify({ ...localStorage })).not.toContain(key);
  });

  it("keeps no key that is refused", async () => {
    serve({ "GET /v1/questions": () => problem(401, "unauthorized", "No") });
    start();
    fireEvent.click(await screen.findByRole("button", { name: "Connect with a key instead" }));
    fireEvent.change(await screen.findByLabelText("Key"), { target: { value: key } });
    fireEvent.click(screen.getByRole("button", { name: "Connect" }));
    await screen.findByText(/does not know this key/);
    expect(keyIn()).toBe("");
  });

  it("takes the key of a demo store and cleans the address", async () => {
    history.replaceState(null, "", "/console/questions?demo=haeon&language=ko");
    serve({ ...log, "GET /demo/api/haeon/console-key": () => ({ key: "ak_haeon_0123456789" }) });
    start();
    await screen.findAllByText("haeon");
    expect(location.search).toBe("?language=ko");
  });

  it("asks for the key when the server offers none", async () => {
    history.replaceState(null, "", "/console/?tenant=real-store");
    serve({});
    start();
    expect(await screen.findByText(/hands out no key for “real-store”/)).toBeTruthy();
  });

  it("does not show one store under another's name", async () => {
    signIn(key);
    history.replaceState(null, "", "/console/?tenant=haeon");
    serve({ ...log, "GET /demo/api/haeon/console-key": () => ({ key: "ak_haeon_0123456789" }) });
    start();
    await screen.findAllByText("haeon");
    expect(keyIn()).toBe("ak_haeon_0123456789");
  });

  it("goes back to the start when the key is revoked", async () => {
    signIn(key);
    history.replaceState(null, "", "/console/questions");
    serve({ "GET /v1/questions": () => problem(401, "unauthorized", "No") });
    start();
    expect(await screen.findByText(/no longer accepted/)).toBeTruthy();
    await waitFor(() => expect(keyIn()).toBe(""));
  });
});

describe("addresses", () => {
  it("lead to the page of an item whose id looks like a file", async () => {
    signIn(key);
    history.replaceState(null, "", "/console/item?id=faq.v1");
    const calls = serve({ "GET /v1/knowledge/items/faq.v1": () => ({ id: "faq.v1", version: 1, retired: false, question: "Which?", variants: [], answer: "This.", locale: "en", actions: [], author: "a", at: "2026-11-22T10:00:00Z", downvotes: 0, versions: [] }) });
    start();
    expect(await screen.findByRole("heading", { name: "Which?" })).toBeTruthy();
    expect(calls.map((c) => c.path)).toContain("/v1/knowledge/items/faq.v1");
  });

  it("that lead nowhere say so", async () => {
    signIn(key);
    history.replaceState(null, "", "/console/nothing-here");
    serve({});
    start();
    expect(await screen.findByText("There is no such page")).toBeTruthy();
  });
});
