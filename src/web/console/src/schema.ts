// Made by scripts/client.mjs from openapi.json; not written by hand.

export interface Accepted {
  accepted: number;
}

export interface ActionView {
  label: string;
  url?: string;
}

export type ActorKind = "member" | "key" | "admin" | "operator" | "system";

export interface ActorView {
  kind: ActorKind;
  id: string;
  name?: string;
}

export interface AnswerView {
  intent: string;
  text: string;
  source: SourceView;
  confidence: number;
  actions: ActionView[];
}

export interface AssigneeView {
  id: string;
  name: string;
}

export interface AuditList {
  records: AuditView[];
  next?: string;
}

export interface AuditVerdictView {
  valid: boolean;
  records: number;
  head?: string;
  brokenAt?: number;
}

export interface AuditView {
  number: number;
  at: string;
  actor: ActorView;
  action: string;
  target?: string;
  summary?: JsonElement;
  address?: string;
  previous: string;
  hash: string;
}

export interface BotPolicyView {
  answerFrom?: number;
  clarifyFrom?: number;
  maxClarifications?: number;
  autonomy?: boolean;
}

export interface BulkAnswer {
  lines: number;
  changed: number;
  results?: BulkLine[];
}

export interface BulkLine {
  line: number;
  id: string;
  changed: boolean;
}

export interface CampaignView {
  name?: string;
  from?: string;
  to?: string;
}

export interface CampaignsView {
  campaigns?: CampaignView[];
}

export interface CandidateList {
  candidates: CandidateView[];
}

export type CandidateOrigin = "unanswered" | "downvoted" | "corrected" | "manual" | "person_answered";

export type CandidateStatus = "waiting" | "confirmed" | "dismissed" | "released";

export interface CandidateView {
  id: string;
  question: string;
  examples: string[];
  count: number;
  origin: CandidateOrigin;
  status: CandidateStatus;
  replaces?: string;
  content?: ContentView;
  author?: string;
  at: string;
  suggested?: string;
}

export interface CannedList {
  canned: CannedView[];
}

export interface CannedView {
  id: string;
  shortcut: string;
  text: string;
  locale?: string;
  author: string;
  at: string;
}

export interface ChangeView {
  question: string;
  locale: string;
  before?: string;
  after?: string;
  confidenceBefore: number;
  confidenceAfter: number;
  gain: boolean;
  loss: boolean;
}

export type CheckpointStatus = "none" | "accepted" | "in_transit" | "customs" | "out_for_delivery" | "delivered" | "exception";

export interface CheckpointView {
  id: string;
  at: string;
  status: CheckpointStatus;
  place?: string;
  note?: string;
  eta?: string;
}

export interface ClusterList {
  clusters: ClusterView[];
}

export interface ClusterView {
  id: string;
  question: string;
  count: number;
  examples: string[];
  intent: string;
  language: string;
  lastAt: string;
}

export interface CollectAnswer {
  proposed: number;
}

export interface ContentView {
  intent?: string;
  question: string;
  variants: string[];
  answer: string;
  locale: string;
  actions: ActionView[];
  validFrom?: string;
  validTo?: string;
}

export interface ConversationList {
  conversations: ConversationSummary[];
}

export type ConversationMode = "bot" | "human";

export interface ConversationSummary {
  id: string;
  mode: ConversationMode;
  open: boolean;
  lastText?: string;
  lastAt?: string;
  unread: number;
}

export interface ConversationView {
  id: string;
  customer?: string;
  mode: ConversationMode;
  agent?: string;
  open: boolean;
  locale: string;
  readByCustomer: number;
  readByAgent: number;
  score?: number;
  messages: MessageView[];
  notes?: NoteView[];
  assignee?: AssigneeView;
  present?: PresentView[];
}

export interface CorrectionAnswer {
  candidate: string;
}

export interface Coverage {
  questions: number;
  answered: number;
  share?: number;
}

export interface CustomerList {
  customers: CustomerSummary[];
  next?: string;
}

export interface CustomerSummary {
  id: string;
  name?: string;
  tier: CustomerTier;
  locale?: string;
  identified: boolean;
  firstSeen: string;
  lastSeen: string;
  orders: number;
  conversations: number;
}

