// What crosses the wire: names of the console for what openapi.json describes, and what it cannot describe.
import type {
  ActionView, AuditView, BotPolicyView, CampaignView, CandidateView, CannedView, ChangeView, ClusterView, ContentView, ConversationView, CustomerView as CustomerAnswer, DeliveryView, FigureSet, FigurePoint, FiguresView, ForesightAnswer, HolidayView, HoursView,
  ImportAnswer, IntentTrend, IntentView, IntentsAnswer, ItemView, KeyView, LearningReportView, LearningRunView, LearningView as LearningAnswer, LinkView as LinkAnswer, LiveAnswer as LiveAnswerView, LiveShopper as LiveShopperView,
  MemberView, MessageView, NoteView, OnboardingAnswer, OrderSummaryView, ParseAnswer, PeakAnswer, PeakStoreView, PeakWhy, PolicyView, PopupLiftView, PopupPolicyView, PresentView, PreviewAnswer, ProfileView, QuestionOutcome, QuestionView, RehearseAnswer,
  ReleaseView, ReplayView, ResponseAnswer, SeriesAnswer as SeriesView, SessionRow, SessionView as SessionAnswerView, SignedInMember, SigningKeyView, SourceView, SpanView, StaffConversationSummary, TimelineView, Tone, VersionView, VisitView, VocabularyView, WebhookView,
} from "./schema";

export type { CandidateStatus, CustomerSummary, ReleaseStatus } from "./schema";
export type Outcome = QuestionOutcome;
export type Source = SourceView;
export type Question = QuestionView;
export type Cluster = ClusterView;
export type Action = ActionView;
export type Message = Omit<MessageView, "author"> & { author: "customer" | "bot" | "agent" | "system" };
export type Conversation = Omit<ConversationView, "messages"> & { messages: Message[] };
export type ConversationSummary = StaffConversationSummary;
export type ItemContent = ContentView;
export type ItemVersion = VersionView;
export type Item = ItemView;
export type ImportResult = Omit<ImportAnswer, "dryRun">;
export type Rehearsal = RehearseAnswer;
export type Candidate = CandidateView;
export type Change = ChangeView;
export type Replay = ReplayView;
export type Release = ReleaseView;
export type Figures = FiguresView;
export type Note = NoteView;
export type Present = PresentView;
export type PeakState = PeakAnswer;
export type PeakStore = Omit<PeakStoreView, "why"> & { why?: Omit<PeakWhy, "cause"> & { cause: "calm" | "light" | "manual" | "rehearsal" | "line" | "queue" | "flush" | "cpu" } };
export type Campaign = Required<CampaignView>;
export type LiveShopper = LiveShopperView;
export type LiveAnswer = LiveAnswerView;
export type Canned = CannedView;
export type Member = SignedInMember;
export type SessionView = SessionAnswerView;
export type StoreView = SessionAnswerView["store"];
export type LinkView = LinkAnswer;
export type StaffMember = MemberView;
export type Visit = VisitView;
export type OrderSummary = OrderSummaryView;
export type CustomerView = CustomerAnswer;
export type Forecast = IntentView;
export type SeriesFigures = FigureSet;
export type SeriesPoint = FigurePoint;
export type SeriesAnswer = SeriesView;
export type ResponseTimes = ResponseAnswer;
export type Predictions = ForesightAnswer;
export type IntentCount = IntentTrend;
export type IntentFigures = IntentsAnswer;
export type Lift = PopupLiftView;
export type LearningReport = LearningReportView;
export type LearningView = LearningAnswer;
export type LearningRun = LearningRunView;
export type ParsedFaq = ParseAnswer;
export type PolicyPreview = PreviewAnswer;
export type ApiKey = KeyView;
export type SigningKey = SigningKeyView;
export type Webhook = WebhookView;
export type Delivery = DeliveryView;
export type OwnSession = SessionRow;
export type Vocabulary = VocabularyView;
export type Named = NonNullable<ConversationView["assignee"]>;
export type Tier = CustomerAnswer["tier"];
export type PopupState = CustomerAnswer["popups"][number];
export type KnowledgeFormat = "csv" | "json" | "jsonl";

/** The steps of the checklist, each of which the console has a part for. */
export type StepName = "profile" | "visit" | "knowledge" | "order" | "trial" | "popups" | "live";
export type OnboardingStep = Omit<OnboardingAnswer["steps"][number], "step"> & { step: StepName };
export type Onboarding = Omit<OnboardingAnswer, "steps"> & { steps: OnboardingStep[] };

/** What is stored of an event differs by its kind. */
export type TimelineEntry = Omit<TimelineView, "data"> & { data: Record<string, unknown> };
export type AuditRecord = Omit<AuditView, "summary"> & { summary?: Record<string, unknown> };

/** As listed, and as made: only then with its link. */
export interface Invitation {
  id: string;
  mail: string;
  role: string;
  by?: string;
  at?: string;
  expiresAt: string;
  link?: string;
}

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

export interface ClusterList {
  clusters: Cluster[];
}

// What is sent as it is read has only optional members in the document; an answer has them all.
export type Profile = Required<ProfileView>;
export type WeekHours = Required<SpanView>;
export type Holiday = HolidayView & { date: string };

export interface Hours extends Omit<HoursView, "enabled" | "week" | "holidays"> {
  enabled: boolean;
  week: WeekHours[];
  holidays: Holiday[];
}

export interface Policy extends Omit<PolicyView, "clear"> {
  tone: Tone;
  forbiddenWords: string[];
  messagesPerMinute: number;
  popups: Required<PopupPolicyView>;
  bot: Required<BotPolicyView>;
  hours?: Hours;
  handOff?: { intents: string[]; afterFailures?: number };
}
