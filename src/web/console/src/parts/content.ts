import type { Action, ItemContent, ProblemFault } from "../types";
import { t } from "../i18n";

/** Names that may stand in braces in an answer. */
export const placeholders = [
  "customer.name", "store.name", "order.number", "order.placed", "order.total", "order.status", "parcel.carrier", "parcel.number",
  "parcel.status", "parcel.promised", "parcel.eta", "parcel.lastSeen", "refund.amount", "refund.status",
] as const;

export const emptyContent = (locale: string): ItemContent => ({ question: "", variants: [], answer: "", locale, actions: [] });

/** The language a text is written in, as far as its script tells. */
export function languageOf(text: string): string {
  return /[\uac00-\ud7af\u3131-\u318e]/.test(text) ? "ko" : /[\u4e00-\u9fff]/.test(text) ? "zh" : "en";
}

/** Only what an item is made of, without the fields of the view it came from and without empty ones. */
export function contentOf(from: ItemContent): ItemContent {
  const actions: Action[] = (from.actions ?? []).filter((a) => a.label.trim() !== "").map((a) => (a.url ? { label: a.label.trim(), url: a.url.trim() } : { label: a.label.trim() }));
  return {
    ...(from.intent ? { intent: from.intent } : {}),
    question: from.question.trim(),
    variants: (from.variants ?? []).map((v) => v.trim()).filter((v) => v !== ""),
    answer: from.answer.trim(),
    locale: from.locale,
    actions,
    ...(from.validFrom ? { validFrom: from.validFrom } : {}),
    ...(from.validTo ? { validTo: from.validTo } : {}),
  };
}

/** What the server would refuse, said before it is asked. */
export function faultsOf(content: ItemContent): ProblemFault[] {
  const faults: ProblemFault[] = [];
  const question = content.question.trim();
  if (question.length < 1 || question.length > 500) {
    faults.push({ field: "question", message: t("check.question") });
  }
  if (content.variants.length > 50 || content.variants.some((v) => v.length > 500)) {
    faults.push({ field: "variants", message: t("check.variants") });
  }
  const answer = content.answer.trim();
  if (answer.length < 1 || answer.length > 4000) {
    faults.push({ field: "answer", message: t("check.answer") });
  }
  for (const [, name = ""] of answer.matchAll(/\{([^}]*)\}/g)) {
    if (!(placeholders as readonly string[]).includes(name)) {
      faults.push({ field: "answer", message: t("check.placeholder", { name: `{${name}}` }) });
    }
  }
  content.actions.forEach((action, index) => {
    if (action.url && (!/^\/(?![/\\])/.test(action.url) || action.url.length > 500)) {
      faults.push({ field: `actions[${index}].url`, message: t("check.url") });
    }
    if (action.label.length > 60) {
      faults.push({ field: `actions[${index}].label`, message: t("check.label") });
    }
  });
  if (content.validFrom && content.validTo && content.validFrom > content.validTo) {
    faults.push({ field: "validTo", message: t("check.validTo") });
  }
  return faults;
}

/** Names of fields in which two contents differ. */
export function changedFields(one: ItemContent, other: ItemContent): (keyof ItemContent)[] {
  const left = contentOf(one);
  const right = contentOf(other);
  const names: (keyof ItemContent)[] = ["question", "variants", "answer", "intent", "locale", "actions", "validFrom", "validTo"];
  return names.filter((name) => JSON.stringify(left[name] ?? null) !== JSON.stringify(right[name] ?? null));
}