export type CustomerTier = "standard" | "silver" | "gold" | "vip";

export interface CustomerView {
  id: string;
  name?: string;
  tier: CustomerTier;
  locale?: string;
  identified: boolean;
  erased: boolean;
  firstSeen?: string;
  visits: VisitView[];
  orders: OrderSummaryView[];
  olderOrders: number;
  openConversations: string[];
  popups: PopupView[];
  closedTopics: string[];
  forecast: IntentView[];
  forecastOrder?: string;
  forecastProduct?: string;
}

export interface DeliveryList {
  deliveries: DeliveryView[];
  next?: string;
}

export type DeliveryState = "waiting" | "delivered" | "failed";

export interface DeliveryView {
  id: string;
  event: string;
  at: string;
  state: DeliveryState;
  attempts: number;
  status?: number;
  error?: string;
  nextAt?: string;
}

export interface ErasedAnswer {
  customers: number;
  conversations: number;
  orders: number;
}

export interface FaqCandidateView {
  question: string;
  answer: string;
  start: number;
  end: number;
  line: number;
}

export interface FigurePoint {
  at: string;
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
  popups: PopupCounts;
}

export interface FigureSet {
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
  popups: PopupCounts;
}

export interface FiguresView {
  from: string;
  to: string;
  conversations: number;
  questions: number;
  answered: number;
  clarified: number;
  handedOff: number;
  botResolved: number;
  meanScore?: number;
  popups: PopupFunnel;
  topIntents: IntentCountView[];
  agentAnswered: number;
}

export interface ForesightAnswer {
  from: string;
  to: string;
  questions: number;
  forecast: number;
  hit1: number;
  hit3: number;
  hitAt1?: number;
  hitAt3?: number;
  byIntent: ForesightIntent[];
  compare?: ForesightPart;
}

export interface ForesightIntent {
  intent: string;
  questions: number;
  forecast: number;
  hit1: number;
  hit3: number;
}

export interface ForesightPart {
  from: string;
  to: string;
  questions: number;
  forecast: number;
  hit1: number;
  hit3: number;
  hitAt1?: number;
  hitAt3?: number;
}

export type HandOffReason = "requested" | "unanswered" | "said_before" | "complaint" | "not_helpful" | "model_failed" | "rule" | "call_back";

export interface HandOffView {
  intents?: string[];
  afterFailures?: number;
}

export interface HolidayView {
  date?: string;
  name?: string;
  from?: string;
  to?: string;
}

export interface HoursView {
  enabled?: boolean;
  timeZone?: string;
  week?: SpanView[];
  holidays?: HolidayView[];
}

export interface ImportAnswer {
  items: number;
  changed: number;
  dryRun: boolean;
}

export interface IntentCountView {
  intent: string;
  questions: number;
  unanswered: number;
}

export interface IntentTrend {
  intent: string;
  questions: number;
  unanswered: number;
  before: number;
}

export interface IntentView {
  intent: string;
  probability: number;
}

export interface IntentsAnswer {
  from: string;
  to: string;
  coverage: Coverage;
  top: IntentTrend[];
  rising: IntentTrend[];
  unanswered: IntentTrend[];
}

export interface InvitationList {
  invitations: InvitationView[];
}

export interface InvitationView {
  id: string;
  mail: string;
  role: MemberRole;
  by: string;
  at: string;
  expiresAt: string;
}

export interface ItemList {
  items: ItemView[];
  next?: string;
  total: number;
}

export interface ItemView {
  id: string;
  version: number;
  retired: boolean;
  intent?: string;
  question: string;
  variants: string[];
  answer: string;
  locale: string;
  actions: ActionView[];
  validFrom?: string;
  validTo?: string;
  author: string;
  at: string;
  downvotes: number;
  versions?: VersionView[];
}

export type JsonElement = unknown;

export interface KeyAnswer {
  id: string;
  scope: KeyScope;
  key: string;
  label?: string;
}

export interface KeyList {
  keys: KeyView[];
}

export type KeyScope = "publishable" | "secret" | "agent";

export interface KeyView {
  id: string;
  scope: KeyScope;
  hint: string;
  label?: string;
  createdAt: string;
  revokedAt?: string;
}

