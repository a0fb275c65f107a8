import { useSyncExternalStore } from "react";

/** The key lives as long as the tab: session storage only, never local storage. */
const slot = "smartservice-console-key";
const nameSlot = "smartservice-console-name";
const listeners = new Set<() => void>();

export interface Session {
  key: string;
  tenant: string;
  scope: "agent" | "secret";
}

/** Reads "ak_{tenant}_{random}" or "sk_{tenant}_{random}"; undefined when the text is no such key. */
export function readKey(text: string): Session | undefined {
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
