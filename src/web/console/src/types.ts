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
  also?: Source[];
  clientId?: string;
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
  readByCustomer: number;
  readByAgent: number;
  messages: Message[];
  notes?: Note[];
  assignee?: Named;
  present?: Present[];
}

export interface Named {
  id: string;
  name: string;
}

export interface Present extends Named {
  typing: boolean;
}

/** For staff only. */
export interface Note {
  id: string;
  author: string;
  text: string;
  at: string;
}

export interface ConversationSummary {
  id: string;
  customer: string;
  customerName?: string;
  locale: string;
  mode: "bot" | "human";
  agent?: string;
  open: boolean;
  messages: number;
  lastText?: string;
  openedAt: string;
  lastAt: string;
  score?: number;
  assignee?: Named | string;
  unread?: number;
}

export type Tier = "standard" | "silver" | "gold" | "vip" | string;

export interface CustomerSummary {
  id: string;
  name?: string;
  tier: Tier;
  locale?: string;
  identified: boolean;
  firstSeen: string;
  lastSeen: string;
  orders: number;
  conversations: number;
}

export interface Forecast {
  intent: string;
  probability: number;
}

export interface PopupState {
  id: string;
  topic: string;
  at: string;
  outcome: string;
  withheld: boolean;
}

export interface LiveShopper {
  customer: string;
  name?: string;
  tier: Tier;
  identified: boolean;
  lastSeenAt: string;
  page: string;
  subject?: string;
  session: string;
  pages: number;
  forecast: Forecast[];
  popup?: PopupState;
  conversation?: { id: string; mode: "bot" | "human"; agent?: string; assignee?: Named | string; lastText?: string; unread: number };
}

export interface LiveAnswer {
  at: string;
  head: number;
  total: number;
  shoppers: LiveShopper[];
}

export interface Canned {
  id: string;
  shortcut: string;
  text: string;
  locale?: string;
  author: string;
  at: string;
}

export interface Member extends Named {
  mail: string;
  locale?: string;
  secondFactor: boolean;
  recoveryCodesLeft?: number;
}

export interface StoreView {
  name: string;
  locale: string;
  currency: string;
  timeZone: string;
}

