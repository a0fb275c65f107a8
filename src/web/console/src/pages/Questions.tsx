import { Badge, Button, Collapse, Drawer, Group, NumberInput, Paper, Select, SimpleGrid, Switch, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { useSigned } from "../context";
import { countOf, filtersAsQuery, filtersFrom, filtersTo, outcomes, sourceKinds, type QuestionFilters } from "../filters";
import { t, type Key } from "../i18n";
import { intentChoices, intentLabel } from "../intents";
import { useShortcuts } from "../keys";
import { languageChoices } from "../parts/ContentFields";
import { Empty, ProblemAlert, showDone } from "../parts/feedback";
import { SearchIcon } from "../parts/icons";
import { Confidence, HelpfulMark, LanguageBadge, OutcomeBadge, SourceBadge, When } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { saveAs, today } from "../parts/save";
import { Virtual } from "../parts/Virtual";
import { Link, linkTo, navigate, usePlace, withQuery } from "../router";
import type { Question } from "../types";
import { FiguresStrip } from "./FiguresStrip";

const QuestionDetail = lazy(() => import("./QuestionDetail").then((m) => ({ default: m.QuestionDetail })));

const refreshEvery = 5_000;
const pageSize = 50;

export default function Questions() {
  const { api, session } = useSigned();
  const place = usePlace();
  const filters = filtersFrom(place.query);
  const query = filtersAsQuery(filters);
  const log = useInfiniteQuery({
    queryKey: [session.tenant, "questions", query],
    queryFn: ({ pageParam, signal }) => api.questions({ ...query, cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    // New questions come on top by themselves, until somebody has scrolled on: then the list stands still.
    refetchInterval: (q) => ((q.state.data?.pages.length ?? 1) === 1 ? refreshEvery : false),
    placeholderData: keepPreviousData,
  });
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  const csv = useMutation({
    mutationFn: () => api.questionsCsv(query),
    onSuccess: (blob) => {
      saveAs(blob, `questions-${session.tenant}-${today()}.csv`);
      showDone(t("questions.csv.done"));
    },
  });
  const opened = readOpen(place.query.get("open"));
  const close = () => navigate(withQuery(place, { open: undefined }));
  const openTo = (q: Question) => withQuery(place, { open: `${q.conversation}:${q.number}` });
  const at = opened ? rows.findIndex((q) => q.conversation === opened.conversation && q.number === opened.number) : -1;
  const [marked, setMarked] = useState(-1);
  const mark = (to: number) => setMarked(Math.max(0, Math.min(rows.length - 1, to)));
  useShortcuts([
    { keys: "j", label: "keys.next", group: "here", run: () => mark(marked + 1) },
    { keys: "k", label: "keys.previous", group: "here", run: () => mark(marked - 1) },
    { keys: "o", label: "keys.open", group: "here", run: () => { const q = rows[marked]; if (q) { navigate(openTo(q)); } } },
  ]);

  return (
    <Page title={t("nav.questions")} about={t("questions.about")} wide
      actions={<Button variant="default" loading={csv.isPending} onClick={() => csv.mutate()}>{t("questions.csv")}</Button>}>
      <FiguresStrip />
      <Filters filters={filters} onChange={(changed) => navigate(withQuery(place, { ...filtersTo(changed), open: undefined }), { replace: true })} />
      {log.isPending ? <Loading rows={8} /> : null}
      {log.isError && !log.data ? <ProblemAlert error={log.error} retry={() => void log.refetch()} /> : null}
      {log.isRefetchError ? <Text size="sm" c="red" role="status">{t("questions.stale")}</Text> : null}
      {log.isSuccess && rows.length === 0 ? (
        countOf(filters) > 0
          ? <Empty title={t("questions.none.filtered")} action={<Button variant="default" {...linkTo("/questions")} component="a">{t("filters.clear")}</Button>}>{t("questions.none.filtered.help")}</Empty>
          : <Empty title={t("questions.none")} action={<Button component="a" {...linkTo("/try")}>{t("nav.try")}</Button>}>{t("questions.none.help")}</Empty>
      ) : null}
      {rows.length > 0 ? <Log rows={rows} openTo={openTo} at={at >= 0 ? at : marked} onEnd={() => { if (log.hasNextPage && !log.isFetchingNextPage) { void log.fetchNextPage(); } }} /> : null}
      <Drawer opened={opened !== undefined} onClose={close} position="right" size="xl" title={t("question.title")} closeButtonProps={{ "aria-label": t("close") }}>
        {opened ? <Suspense fallback={<Loading />}><QuestionDetail key={`${opened.conversation}:${opened.number}`} conversation={opened.conversation} number={opened.number}
          known={rows.find((q) => q.conversation === opened.conversation && q.number === opened.number)} /></Suspense> : null}
      </Drawer>
    </Page>
  );
}

function readOpen(text: string | null): { conversation: string; number: number } | undefined {
  const match = /^([A-Za-z0-9_-]{1,64}):(\d{1,5})$/.exec(text ?? "");
  return match?.[1] ? { conversation: match[1], number: Number(match[2]) } : undefined;
}

function Log({ rows, openTo, at, onEnd }: { rows: Question[]; openTo: (question: Question) => string; at: number; onEnd: () => void }) {
  return (
    <Paper withBorder radius="md" className="live-box">
      <div className="q-row q-head" aria-hidden="true">
        {([t("col.question"), t("col.intent"), t("confidence"), t("col.source"), t("col.outcome"), t("col.time")]).map((label) => <Text key={label} size="xs" fw={600} c="dimmed">{label}</Text>)}
      </div>
      <Virtual count={rows.length} height={58} label={t("nav.questions")} className="q-rows" keyOf={(index) => { const q = rows[index]; return q ? `${q.conversation}:${q.number}` : String(index); }} onEnd={onEnd} selected={at} scrollTo={at}
        row={(index) => { const q = rows[index]; return q ? <Row question={q} to={openTo(q)} here={index === at} /> : null; }} />
    </Paper>
  );
}

function Row({ question: q, to, here }: { question: Question; to: string; here: boolean }) {
  return (
    <div className="q-row row-link" data-here={here || undefined} onClick={() => navigate(to)}>
      <div className="grow">
        <Group gap={6} wrap="nowrap" align="center">
          <LanguageBadge language={q.language} />
          <Link to={to} className="row-title q-text" lang={q.language} onClickCapture={(event) => event.stopPropagation()}>{q.text}</Link>
        </Group>
        {q.answer ? <Text size="xs" c="dimmed" truncate lang={q.language}>{q.answer}</Text> : null}
      </div>
      <Text size="xs" truncate title={intentLabel(q.intent)}>{q.intent}</Text>
      <Confidence value={q.confidence} />
      <div><SourceBadge source={q.source} /></div>
      <Group gap={6} wrap="nowrap"><OutcomeBadge outcome={q.outcome} /><HelpfulMark helpful={q.helpful} /></Group>
      <Text size="xs" c="dimmed" className="figures"><When at={q.at} /></Text>
    </div>
  );
}

function Filters({ filters, onChange }: { filters: QuestionFilters; onChange: (filters: QuestionFilters) => void }) {
  const { text: searched = "", ...others } = filters;
  const [text, setText] = useState(searched);
  const [shown, setShown] = useState(countOf(others) > 0);
  const set = (change: Partial<QuestionFilters>) => onChange({ ...filters, text: text.trim(), ...change });
  const search = useDebouncedCallback((value: string) => onChange({ ...filters, text: value.trim() }), 300);
  // Back and forward, or "clear": the box follows the address.
  useEffect(() => setText((now) => (now.trim() === searched ? now : searched)), [searched]);
  const others_ = countOf(others);

  return (
    <section aria-label={t("filters")}>
      <Group gap="sm" align="flex-end">
        <TextInput label={t("filters.text")} flex="1 1 240px" leftSection={<SearchIcon />} type="search" value={text}
          onChange={(event) => { setText(event.currentTarget.value); search(event.currentTarget.value); }} />
        <Switch label={t("filters.unanswered")} mb={8} checked={filters.unanswered ?? false} onChange={(event) => set({ unanswered: event.currentTarget.checked })} />
        <Button variant="default" aria-expanded={shown} onClick={() => setShown(!shown)} rightSection={others_ > 0 ? <Badge size="sm" circle>{others_}</Badge> : null}>{t("filters")}</Button>
        {countOf(filters) > 0 ? <Button variant="subtle" onClick={() => { setText(""); onChange({}); }}>{t("filters.clear")}</Button> : null}
      </Group>
      <Collapse expanded={shown}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mt="sm" spacing="sm">
          <Select label={t("col.intent")} data={intentChoices()} searchable clearable placeholder={t("any")} nothingFoundMessage={t("nothing")} value={filters.intent ?? null} onChange={(v) => set({ intent: v ?? "" })} />
          <Select label={t("col.source")} data={sourceKinds.map((value) => ({ value, label: t(`source.${value}` as Key) }))} clearable placeholder={t("any")} value={filters.source ?? null} onChange={(v) => set({ source: v ?? "" })} />
          <Select label={t("col.outcome")} data={outcomes.map((value) => ({ value, label: t(`outcome.${value}` as Key) }))} clearable placeholder={t("any")} value={filters.outcome ?? null} onChange={(v) => set({ outcome: v ?? "" })} />
          <Select label={t("language")} data={languageChoices()} clearable placeholder={t("any")} value={filters.language ?? null} onChange={(v) => set({ language: v ?? "" })} />
          <Select label={t("filters.reason")} data={["requested", "unanswered", "said_before", "complaint", "not_helpful", "model_failed", "rule", "call_back"].map((value) => ({ value, label: t(`reason.${value}` as Key) }))} clearable placeholder={t("any")} value={filters.reason ?? null} onChange={(v) => set({ reason: v ?? "" })} />
          <Select label={t("filters.foreseen")} data={(["1", "3", "none"] as const).map((value) => ({ value, label: t(`filters.foreseen.${value}`) }))} clearable placeholder={t("any")} value={filters.foreseen ?? null} onChange={(v) => set({ foreseen: v ?? "" })} />
          <NumberInput label={t("filters.min")} suffix=" %" min={0} max={100} value={filters.minConfidence === undefined ? "" : Math.round(filters.minConfidence * 100)}
            onChange={(v) => set({ minConfidence: typeof v === "number" ? v / 100 : undefined })} />
          <NumberInput label={t("filters.max")} suffix=" %" min={0} max={100} value={filters.maxConfidence === undefined ? "" : Math.round(filters.maxConfidence * 100)}
            onChange={(v) => set({ maxConfidence: typeof v === "number" ? v / 100 : undefined })} />
          <TextInput type="date" label={t("filters.from")} value={filters.from ?? ""} onChange={(event) => set({ from: event.currentTarget.value })} />
          <TextInput type="date" label={t("filters.to")} value={filters.to ?? ""} onChange={(event) => set({ to: event.currentTarget.value })} />
          <TextInput label={t("filters.sourceId")} value={filters.sourceId ?? ""} onChange={(event) => set({ sourceId: event.currentTarget.value })} />
          <TextInput label={t("filters.customer")} value={filters.customer ?? ""} onChange={(event) => set({ customer: event.currentTarget.value })} />
        </SimpleGrid>
      </Collapse>
    </section>
  );
}