export interface LearningChangeView {
  conversation: string;
  number: number;
  question: string;
  right: string;
  before: string;
  after: string;
}

export interface LearningReportList {
  reports: LearningReportView[];
}

export interface LearningReportView {
  run: string;
  asker: string;
  at: string;
  verdict: LearningVerdict;
  why: string;
  splitAt?: string;
  lessons: LessonCountView[];
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
  changes?: LearningChangeView[];
}

export type LearningRunState = "waiting" | "training" | "done" | "failed";

export interface LearningRunView {
  run: string;
  state: LearningRunState;
  report?: LearningReportView;
}

export type LearningVerdict = "went_live" | "not_better" | "too_few_confirmed" | "too_much_change" | "overtaken";

export interface LearningView {
  live?: string;
  inUse: boolean;
  fault?: string;
  former: string[];
  baseModel: string;
  taught: number;
  lastReport?: LearningReportView;
}

export interface LessonCountView {
  kind: string;
  count: number;
}

export interface LiftGroupView {
  customers: number;
  asked: number;
  rate?: number;
}

export interface LineView {
  product: string;
  name: string;
  quantity: number;
  unitPrice: number;
  options?: string;
}

export type LinkKind = "invitation" | "reset";

export interface LinkView {
  kind: LinkKind;
  mail: string;
  name?: string;
  tenant?: string;
  store?: string;
  role?: MemberRole;
  hasAccount: boolean;
  expiresAt: string;
}

export interface LiveAnswer {
  at: string;
  head: number;
  total: number;
  shoppers: LiveShopper[];
}

export interface LiveConversation {
  id: string;
  mode: ConversationMode;
  agent?: string;
  assignee?: string;
  lastText?: string;
  unread?: number;
}

export interface LivePopup {
  id: string;
  topic: string;
  at: string;
  outcome: PopupOutcome;
  withheld: boolean;
}

export interface LiveShopper {
  customer: string;
  name?: string;
  tier: CustomerTier;
  identified: boolean;
  lastSeenAt: string;
  page?: PageType;
  subject?: string;
  session?: string;
  pages: number;
  forecast: IntentView[];
  popup?: LivePopup;
  conversation?: LiveConversation;
}

export interface MadeInvitation {
  id: string;
  mail: string;
  role: MemberRole;
  link: string;
  token: string;
  expiresAt: string;
}

export interface MadeLinkView {
  link: string;
  token: string;
  expiresAt: string;
}

export interface MemberList {
  members: MemberView[];
}

export type MemberRole = "owner" | "manager" | "reviewer" | "agent" | "analyst" | "reader";

export interface MemberView {
  id: string;
  mail: string;
  name: string;
  role: MemberRole;
  secondFactor: boolean;
  locked: boolean;
  since: string;
  lastSeenAt?: string;
}

export interface MessageAnswer {
  number: number;
  mode: ConversationMode;
  replies: MessageView[];
  peak?: PeakView;
}

export type MessageAuthor = "customer" | "bot" | "agent" | "system";

export interface MessageView {
  number: number;
  author: MessageAuthor;
  text: string;
  at: string;
  clientId?: string;
  agent?: string;
  replies?: number;
  intent?: string;
  confidence?: number;
  source?: SourceView;
  actions: ActionView[];
  options: OptionView[];
  helpful?: boolean;
  reason?: HandOffReason;
  also?: SourceView[];
  contact?: string;
}

export interface NoteView {
  id: string;
  author: string;
  text: string;
  at: string;
}

export interface OnboardingAnswer {
  steps: OnboardingStep[];
  done: boolean;
  snippet: string;
}

export interface OnboardingStep {
  step: string;
  done: boolean;
  at?: string;
  count?: number;
}

export interface OpenNowView {
  open: boolean;
  timeZone: string;
  now: string;
  nextChange?: string;
}

export interface OptionView {
  intent: string;
  label: string;
}

export interface OrderSummaryView {
  number: string;
  placedAt: string;
  total: number;
  currency: string;
  late: boolean;
  looksLost: boolean;
  cancelled: boolean;
}

