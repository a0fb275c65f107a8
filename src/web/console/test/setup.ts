import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { loadTexts } from "../src/i18n";

// Nothing has a size here: a list that draws only what is seen would draw nothing.
vi.mock("@tanstack/react-virtual", () => ({
  useVirtualizer: ({ count, getItemKey }: { count: number; getItemKey: (index: number) => string }) => ({
    getVirtualItems: () => Array.from({ length: Math.min(count, 50) }, (_, index) => ({ index, key: getItemKey(index), start: index * 50 })),
    getTotalSize: () => count * 50,
    measureElement: () => undefined,
    scrollToIndex: () => undefined,
  }),
}));

await loadTexts("en");
// How long is patience on a busy machine; nothing is measured by it.
configure({ asyncUtilTimeout: 8_000 });

// Not in happy-dom; Mantine asks for them.
window.matchMedia ??= ((query: string) => ({ matches: false, media: query, onchange: null, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {}, dispatchEvent: () => false })) as unknown as typeof window.matchMedia;
window.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} } as unknown as typeof ResizeObserver;
if (!document.fonts) {
  Object.defineProperty(document, "fonts", { value: { addEventListener() {}, removeEventListener() {} } });
}
Element.prototype.scrollIntoView ??= () => {};

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  history.replaceState(null, "", "/console/");
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
