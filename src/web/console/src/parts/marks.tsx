import { Anchor, Badge, Group, Progress, Text, Tooltip } from "@mantine/core";
import { dateTime, percent, t, type Key } from "../i18n";
import { itemAt, linkTo } from "../router";
import type { CandidateStatus, Outcome, ReleaseStatus, Source } from "../types";
import { DownIcon, UpIcon } from "./icons";

const hue = (share: number): string => (share >= 0.75 ? "teal" : share >= 0.5 ? "yellow" : "orange");

export function Confidence({ value, label }: { value: number; label?: string }) {
  return (
    <Group gap={6} wrap="nowrap" miw={92}>
      <Progress value={Math.round(value * 100)} color={hue(value)} size="sm" flex={1} miw={44} aria-label={`${label ?? t("confidence")} ${percent(value)}`} />
      <Text size="xs" c="dimmed" w={34} ta="right" className="figures">{percent(value)}</Text>
    </Group>
  );
}

const outcomeHues: Record<Outcome, string> = { answered: "teal", clarified: "blue", handed_off: "orange", agent_answered: "grape", waiting: "gray" };

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  return <Badge variant="light" color={outcomeHues[outcome] ?? "gray"}>{t(`outcome.${outcome}` as Key)}</Badge>;
}

/** Where an answer came from: a rule, an item with its version, or facts of an order. Items lead to their page. */
export function SourceBadge({ source }: { source: Source | undefined }) {
  if (!source) {
    return <Text size="xs" c="dimmed">{t("source.none")}</Text>;
  }
  const version = source.kind === "qna" ? ` v${source.version}` : "";
  const text = `${t(source.kind === "qna" ? "source.qna" : source.kind === "order" ? "source.order" : "source.rule")}${version}`;
  const badge = <Badge variant="outline" color={source.kind === "qna" ? "indigo" : source.kind === "order" ? "cyan" : "gray"}>{text}</Badge>;
  return (
    <Tooltip label={source.title ? `${source.title} (${source.id})` : source.id} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      {source.kind === "qna" ? <Anchor {...linkTo(itemAt(source.id))} onClickCapture={(event) => event.stopPropagation()}>{badge}</Anchor> : <span>{badge}</span>}
    </Tooltip>
  );
}

export function HelpfulMark({ helpful }: { helpful: boolean | undefined }) {
  if (helpful === undefined) {
    return null;
  }
  const label = helpful ? t("helpful.yes") : t("helpful.no");
  return (
    <Tooltip label={label}>
      <Text span c={helpful ? "teal" : "red"} role="img" aria-label={label}>{helpful ? <UpIcon size={16} /> : <DownIcon size={16} />}</Text>
    </Tooltip>
  );
}

const candidateHues: Record<CandidateStatus, string> = { waiting: "yellow", confirmed: "blue", dismissed: "gray", released: "teal" };

export function CandidateBadge({ status }: { status: CandidateStatus }) {
  return <Badge variant="light" color={candidateHues[status] ?? "gray"}>{t(`candidate.${status}` as Key)}</Badge>;
}

const releaseHues: Record<ReleaseStatus, string> = { built: "gray", replayed: "blue", approved: "indigo", live: "teal", rolled_back: "orange", discarded: "gray" };

export function ReleaseBadge({ status }: { status: ReleaseStatus }) {
  return <Badge variant={status === "live" ? "filled" : "light"} color={releaseHues[status] ?? "gray"} autoContrast>{t(`release.${status}` as Key)}</Badge>;
}

export function LanguageBadge({ language }: { language: string }) {
  return <Badge variant="default" size="sm" aria-label={t("language")}>{language}</Badge>;
}

export function When({ at }: { at: string }) {
  return <time dateTime={at} title={at}>{dateTime(at)}</time>;
}