export interface OrderView {
  number: string;
  customer: string;
  version: number;
  placedAt: string;
  lines: LineView[];
  total: number;
  currency: string;
  payment: PaymentState;
  paymentMethod?: string;
  paymentFailures: number;
  parcel?: ParcelView;
  refund?: RefundView;
  cancelled: boolean;
  late: boolean;
  looksLost: boolean;
}

export interface OriginsView {
  origins?: string[];
}

export interface OwnStoreView {
  name: string;
  locale: string;
  currency: string;
  timeZone: string;
}

export type PageError = "none" | "payment_declined" | "coupon_rejected" | "out_of_stock" | "address_rejected" | "other";

export type PageType = "other" | "home" | "category" | "product" | "search" | "cart" | "checkout" | "payment" | "orders" | "order" | "tracking" | "policy" | "help" | "account" | "promotion";

export interface ParcelView {
  carrier: string;
  number: string;
  status: CheckpointStatus;
  promisedAt?: string;
  eta?: string;
  deliveredAt?: string;
  reportedMissing: boolean;
  checkpoints: CheckpointView[];
}

export interface ParseAnswer {
  candidates: FaqCandidateView[];
}

export type PaymentState = "pending" | "paid" | "failed" | "refund_pending" | "refunded";

export interface PeakAnswer {
  rung: PeakRung;
  manual: boolean;
  figures: PeakFigures;
  stores: PeakStoreView[];
  rehearsals: RehearsalView[];
}

export interface PeakFigures {
  pressure: number;
  queueAgeMs: number;
  flushMs: number;
  cpu: number;
  workPerSecond: number;
  servedPerSecond: number;
  inFlight: number;
  limit: number;
  held: number;
  waiting: number;
}

export type PeakRung = "full" | "popups_paused" | "qna_only" | "queue" | "call_back";

export interface PeakStoreView {
  id: string;
  rung: PeakRung;
  light: boolean;
  askedPerSecond: number;
  servedPerSecond: number;
  waiting: number;
  waitSeconds: number;
  rehearsal?: boolean;
  ladder?: PeakRung;
  why?: PeakWhy;
  rehearsalUntil?: string;
}

export interface PeakView {
  rung: PeakRung;
  place?: number;
  waitSeconds?: number;
  rehearsal?: boolean;
}

export interface PeakWhy {
  cause: string;
  pressure: number;
  queueAgeMs: number;
  flushMs: number;
  cpu: number;
}

export interface PlaceView {
  id: string;
  name: string;
  role: MemberRole;
}

export interface PolicyView {
  tone?: Tone;
  forbiddenWords?: string[];
  messagesPerMinute?: number;
  popups?: PopupPolicyView;
  bot?: BotPolicyView;
  hours?: HoursView;
  languages?: string[];
  discountLimit?: number;
  handOff?: HandOffView;
  retentionDays?: number;
  clear?: string[];
}

export interface PopupCounts {
  offered: number;
  seen: number;
  opened: number;
  dismissed: number;
  ignored: number;
  helpful: number;
  withheld: number;
}

export interface PopupFunnel {
  offered: number;
  seen: number;
  opened: number;
  dismissed: number;
  ignored: number;
  helpful: number;
  withheld: number;
}

export interface PopupLiftView {
  from: string;
  to: string;
  shown: LiftGroupView;
  withheld: LiftGroupView;
  lift?: number;
  low: number;
  high: number;
  eValue: number;
  sure: boolean;
}

export type PopupOutcome = "offered" | "seen" | "opened" | "dismissed" | "ignored" | "helpful" | "not_helpful";

export interface PopupPolicyView {
  enabled?: boolean;
  perSession?: number;
  perDay?: number;
  pauseSeconds?: number;
  holdoutShare?: number;
  minProbability?: number;
  precision?: number;
  exploreShare?: number;
}

export interface PopupView {
  id: string;
  topic: string;
  order?: string;
  at: string;
  outcome: PopupOutcome;
  withheld: boolean;
}

export interface PresenceAnswer {
  present: PresentView[];
}

export interface PresentView {
  id: string;
  name: string;
  typing: boolean;
}

export interface PreviewAnswer {
  from: string;
  to: string;
  questions: number;
  changed: number;
  before: PreviewCounts;
  after: PreviewCounts;
  changes: PreviewChange[];
  forecasts: number;
  popups: PreviewPopups;
}

