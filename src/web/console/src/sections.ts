import type { Key } from "./i18n";

export interface Section {
  path: string;
  label: Key;
  /** Pressed after "g". */
  key?: string;
  group: "" | "work" | "answers" | "insight";
  /** Further addresses that belong to it. */
  also?: readonly string[];
}

/** The menu, top to bottom. */
export const sections: readonly Section[] = [
  { path: "/", label: "nav.home", key: "h", group: "", also: ["/home"] },
  { path: "/live", label: "nav.live", key: "l", group: "work" },
  { path: "/conversations", label: "nav.conversations", key: "c", group: "work" },
  { path: "/customers", label: "nav.customers", key: "p", group: "work", also: ["/customer"] },
  { path: "/questions", label: "nav.questions", key: "q", group: "answers" },
  { path: "/unanswered", label: "nav.unanswered", key: "u", group: "answers" },
  { path: "/candidates", label: "nav.candidates", key: "a", group: "answers" },
  { path: "/releases", label: "nav.releases", key: "r", group: "answers", also: ["/release"] },
  { path: "/items", label: "nav.items", key: "i", group: "answers", also: ["/item", "/new-item", "/files"] },
  { path: "/try", label: "nav.try", key: "t", group: "answers" },
  { path: "/figures", label: "nav.figures", key: "f", group: "insight" },
  { path: "/peak", label: "nav.peak", key: "k", group: "insight" },
  { path: "/learning", label: "nav.learning", key: "m", group: "insight" },
  { path: "/settings", label: "nav.settings", key: "s", group: "" },
];

export const isAt = (section: Section, path: string): boolean =>
  section.path === path || (section.also ?? []).includes(path) || (section.path !== "/" && path.startsWith(`${section.path}/`));
