import { Badge, Button, Drawer, Group, Switch, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { lazy, memo, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useSigned } from "../context";
import { countOf, filtersAsQuery, filtersFrom, filtersTo, type QuestionFilters } from "../filters";
import { t } from "../i18n";
import { intentLabel } from "../intents";
import { useShortcuts } from "../keys";
import { DataTable, type Column } from "../parts/DataTable";
import { Empty, ProblemAlert, showDone } from "../parts/feedback";
import { SearchIcon } from "../parts/icons";
import { Loading, Page, useMore } from "../parts/page";
import { PlainHelpful, PlainLanguage, PlainOutcome, PlainShare, PlainSource, PlainTime } from "../parts/plain";
import { saveAs, today } from "../parts/save";
import { Link, linkTo, navigate, usePlace, withQuery } from "../router";
import type { Question } from "../types";
import { FiguresStrip } from "./FiguresStrip";

// Selects and number fields are a tenth of the first load, and most visits only search.
const QuestionFilterFields = lazy(() => import("./QuestionFilterFields"));
const QuestionDetail = lazy(() => import("./QuestionDetail").then((m) => ({ default: m.QuestionDetail })));

const refreshEvery = 5_000;
const firstPage = 50;
// Whoever scrolls on reads far: fewer answers to wait for.
const nextPages = 100;

// Drawn again when something of theirs has changed, not with each page of questions that comes.
const Strip = memo(FiguresStrip);
const Filters = memo(FilterRow);
const keyOf = (q: Question): string => `${q.conversation}:${q.number}`;

export default function Questions() {
  const { api, session } = useSigned();
  const place = usePlace();
  const filters = useMemo(() => filtersFrom(place.query), [place]);
  const query = filtersAsQuery(filters);
  const log = useInfiniteQuery({
    queryKey: [session.tenant, "questions", query],
    queryFn: ({ pageParam, signal }) => api.questions({ ...query, cursor: pageParam, limit: pageParam === undefined ? firstPage : nextPages }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    // New questions come on top by themselves, until somebody has scrolled on: then the list stands still.
    refetchInterval: (q) => ((q.state.data?.pages.length ?? 1) === 1 ? refreshEvery : false),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => log.data?.pages.flatMap((page) => page.rows) ?? [], [log.data]);
  const csv = useMutation({
    mutationFn: () => api.questionsCsv(query),
    onSuccess: (blob) => {
      saveAs(blob, `questions-${session.tenant}-${today()}.csv`);
      showDone(t("questions.csv.done"));
    },
  });
  const opened = readOpen(place.query.get("open"));
  const close = () => navigate(withQuery(place, { open: undefined }));
  const openTo = useMemo(() => {
    const rest = withQuery(place, { open: undefined });
    const open = `${rest}${rest.includes("?") ? "&" : "?"}open=`;
    return (q: Question) => open + encodeURIComponent(keyOf(q));
  }, [place]);
  const more = useMore(log);
  const setFilters = useCallback((changed: QuestionFilters) => navigate(withQuery(place, { ...filtersTo(changed), open: undefined }), { replace: true }), [place]);
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
      <Strip />
      <Filters filters={filters} onChange={setFilters} />
      {log.isPending ? <Loading rows={8} /> : null}
      {log.isError && !log.data ? <ProblemAlert error={log.error} retry={() => void log.refetch()} /> : null}
      {log.isRefetchError ? <Text size="sm" c="red" role="status">{t("questions.stale")}</Text> : null}
      {log.isSuccess && rows.length === 0 ? (
        countOf(filters) > 0
          ? <Empty title={t("questions.none.filtered")} action={<Button variant="default" {...linkTo("/questions")} component="a">{t("filters.clear")}</Button>}>{t("questions.none.filtered.help")}</Empty>
          : <Empty title={t("questions.none")} action={<Button component="a" {...linkTo("/try")}>{t("nav.try")}</Button>}>{t("questions.none.help")}</Empty>
      ) : null}
      {rows.length > 0 ? <Log rows={rows} openTo={openTo} at={at >= 0 ? at : marked} onEnd={more} /> : null}
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
  const columns = useMemo((): Column<Question>[] => [
    {
      id: "question", header: t("col.question"), className: "grow", cell: (q) => (
        <>
          <span className="q-line"><PlainLanguage language={q.language} /><Link to={openTo(q)} className="row-title q-text" lang={q.language}>{q.text}</Link></span>
          {q.answer ? <span className="small q-text" lang={q.language}>{q.answer}</span> : null}
        </>
      ),
    },
    { id: "intent", header: t("col.intent"), look: "small q-text", cell: (q) => <span title={intentLabel(q.intent)}>{q.intent}</span> },
    { id: "confidence", header: t("confidence"), cell: (q) => <PlainShare value={q.confidence} label={t("confidence")} /> },
    { id: "source", header: t("col.source"), look: "q-line", cell: (q) => <PlainSource source={q.source} /> },
    { id: "outcome", header: t("col.outcome"), look: "q-line", cell: (q) => <><PlainOutcome outcome={q.outcome} /><PlainHelpful helpful={q.helpful} /></> },
    { id: "time", header: t("col.time"), cell: (q) => <PlainTime at={q.at} /> },
  ], [openTo]);
  return <DataTable label={t("nav.questions")} columns={columns} rows={rows} keyOf={keyOf} height={58} className="q-rows" rowClass="q-row" linkOf={openTo} selected={at} onEnd={onEnd} />;
}

function FilterRow({ filters, onChange }: { filters: QuestionFilters; onChange: (filters: QuestionFilters) => void }) {
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
      {shown ? <Suspense fallback={<Loading rows={3} />}><QuestionFilterFields filters={filters} set={set} /></Suspense> : null}
    </section>
  );
}