export interface PreviewChange {
  conversation: string;
  number: number;
  question: string;
  intent: string;
  confidence: number;
  before: QuestionAction;
  after: QuestionAction;
}

export interface PreviewCounts {
  answered: number;
  clarified: number;
  handedOff: number;
}

export interface PreviewPopups {
  before: number;
  after: number;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: {
  field: string;
  message: string;
  line?: number;
}[];
  traceId?: string;
  peak?: {
  rung: "full" | "popups_paused" | "qna_only" | "queue" | "call_back";
  place?: number;
  waitSeconds?: number;
  rehearsal?: boolean;
};
}

export interface ProductNamesView {
  id: string;
  names: string[];
}

export interface ProfileView {
  name?: string;
  locale?: string;
  currency?: string;
  timeZone?: string;
}

export type QuestionAction = "answer" | "clarify" | "hand_off";

export interface QuestionList {
  questions: QuestionView[];
  next?: string;
}

export type QuestionOutcome = "waiting" | "answered" | "clarified" | "handed_off" | "agent_answered";

export interface QuestionView {
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
  outcome: QuestionOutcome;
  answer?: string;
  source?: SourceView;
  answerConfidence?: number;
  reason?: HandOffReason;
  helpful?: boolean;
  score?: number;
}

export interface RecoveryCodes {
  recoveryCodes: string[];
}

export interface RefundView {
  amount: number;
  requestedAt: string;
  dueAt?: string;
  paidAt?: string;
}

export interface RehearsalView {
  rung: PeakRung;
  tenant?: string;
  perSecond: number;
  until: string;
}

export interface RehearseAnswer {
  intent: string;
  confidence: number;
  outOfScope: number;
  language: string;
  model: string;
  intents: IntentView[];
  candidates: AnswerView[];
  action: QuestionAction;
  text: string;
}

export interface ReleaseList {
  releases: ReleaseView[];
}

export type ReleaseStatus = "built" | "replayed" | "approved" | "live" | "rolled_back" | "discarded";

export interface ReleaseView {
  id: string;
  note?: string;
  candidates: string[];
  status: ReleaseStatus;
  replay?: ReplayView;
  author: string;
  approvedBy?: string;
  at: string;
}

export interface ReplayView {
  days: number;
  questions: number;
  changed: number;
  gains: number;
  losses: number;
  changes: ChangeView[];
  at: string;
}

export interface ResponseAnswer {
  from: string;
  to: string;
  bot: ResponseTimes;
  person: ResponseTimes;
  compare?: ResponsePart;
}

export interface ResponsePart {
  from: string;
  to: string;
  bot: ResponseTimes;
  person: ResponseTimes;
}

export interface ResponseTimes {
  count: number;
  p50Seconds?: number;
  p90Seconds?: number;
  waiting?: number;
}

export interface RoleList {
  roles: RolePermissions[];
}

export interface RolePermissions {
  role: MemberRole;
  permissions: string[];
}

export interface SecondFactorKey {
  key: string;
  uri: string;
}

export interface SeriesAnswer {
  from: string;
  to: string;
  by: string;
  timeZone: string;
  totals: FigureSet;
  points: FigurePoint[];
  compare?: SeriesPart;
}

export interface SeriesPart {
  from: string;
  to: string;
  totals: FigureSet;
  points: FigurePoint[];
}

export interface SessionAnswer {
  token: string;
  customer: string;
  identified: boolean;
  expiresAt: string;
  locale: string;
  position: number;
  store: StoreView;
}

export interface SessionList {
  sessions: SessionRow[];
}

export interface SessionRow {
  id: string;
  current: boolean;
  startedAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address?: string;
  agent?: string;
}

export interface SessionView {
  member?: SignedInMember;
  key?: SignedInKey;
  tenant: string;
  store: OwnStoreView;
  role?: MemberRole;
  permissions: string[];
  tenants: PlaceView[];
  expiresAt?: string;
}

export interface SignedInKey {
  scope: KeyScope;
  id: string;
}

export interface SignedInMember {
  id: string;
  mail: string;
  name: string;
  locale?: string;
  secondFactor: boolean;
  recoveryCodesLeft?: number;
}

