import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Key } from "./i18n";

/** Single keys and two-key sequences ("g l"), with a sheet that lists them and a switch that turns them off (WCAG 2.1.4). */
export interface Shortcut {
  keys: string;
  label: Key;
  group: "go" | "here" | "anywhere";
  run: () => void;
}

const slot = "smartservice-console-keys";
const patience = 1_200;
const registered = new Set<{ current: readonly Shortcut[] }>();
const listeners = new Set<() => void>();
let on = stored();

function stored(): boolean {
  try {
    return localStorage.getItem(slot) !== "off";
  } catch {
    return true;
  }
}

export const shortcutsOn = (): boolean => on;

export function switchShortcuts(to: boolean): void {
  on = to;
  try {
    localStorage.setItem(slot, to ? "on" : "off");
  } catch {
    // Kept for this page only, then.
  }
  listeners.forEach((listener) => listener());
}

export function useShortcutsOn(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, shortcutsOn);
}

export const allShortcuts = (): Shortcut[] => [...registered].flatMap((list) => [...list.current]);

/** Shortcuts that hold while the component is shown; a later component's win over an earlier one's. */
export function useShortcuts(list: readonly Shortcut[]): void {
  const latest = useRef(list);
  latest.current = list;
  useEffect(() => {
    registered.add(latest);
    return () => {
      registered.delete(latest);
    };
  }, []);
}

const writes = "input, textarea, select, [contenteditable=''], [contenteditable=true], [role=textbox], [role=combobox]";

/** A letter typed under a Korean or Chinese input method arrives as another one; the key's place on the keyboard says which it was. */
export function letterOf(event: Pick<KeyboardEvent, "key" | "code">): string {
  const ascii = event.key.length === 1 && event.key.charCodeAt(0) < 128;
  return !ascii && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key;
}

export function mayAct(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  const target = event.target instanceof Element ? event.target : document.body;
  return target.closest(writes) === null && document.querySelector("[role=dialog]") === null;
}

/** Follows typed keys and runs what they mean. One for the page. */
export function followKeys(): () => void {
  let first = "";
  let at = 0;
  const pressed = (event: KeyboardEvent) => {
    if (!on || !mayAct(event)) {
      return;
    }
    const key = letterOf(event);
    const sequence = first !== "" && event.timeStamp - at < patience ? `${first} ${key}` : key;
    const known = allShortcuts().reverse();
    const meant = known.find((s) => s.keys === sequence) ?? known.find((s) => s.keys === key);
    if (meant) {
      first = "";
      event.preventDefault();
      meant.run();
    } else {
      first = known.some((s) => s.keys.startsWith(`${key} `)) ? key : "";
      at = event.timeStamp;
    }
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const paletteKeys = isMac ? "⌘K" : "Ctrl K";