/** GET /v1/session: who asks, for which store, and what may be done. */
export interface SessionView {
  member?: Member;
  key?: { scope: string; id: string };
  tenant: string;
  store: StoreView;
  role?: string;
  permissions: string[];
  tenants: { id: string; name: string; role: string }[];
  expiresAt?: string;
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
  /** What a person answered after a hand-off, masked. */
  suggested?: string;
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

/** A member as colleagues see them. */
export interface StaffMember extends Named {
  mail: string;
  role: string;
  secondFactor: boolean;
  locked: boolean;
  since: string;
  lastSeenAt?: string;
}

export interface Visit {
  id: string;
  session: string;
  at: string;
  page: string;
  subject?: string;
  dwellSeconds: number;
  error?: string;
}

export interface OrderSummary {
  number: string;
  placedAt: string;
  total: number;
  currency: string;
  late: boolean;
  looksLost: boolean;
  cancelled: boolean;
}

export interface CustomerView {
  id: string;
  name?: string;
  tier: Tier;
  locale?: string;
  identified: boolean;
  erased: boolean;
  firstSeen?: string;
  visits: Visit[];
  orders: OrderSummary[];
  olderOrders: number;
  openConversations: string[];
  popups: PopupState[];
  forecast: Forecast[];
}

export interface TimelineEntry {
  position: number;
  at: string;
  kind: string;
  entity: string;
  text: string;
  data: Record<string, unknown>;
}

export interface LinkView {
  kind: "invitation" | "reset";
  mail: string;
  name?: string;
  tenant?: string;
  store?: string;
  role?: string;
  hasAccount: boolean;
  expiresAt: string;
}

export type StepName = "profile" | "visit" | "knowledge" | "order" | "trial" | "popups" | "live";

export interface OnboardingStep {
  step: StepName;
  done: boolean;
  at?: string;
  count?: number;
}

export interface Onboarding {
  steps: OnboardingStep[];
  done: boolean;
  snippet: string;
}

export interface Profile {
  name: string;
  locale: string;
  currency: string;
  timeZone: string;
}

export interface ParsedFaq {
  candidates: { question: string; answer: string; start: number; end: number; line: number }[];
}

export interface WeekHours {
  day: string;
  from: string;
  to: string;
}

export interface Holiday {
  date: string;
  name?: string;
  from?: string;
  to?: string;
}

export interface Hours {
  enabled: boolean;
  timeZone?: string;
  week: WeekHours[];
  holidays: Holiday[];
}

export interface Policy {
  tone: string;
  forbiddenWords: string[];
  messagesPerMinute: number;
  popups: { enabled: boolean; perSession: number; perDay: number; pauseSeconds: number; holdoutShare: number; minProbability: number; precision: number; exploreShare: number };
  bot: { answerFrom: number; clarifyFrom: number; maxClarifications: number; autonomy: boolean };
  hours?: Hours;
  languages?: string[];
  discountLimit?: number;
  handOff?: { intents: string[]; afterFailures?: number };
  retentionDays?: number;
}

export interface SeriesFigures {
  conversations: number;
  botResolved: number;
  handedOffConversations: number;
  questions: number;
  answered: number;
  clarified: number;
  handedOff: number;
  agentAnswered: number;
  unanswered: number;
  scores: number;
  meanScore?: number;
  popups: Figures["popups"];
}

export interface SeriesAnswer {
  from: string;
  to: string;
  by: "day" | "hour";
  timeZone: string;
  totals: SeriesFigures;
  points: ({ at: string } & SeriesFigures)[];
  compare?: { from: string; to: string; totals: SeriesFigures; points: ({ at: string } & SeriesFigures)[] };
}

export interface Percentiles {
  count: number;
  p50Seconds?: number;
  p90Seconds?: number;
}

export interface ResponseTimes {
  bot: Percentiles;
  person: Percentiles & { waiting: number };
  compare?: { bot: Percentiles; person: Percentiles & { waiting: number } };
}

export interface Predictions {
  questions: number;
  forecast: number;
  hit1: number;
  hit3: number;
  hitAt1?: number;
  hitAt3?: number;
  byIntent: { intent: string; questions: number; hit1: number; hit3: number }[];
  compare?: { hitAt1?: number; hitAt3?: number };
}

export interface IntentCount {
  intent: string;
  questions: number;
  unanswered: number;
  before: number;
}

export interface IntentFigures {
  coverage: { questions: number; answered: number; share?: number };
  top: IntentCount[];
  rising: IntentCount[];
  unanswered: IntentCount[];
}

export interface LiftGroup {
  customers: number;
  asked: number;
  rate?: number;
}

export interface Lift {
  shown: LiftGroup;
  withheld: LiftGroup;
  lift?: number;
  low: number;
  high: number;
  eValue: number;
  sure: boolean;
}

export interface LearningReport {
  run: string;
  asker: string;
  at: string;
  verdict: string;
  why: string;
  lessons: { kind: string; count: number }[];
  heldBack: number;
  rightBefore: number;
  rightAfter: number;
  accuracyBefore?: number;
  accuracyAfter?: number;
  mended: number;
  broken: number;
  chance: number;
  replayed: number;
  changed: number;
  before?: string;
  model?: string;
  baseModel: string;
  seconds: number;
  changes?: { conversation: string; number: number; question: string; right: string; before: string; after: string }[];
}

export interface LearningView {
  live?: string;
  inUse: boolean;
  fault?: string;
  former: string[];
  baseModel: string;
  taught: number;
  lastReport?: LearningReport;
}

export interface LearningRun {
  run: string;
  state: "waiting" | "training" | "done" | "failed";
  report?: LearningReport;
}

export interface PolicyPreview {
  from: string;
  to: string;
  questions: number;
  changed: number;
  before: { answered: number; clarified: number; handedOff: number };
  after: { answered: number; clarified: number; handedOff: number };
  changes: { conversation: string; number: number; question: string; intent: string; confidence: number; before: string; after: string }[];
  forecasts: number;
  popups: { before: number; after: number };
}

export interface ApiKey {
  id: string;
  scope: "publishable" | "secret" | "agent";
  hint: string;
  label?: string;
  createdAt: string;
  revokedAt?: string;
}

export interface SigningKey {
  id: string;
  algorithm: string;
  publicKey?: string;
  createdAt: string;
  revokedAt?: string;
}

export interface Webhook {
  id: string;
  url: string;
  events: string[];
  enabled: boolean;
  secret?: string;
}

export interface Delivery {
  id: string;
  event: string;
  at: string;
  state: "waiting" | "delivered" | "failed";
  attempts: number;
  status?: number;
  error?: string;
  nextAt?: string;
}

export interface Invitation {
  id: string;
  mail: string;
  role: string;
  by?: string;
  at?: string;
  expiresAt: string;
  link?: string;
}

export interface AuditRecord {
  number: number;
  at: string;
  actor: { kind: string; id: string; name?: string };
  action: string;
  target?: string;
  summary?: Record<string, unknown>;
  address?: string;
  previous: string;
  hash: string;
}

export interface OwnSession {
  id: string;
  current: boolean;
  startedAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address?: string;
  agent?: string;
}

export interface Vocabulary {
  groups: string[][];
  products: { id: string; names: string[] }[];
}
