// What crosses the wire, as docs/api.md and the gateway have it. Only what this page reads.

export interface ProblemFault {
  field?: string;
  line?: number;
  message: string;
}

export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  errors?: ProblemFault[];
  traceId?: string;
}

/** One page of a list. */
export interface Listed<T> {
  rows: T[];
  next: string | undefined;
  /** How many there are in all, where the server counts them. */
  total: number | undefined;
}

export type Outcome = "waiting" | "answered" | "clarified" | "handed_off" | "agent_answered";

export interface Source {
  kind: string;
  id: string;
  version: number;
  title?: string;
}

export interface Question {
  conversation: string;
  number: number;
  customer: string;
  at: string;
  text: string;
  language: string;
  intent: string;
  confidence: number;
  outOfScope: number;
  model: string;
  outcome: Outcome;
  answer?: string;
  source?: Source;
  answerConfidence?: number;
  reason?: string;
  helpful?: boolean;
  score?: number;
}

export interface Cluster {
  id: string;
  question: string;
  count: number;
  examples: string[];
  intent: string;
  language: string;
  lastAt: string;
}

export interface ClusterList {
  clusters: Cluster[];
}

export interface Action {
  label: string;
  url?: string;
}

export interface Message {
  number: number;
  author: "customer" | "bot" | "agent" | "system";
  text: string;
  at: string;
  agent?: string;
  replies?: number;
  intent?: string;
  confidence?: number;
  source?: Source;
  actions: Action[];
  options: { intent: string; label: string }[];
  helpful?: boolean;
  reason?: string;
}

export interface Conversation {
  id: string;
  customer?: string;
  mode: "bot" | "human";
  agent?: string;
  open: boolean;
  locale: string;
  score?: number;
  messages: Message[];
}

export interface ItemContent {
  intent?: string;
  question: string;
  variants: string[];
  answer: string;
  locale: string;
  actions: Action[];
  validFrom?: string;
  validTo?: string;
}

export interface ItemVersion {
  version: number;
  content: ItemContent;
  author: string;
  at: string;
  retired: boolean;
  release?: string;
}

/** The live version, flat; its former ones only when it was asked for by id. */
export interface Item extends ItemContent {
  id: string;
  version: number;
  retired: boolean;
  author: string;
  at: string;
  downvotes: number;
  versions?: ItemVersion[];
}

export type KnowledgeFormat = "csv" | "json" | "jsonl";

export interface ImportResult {
  items: number;
  changed: number;
}

export interface Rehearsal {
  action: "answer" | "clarify" | "hand_off";
  text: string;
  intent: string;
  confidence: number;
  outOfScope: number;
  language: string;
  model: string;
  intents: { intent: string; probability: number }[];
  candidates: { intent: string; text: string; source: Source; confidence: number; actions: Action[] }[];
}

export type CandidateStatus = "waiting" | "confirmed" | "dismissed" | "released";

export interface Candidate {
  id: string;
  question: string;
  examples: string[];
  count: number;
  origin: "unanswered" | "downvoted" | "corrected" | "manual";
  status: CandidateStatus;
  replaces?: string;
  content?: ItemContent;
  author?: string;
  at: string;
}

export type ReleaseStatus = "built" | "replayed" | "approved" | "live" | "rolled_back" | "discarded";

export interface Change {
  question: string;
  locale: string;
  before?: string;
  after?: string;
  confidenceBefore: number;
  confidenceAfter: number;
  gain: boolean;
  loss: boolean;
}

export interface Replay {
  days: number;
  questions: number;
  changed: number;
  gains: number;
  losses: number;
  changes: Change[];
  at: string;
}

export interface Release {
  id: string;
  note?: string;
  candidates: string[];
  status: ReleaseStatus;
  replay?: Replay;
  author: string;
  approvedBy?: string;
  at: string;
}

export interface Figures {
  conversations: number;
  questions: number;
  answered: number;
  clarified: number;
  handedOff: number;
  botResolved: number;
  meanScore?: number;
  popups: { offered: number; seen: number; opened: number; dismissed: number; ignored: number; helpful: number; withheld: number };
  topIntents: { intent: string; questions: number; unanswered: number }[];
}