export interface SigningKeyAnswer {
  id: string;
  algorithm: string;
  publicKey?: string;
  secret?: string;
}

export interface SigningKeyList {
  keys: SigningKeyView[];
}

export interface SigningKeyView {
  id: string;
  algorithm: string;
  publicKey?: string;
  createdAt: string;
  revokedAt?: string;
}

export interface SourceView {
  kind: string;
  id: string;
  version: number;
  title?: string;
}

export interface SpanView {
  day?: string;
  from?: string;
  to?: string;
}

export interface StaffConversationList {
  conversations: StaffConversationSummary[];
  next?: string;
}

export interface StaffConversationSummary {
  id: string;
  customer: string;
  customerName?: string;
  locale: string;
  mode: ConversationMode;
  agent?: string;
  open: boolean;
  messages: number;
  lastText?: string;
  openedAt: string;
  lastAt: string;
  score?: number;
  assignee?: string;
  unread?: number;
}

export interface StoreView {
  name: string;
  locale: string;
  currency: string;
}

export interface SuggestionList {
  suggestions: SuggestionView[];
}

export interface SuggestionView {
  intent: string;
  label: string;
  rank: number;
}

export interface TenantAnswer {
  id: string;
  secretKey: string;
  publishableKey: string;
  agentKey: string;
  ownerInvitation?: MadeLinkView;
}

export interface TenantList {
  tenants: TenantSummary[];
  next?: string;
}

export interface TenantSummary {
  id: string;
  name: string;
  locale: string;
  createdAt: string;
}

export interface TimelineList {
  entries: TimelineView[];
  next?: string;
}

export interface TimelineView {
  position: number;
  at: string;
  kind: string;
  entity: string;
  text: string;
  data: JsonElement;
}

export type Tone = "friendly" | "formal" | "playful";

export interface UnreadAnswer {
  total: number;
  mine: number;
  conversations: UnreadRow[];
}

export interface UnreadRow {
  id: string;
  unread: number;
}

export interface VersionView {
  version: number;
  content: ContentView;
  author: string;
  at: string;
  retired: boolean;
  release?: string;
}

export interface VisitView {
  id: string;
  session: string;
  at: string;
  page: PageType;
  subject?: string;
  dwellSeconds: number;
  price?: number;
  referrer?: string;
  error?: PageError;
}

export interface VocabularyView {
  groups: string[][];
  products: ProductNamesView[];
}

export interface WebhookList {
  webhooks: WebhookView[];
  known: string[];
}

export interface WebhookTestAnswer {
  delivered: boolean;
  status?: number;
  milliseconds: number;
  error?: string;
}

export interface WebhookView {
  id: string;
  url: string;
  events: string[];
  enabled: boolean;
  createdAt: string;
  secret?: string;
}

