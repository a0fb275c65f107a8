// Shapes of docs/api.md, as far as a shopper sees them.

export type Locale = "ko" | "zh" | "en";

export interface Action {
  label: string;
  url?: string | null;
}

export interface Source {
  kind: "rule" | "qna" | "order";
  id: string;
  version: number;
  title?: string | null;
}

export interface ClarifyOption {
  intent: string;
  label: string;
}

export interface Message {
  number: number;
  author: "customer" | "bot" | "agent" | "system";
  text: string;
  at: string;
  clientId?: string | null;
  agent?: string | null;
  replies?: number;
  intent?: string | null;
  source?: Source | null;
  /** The other sources of an answer to several questions. */
  also?: Source[] | null;
  actions?: Action[] | null;
  options?: ClarifyOption[] | null;
  helpful?: boolean | null;
}

export interface Conversation {
  id: string;
  mode: "bot" | "human";
  open: boolean;
  readByCustomer: number;
  readByAgent: number;
  score?: number | null;
  messages: Message[];
}

/** How much of the service there is now, and where the shopper stands in the line. */
export interface Peak {
  rung: "full" | "popups_paused" | "qna_only" | "queue" | "call_back";
  place?: number | null;
  waitSeconds?: number | null;
}

export interface Popup {
  id: string;
  topic: string;
  title: string;
  why: string;
  answer: string;
  actions: Action[];
  sources: Source[];
  at: string;
}

export interface Suggestion {
  intent: string;
  label: string;
  rank: number;
}

export type PopupOutcome = "seen" | "opened" | "dismissed" | "ignored" | "helpful" | "not_helpful";

export interface Settings {
  key: string;
  server: string;
  locale?: Locale;
  jwt?: string;
  theme?: "light" | "dark" | "auto";
  /** Distance from the lower edge in pixels, for shops with a bar there. */
  bottom?: number;
}

/** What the shop may tell of the page; all of it is optional and read from the page otherwise. */
export interface PageInfo {
  page?: string;
  subject?: string;
  price?: number;
  error?: string;
}
