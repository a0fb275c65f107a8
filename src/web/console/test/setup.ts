import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { loadTexts } from "../src/i18n";

await loadTexts("en");
// How long is patience on a busy machine; nothing is measured by it.
configure({ asyncUtilTimeout: 8_000 });

// Not in happy-dom; Mantine asks for them.
window.matchMedia ??= ((query: string) => ({ matches: false, media: query, onchange: null, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {}, dispatchEvent: () => false })) as unknown as typeof window.matchMedia;
window.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} } as unknown as typeof ResizeObserver;
if (!document.fonts) {
  Object.defineProperty(document, "fonts", { value: { addEventListener() {}, removeEventListener() {} } });
}
// Nothing has a size here; lists that draw only what is seen need one.
Object.defineProperties(HTMLElement.prototype, { offsetHeight: { get: () => 600 }, offsetWidth: { get: () => 900 } });
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