/** What each call answers. */
export interface Calls {
  "DELETE /v1/canned/{canned}": void;
  "DELETE /v1/customers/{customer}": ErasedAnswer;
  "DELETE /v1/invitations/{invitation}": void;
  "DELETE /v1/knowledge/candidates/{candidate}": CandidateView;
  "DELETE /v1/knowledge/items/{item}": void;
  "DELETE /v1/knowledge/releases/{release}": ReleaseView;
  "DELETE /v1/learning": LearningView;
  "DELETE /v1/me/second-factor": void;
  "DELETE /v1/members/{member}": void;
  "DELETE /v1/peak/rehearsals": PeakAnswer;
  "DELETE /v1/peak/store/rehearsals": PeakStoreView;
  "DELETE /v1/session": void;
  "DELETE /v1/sessions": void;
  "DELETE /v1/sessions/{session}": void;
  "DELETE /v1/tenant/keys/{key}": void;
  "DELETE /v1/tenant/signing-keys/{key}": void;
  "DELETE /v1/tenant/webhooks/{webhook}": void;
  "GET /healthz": void;
  "GET /metrics": void;
  "GET /readyz": void;
  "GET /v1/audit": AuditList;
  "GET /v1/audit.csv": void;
  "GET /v1/audit.jsonl": void;
  "GET /v1/audit/verify": AuditVerdictView;
  "GET /v1/canned": CannedList;
  "GET /v1/conversations": StaffConversationList;
  "GET /v1/conversations/unread": UnreadAnswer;
  "GET /v1/conversations/{conversation}": ConversationView;
  "GET /v1/customers": CustomerList;
  "GET /v1/customers/{customer}": CustomerView;
  "GET /v1/customers/{customer}/export": void;
  "GET /v1/customers/{customer}/timeline": TimelineList;
  "GET /v1/figures": FiguresView;
  "GET /v1/figures/intents": IntentsAnswer;
  "GET /v1/figures/predictions": ForesightAnswer;
  "GET /v1/figures/response-times": ResponseAnswer;
  "GET /v1/figures/series": SeriesAnswer;
  "GET /v1/figures/series.csv": void;
  "GET /v1/invitations": InvitationList;
  "GET /v1/knowledge/candidates": CandidateList;
  "GET /v1/knowledge/export": void;
  "GET /v1/knowledge/items": ItemList;
  "GET /v1/knowledge/items/{item}": ItemView;
  "GET /v1/knowledge/releases": ReleaseList;
  "GET /v1/knowledge/releases/{release}": ReleaseView;
  "GET /v1/knowledge/synonyms": VocabularyView;
  "GET /v1/learning": LearningView;
  "GET /v1/learning/reports": LearningReportList;
  "GET /v1/learning/reports/{run}": LearningReportView;
  "GET /v1/learning/runs/{run}": LearningRunView;
  "GET /v1/members": MemberList;
  "GET /v1/onboarding": OnboardingAnswer;
  "GET /v1/orders/{order}": OrderView;
  "GET /v1/peak": PeakAnswer;
  "GET /v1/peak/store": PeakStoreView;
  "GET /v1/popups/lift": PopupLiftView;
  "GET /v1/questions": QuestionList;
  "GET /v1/questions.csv": void;
  "GET /v1/questions/clusters": ClusterList;
  "GET /v1/roles": RoleList;
  "GET /v1/session": SessionView;
  "GET /v1/sessions": SessionList;
  "GET /v1/shopper/conversations": ConversationList;
  "GET /v1/shopper/conversations/{conversation}": ConversationView;
  "GET /v1/shopper/stream": void;
  "GET /v1/shopper/suggestions": SuggestionList;
  "GET /v1/staff/live": LiveAnswer;
  "GET /v1/staff/stream": void;
  "GET /v1/tenant": ProfileView;
  "GET /v1/tenant/campaigns": CampaignsView;
  "GET /v1/tenant/hours": OpenNowView;
  "GET /v1/tenant/keys": KeyList;
  "GET /v1/tenant/origins": OriginsView;
  "GET /v1/tenant/policy": PolicyView;
  "GET /v1/tenant/signing-keys": SigningKeyList;
  "GET /v1/tenant/webhooks": WebhookList;
  "GET /v1/tenant/webhooks/{webhook}/deliveries": DeliveryList;
  "GET /v1/tenants": TenantList;
  "GET /v1/tenants/{tenant}/learning/runs/{run}": LearningRunView;
  "POST /v1/conversations/{conversation}/give-back": ConversationView;
  "POST /v1/conversations/{conversation}/join": ConversationView;
  "POST /v1/conversations/{conversation}/messages": ConversationView;
  "POST /v1/conversations/{conversation}/notes": ConversationView;
  "POST /v1/conversations/{conversation}/presence": PresenceAnswer;
  "POST /v1/conversations/{conversation}/read": ConversationView;
  "POST /v1/conversations/{conversation}/typing": void;
  "POST /v1/invitations": MadeInvitation;
  "POST /v1/knowledge/candidates": CandidateView;
  "POST /v1/knowledge/candidates/collect": CollectAnswer;
  "POST /v1/knowledge/import": ImportAnswer;
  "POST /v1/knowledge/parse": ParseAnswer;
  "POST /v1/knowledge/rehearse": RehearseAnswer;
  "POST /v1/knowledge/releases": ReleaseView;
  "POST /v1/knowledge/releases/{release}/approve": ReleaseView;
  "POST /v1/knowledge/releases/{release}/live": ReleaseView;
  "POST /v1/knowledge/releases/{release}/replay": ReleaseView;
  "POST /v1/knowledge/releases/{release}/rollback": ReleaseView;
  "POST /v1/learning/rollback": LearningView;
  "POST /v1/learning/runs": LearningRunView;
  "POST /v1/links/open": LinkView;
  "POST /v1/links/redeem": SessionView;
  "POST /v1/me/recovery-codes": RecoveryCodes;
  "POST /v1/me/second-factor": SecondFactorKey;
  "POST /v1/members/{member}/reset": MadeLinkView;
  "POST /v1/members/{member}/unlock": MemberView;
  "POST /v1/orders/bulk": BulkAnswer;
  "POST /v1/orders/{order}/cancel": OrderView;
  "POST /v1/orders/{order}/checkpoints": OrderView;
  "POST /v1/orders/{order}/missing": OrderView;
  "POST /v1/orders/{order}/payment": OrderView;
  "POST /v1/orders/{order}/refund": OrderView;
  "POST /v1/orders/{order}/refund-paid": OrderView;
  "POST /v1/orders/{order}/shipment": OrderView;
  "POST /v1/peak/rehearsals": PeakAnswer;
  "POST /v1/peak/store/rehearsals": PeakStoreView;
  "POST /v1/questions/{conversation}/{number}/correction": CorrectionAnswer;
  "POST /v1/session": SessionView;
  "POST /v1/shopper/conversations/{conversation}/answers/{number}/rating": void;
  "POST /v1/shopper/conversations/{conversation}/call-back": MessageAnswer;
  "POST /v1/shopper/conversations/{conversation}/close": void;
  "POST /v1/shopper/conversations/{conversation}/messages": MessageAnswer;
  "POST /v1/shopper/conversations/{conversation}/person": MessageAnswer;
  "POST /v1/shopper/conversations/{conversation}/rating": void;
  "POST /v1/shopper/conversations/{conversation}/read": void;
  "POST /v1/shopper/conversations/{conversation}/typing": void;
  "POST /v1/shopper/popups/{popup}": void;
  "POST /v1/shopper/sessions": SessionAnswer;
  "POST /v1/shopper/suggestions/chosen": void;
  "POST /v1/shopper/visits": Accepted;
  "POST /v1/tenant/keys": KeyAnswer;
  "POST /v1/tenant/policy/preview": PreviewAnswer;
  "POST /v1/tenant/signing-keys": SigningKeyAnswer;
  "POST /v1/tenant/webhooks": WebhookView;
  "POST /v1/tenant/webhooks/{webhook}/test": WebhookTestAnswer;
  "POST /v1/tenants": TenantAnswer;
  "POST /v1/tenants/{tenant}/learning/rollback": LearningView;
  "POST /v1/tenants/{tenant}/learning/runs": LearningRunView;
  "POST /v1/visits/bulk": BulkAnswer;
  "PUT /v1/canned/{canned}": CannedView;
  "PUT /v1/conversations/{conversation}/assignee": ConversationView;
  "PUT /v1/conversations/{conversation}/seen": void;
  "PUT /v1/customers/{customer}": CustomerView;
  "PUT /v1/knowledge/candidates/{candidate}": CandidateView;
  "PUT /v1/knowledge/items/{item}": ItemView;
  "PUT /v1/knowledge/synonyms": VocabularyView;
  "PUT /v1/me": SessionView;
  "PUT /v1/me/password": void;
  "PUT /v1/me/second-factor": RecoveryCodes;
  "PUT /v1/members/{member}": MemberView;
  "PUT /v1/orders/{order}": OrderView;
  "PUT /v1/peak": PeakAnswer;
  "PUT /v1/questions/{conversation}/{number}/intent": LearningView;
  "PUT /v1/session/tenant": SessionView;
  "PUT /v1/shopper/conversations/{conversation}": ConversationView;
  "PUT /v1/tenant": ProfileView;
  "PUT /v1/tenant/campaigns": CampaignsView;
  "PUT /v1/tenant/origins": OriginsView;
  "PUT /v1/tenant/policy": PolicyView;
  "PUT /v1/tenant/webhooks/{webhook}": WebhookView;
}
