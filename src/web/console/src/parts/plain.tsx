import { dateTime, percent, t, type Key } from "../i18n";
import { itemAt, linkTo } from "../router";
import type { Outcome, Source } from "../types";
import { DownIcon, UpIcon } from "./icons";

// The marks of marks.tsx in plain elements, for rows that are made while somebody scrolls: a library's badge with its tooltip costs a millisecond each.

const outcomeHues: Record<Outcome, string> = { answered: "teal", clarified: "blue", handed_off: "orange", agent_answered: "grape", waiting: "gray" };

export const PlainLanguage = ({ language }: { language: string }) => <span className="tag" title={t("language")}>{language}</span>;

export const PlainOutcome = ({ outcome }: { outcome: Outcome }) => <span className="pill" data-hue={outcomeHues[outcome] ?? "gray"}>{t(`outcome.${outcome}` as Key)}</span>;

export const PlainTime = ({ at }: { at: string }) => <time className="small figures" dateTime={at} title={at}>{dateTime(at)}</time>;

export const PlainShare = ({ value, label }: { value: number; label: string }) => (
  <span className="meter" role="img" aria-label={`${label} ${percent(value)}`}><i style={{ width: `${Math.max(2, value * 100)}%` }} /><span>{percent(value)}</span></span>
);

export function PlainSource({ source }: { source: Source | undefined }) {
  if (!source) {
    return <span className="small">{t("source.none")}</span>;
  }
  const about = source.title ? `${source.title} (${source.id})` : source.id;
  return source.kind === "qna"
    ? <a className="tag tag-link" title={about} {...linkTo(itemAt(source.id))}>{t("source.qna")} v{source.version}</a>
    : <span className="tag" title={about}>{t(source.kind === "order" ? "source.order" : "source.rule")}</span>;
}

export function PlainHelpful({ helpful }: { helpful: boolean | undefined }) {
  if (helpful === undefined) {
    return null;
  }
  const label = t(helpful ? "helpful.yes" : "helpful.no");
  return <span className="helpful" data-helpful={helpful} role="img" aria-label={label} title={label}>{helpful ? <UpIcon size={16} /> : <DownIcon size={16} />}</span>;
}
