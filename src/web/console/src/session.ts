import { useSyncExternalStore } from "react";
import { Api, ApiError } from "./api";
import type { Member, SessionView, StoreView } from "./types";

/** The key lives as long as the tab: session storage only, never local storage. A member's cookie is the browser's and out of reach. */
const slot = "smartservice-console-key";
const nameSlot = "smartservice-console-name";
const listeners = new Set<() => void>();

export interface KeySession {
  key: string;
  tenant: string;
  scope: "agent" | "secret";
}

/** Who uses the page, in which store, with which rights. */
export interface Session {
  tenant: string;
  /** Who stands beside what is written. */
  name: string;
  key?: KeySession;
  member?: Member;
  role?: string;
  store?: StoreView;
  tenants: SessionView["tenants"];
  may: (permission: string) => boolean;
}

/** Reads "ak_{tenant}_{random}" or "sk_{tenant}_{random}"; undefined when the text is no such key. */
export function readKey(text: string): KeySession | undefined {
  const match = /^(ak|sk)_([a-z0-9-]{1,64})_([A-Za-z0-9_-]{8,})$/.exec(text.trim());
  return match ? { key: match[0], tenant: match[2] ?? "", scope: match[1] === "ak" ? "agent" : "secret" } : undefined;
}

export const keyIn = (): string => sessionStorage.getItem(slot) ?? "";

/** The name answers are written under; as short-lived as the key. */
export const nameIn = (): string => sessionStorage.getItem(nameSlot) ?? "";

export function signIn(key: string, name = ""): void {
  sessionStorage.setItem(slot, key);
  sessionStorage.setItem(nameSlot, name.trim().slice(0, 100));
  listeners.forEach((listener) => listener());
}

export function signOut(): void {
  sessionStorage.removeItem(slot);
  listeners.forEach((listener) => listener());
}

export function useKey(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, keyIn);
}

const ofAgentKeys = new Set([
  "conversations.read", "conversations.write", "customers.read", "knowledge.read", "knowledge.write", "questions.read", "figures.read", "learning.read", "canned.read", "canned.write",
]);

/** What a key may do, as far as its kind says. The server decides; this only hides what it would refuse. */
export const keySession = (key: KeySession, name: string): Session => ({
  tenant: key.tenant, name, key, tenants: [], may: (permission) => key.scope === "secret" || ofAgentKeys.has(permission),
});

export function sessionOf(view: SessionView, key?: KeySession, name = ""): Session {
  const permissions = new Set(view.permissions);
  return {
    tenant: view.tenant, name: view.member?.name ?? name, tenants: view.tenants ?? [], store: view.store, may: (permission) => permissions.has(permission),
    ...(key ? { key } : {}), ...(view.member ? { member: view.member } : {}), ...(view.role ? { role: view.role } : {}),
  };
}

/** The member whose cookie the browser has; undefined when nobody is signed in. */
export async function memberSession(signal?: AbortSignal): Promise<SessionView | undefined> {
  try {
    return await new Api("cookie").get<SessionView>("/v1/session", signal);
  } catch (error) {
    if (error instanceof ApiError && error.status !== 0) {
      return undefined;
    }
    throw error;
  }
}
