import { money, percent, t, textOr, type Key } from "./i18n";
import { intentLabel } from "./intents";
import type { TimelineEntry } from "./types";

const words = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const amount = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export interface Told {
  line: string;
  /** What somebody wrote, word for word. */
  quote?: string;
  dim?: boolean;
}

/** What happened, in the reader's language. What is not known by name is shown as the server wrote it. */
export function tell(entry: TimelineEntry): Told {
  const d = entry.data;
  const quote = words(d.text) === undefined ? {} : { quote: words(d.text)! };
  switch (entry.kind) {
    case "customer-visited": {
      const visit = d.visit as { page?: string; subject?: string } | undefined;
      return { line: [textOr(`page.${visit?.page ?? "other"}`, visit?.page ?? entry.text), visit?.subject ?? ""].filter((part) => part !== "").join(" · ") };
    }
    case "customer-forecast-made": {
      const first = (d.ranked as { intent: string; probability: number }[] | undefined)?.[0];
      return first ? { line: t("timeline.likely", { question: intentLabel(first.intent), share: percent(first.probability) }), dim: true } : { line: entry.text, dim: true };
    }
    case "popup-offered":
    case "popup-withheld": {
      const offer = (d.offer ?? d) as { topic?: string; title?: string };
      const topic = offer.title ?? (offer.topic ? intentLabel(offer.topic) : entry.text);
      return { line: t(entry.kind === "popup-offered" ? "timeline.popup" : "timeline.withheld", { topic }) };
    }
    case "popup-reported": {
      const outcome = snake(words(d.outcome) ?? "");
      return { line: t("timeline.outcome", { outcome: textOr(`popup.${outcome}`, outcome) }) };
    }
    case "conversation-opened":
      return { line: t("timeline.talk.opened") };
    case "conversation-customer-asked": {
      const reading = d.reading as { intent?: string; confidence?: number } | undefined;
      return { line: reading?.intent ? t("timeline.asked.as", { intent: intentLabel(reading.intent), share: percent(reading.confidence ?? 0) }) : t("timeline.asked"), ...quote };
    }
    case "conversation-bot-answered":
      return { line: t("timeline.answered", { share: percent(amount(d.confidence) ?? 0) }), ...quote };
    case "conversation-bot-clarified":
      return { line: t("timeline.clarified"), ...quote };
    case "conversation-handed-off":
      return { line: t("talk.system", { reason: textOr(`reason.${snake(words(d.reason) ?? "")}`, words(d.reason) ?? "") }) };
    case "conversation-agent-joined":
      return { line: t("timeline.joined", { agent: words(d.agent) ?? "" }) };
    case "conversation-agent-replied":
      return { line: t("timeline.replied", { agent: words(d.agent) ?? "" }), ...quote };
    case "conversation-given-back":
      return { line: t("talk.gaveBack") };
    case "conversation-note-added":
      return { line: t("talk.note.by", { author: words(d.author) ?? "" }), ...quote };
    case "conversation-rated":
      return { line: t("timeline.rated", { score: amount(d.score) ?? "–" }), ...(words(d.comment) ? { quote: words(d.comment)! } : {}) };
    case "conversation-answer-rated":
      return { line: t(d.helpful === true ? "helpful.yes" : "helpful.no") };
    case "conversation-closed":
      return { line: t("timeline.talk.closed") };
    case "order-placed":
      return { line: t("timeline.order.placed", { number: orderOf(entry), total: money(amount(d.total) ?? 0, words(d.currency) ?? "USD") }) };
    case "order-shipped":
      return { line: t("timeline.order.shipped", { number: orderOf(entry), carrier: words(d.carrier) ?? "" }) };
    case "order-payment-noted":
      return { line: t("timeline.order.payment", { number: orderOf(entry), state: textOr(`payment.${snake(words(d.state) ?? "")}`, words(d.state) ?? "") }) };
    case "order-checkpoint-noted": {
      const at = d.checkpoint as { status?: string; place?: string } | undefined;
      const status = snake(at?.status ?? "");
      return { line: [t("timeline.order.parcel", { number: orderOf(entry), status: textOr(`parcel.${status}`, status.replaceAll("_", " ")) }), at?.place ?? ""].filter((part) => part !== "").join(" · ") };
    }
    case "order-cancelled":
      return { line: t("timeline.order.cancelled", { number: orderOf(entry) }) };
    case "order-refund-requested":
      return { line: t("timeline.order.refund", { number: orderOf(entry) }) };
    case "order-refund-paid":
      return { line: t("timeline.order.refunded", { number: orderOf(entry) }) };
    case "order-reported-missing":
      return { line: t("timeline.order.missing", { number: orderOf(entry) }) };
    default:
      return { line: entry.text };
  }
}

const orderOf = (entry: TimelineEntry): string => entry.entity.slice(entry.entity.indexOf("/") + 1);

export const pagesOf = (entries: readonly TimelineEntry[]): string =>
  [...new Set(entries.map((e) => textOr(`page.${(e.data.visit as { page?: string } | undefined)?.page ?? "other"}` as Key, "")))].join(", ");
