import { Badge, Button, Group, Paper, Progress, SegmentedControl, Select, SimpleGrid, Skeleton, Stack, Switch, Table, Text, TextInput, Title, Tooltip } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState, type ReactNode } from "react";
import { queryString } from "../api";
import { useSigned } from "../context";
import { clock, decimal, duration, number, percent, percent1, t } from "../i18n";
import { intentLabel } from "../intents";
import { Empty, ProblemAlert, showDone } from "../parts/feedback";
import { Page } from "../parts/page";
import { Scroll } from "../parts/Scroll";
import { saveAs, today } from "../parts/save";
import { lastDay, dayOf, pointEnd, presets, rangeFrom, type Range } from "../range";
import { Link, linkTo, navigate, usePlace, withQuery } from "../router";
import type { IntentFigures, Lift, Predictions, ResponseTimes, SeriesAnswer, SeriesFigures } from "../types";

const Chart = lazy(() => import("../parts/Chart"));

export default function Figures() {
  const { api, session } = useSigned();
  const place = usePlace();
  const asked = place.query.toString();
  const range = useMemo(() => rangeFrom(new URLSearchParams(asked)), [asked]);
  const compare = place.query.get("compare") !== "none";
  const span = { from: range.from.toISOString(), to: range.to.toISOString() };
  const query = { ...span, ...(compare ? { compare: "previous" } : {}) };
  const look = <T,>(what: string, more: Record<string, string> = {}) =>
    // A fixed list of calls, one hook each.
    useQuery({ queryKey: [session.tenant, "figures", what, query, more], queryFn: ({ signal }) => api.get<T>(`/v1/${what}${queryString({ ...query, ...more })}`, signal), placeholderData: keepPreviousData, refetchInterval: 30_000 });
  const series = look<SeriesAnswer>("figures/series", { by: range.by });
  const times = look<ResponseTimes>("figures/response-times");
  const predictions = look<Predictions>("figures/predictions");
  const intents = look<IntentFigures>("figures/intents", { limit: "12" });
  const lift = look<Lift>("popups/lift");
  const csv = useMutation({
    mutationFn: async () => saveAs(await api.file(`/v1/figures/series.csv${queryString({ ...span, by: range.by })}`), `figures-${session.tenant}-${today()}.csv`),
    onSuccess: () => showDone(t("fig.csv.done")),
  });
  const drill = (path: string, more: Record<string, string>) => `${path}?${new URLSearchParams({ from: span.from, to: span.to, ...more }).toString()}`;
  // The log of questions takes whole days of the reader.
  const questions = (more: Record<string, string>) => `/questions?${new URLSearchParams({ from: dayOf(range.from), to: lastDay(range), ...more }).toString()}`;
  const empty = series.data?.totals.conversations === 0 && series.data.totals.questions === 0 && series.data.totals.popups.offered === 0;
  return (
    <Page title={t("nav.figures")} about={t("fig.about")} wide actions={<Button variant="default" loading={csv.isPending} onClick={() => csv.mutate()}>{t("fig.csv")}</Button>}>
      <RangeChoice range={range} compare={compare} />
      {series.isError && !series.data ? <ProblemAlert error={series.error} retry={() => void series.refetch()} /> : null}
      {empty ? <Empty title={t("fig.none")} action={<Button variant="default" component="a" {...linkTo("/figures?span=90d")}>{t("fig.days", { n: 90 })}</Button>}>{t("fig.none.help")}</Empty> : null}
      <Tiles series={series.data} times={times.data} intents={intents.data} drill={drill} questions={questions} />
      {series.data ? <Volume answer={series.data} range={range} /> : <Skeleton height={330} radius="md" />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Funnel answer={series.data} drill={drill} />
        <LiftCard lift={lift.data} />
        <Hits predictions={predictions.data} questions={questions} />
        <Intents intents={intents.data} questions={questions} />
      </SimpleGrid>
    </Page>
  );
}

function RangeChoice({ range, compare }: { range: Range; compare: boolean }) {
  const place = usePlace();
  const go = (changes: Record<string, string | undefined>) => navigate(withQuery(place, changes), { replace: true });
  return (
    <Group gap="sm" align="center">
      <SegmentedControl aria-label={t("fig.range")} value={range.preset} onChange={(value) => go(value === "custom" ? { span: undefined, from: dayOf(range.from), to: lastDay(range) } : { span: value, from: undefined, to: undefined })}
        data={[...presets.map((value) => ({ value: value as string, label: value === "today" ? t("fig.today") : t("fig.days", { n: Number.parseInt(value, 10) }) })), { value: "custom", label: t("fig.custom") }]} />
      {range.preset === "custom" ? (
        <>
          <TextInput type="date" aria-label={t("filters.from")} value={dayOf(range.from)} max={lastDay(range)} onChange={(event) => go({ from: event.currentTarget.value || dayOf(range.from) })} />
          <TextInput type="date" aria-label={t("filters.to")} value={lastDay(range)} min={dayOf(range.from)} onChange={(event) => go({ to: event.currentTarget.value || lastDay(range) })} />
        </>
      ) : null}
      <Switch label={t("fig.compare")} checked={compare} onChange={(event) => go({ compare: event.currentTarget.checked ? undefined : "none" })} />
    </Group>
  );
}

const ratio = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);

function Tile({ label, value, help, to, now, before, better, shown }: {
  label: string; value: string; help?: string | undefined; to?: string; now?: number | undefined; before?: number | undefined; better?: "more" | "less"; shown?: (value: number) => string;
}) {
  const change = now === undefined || before === undefined ? undefined : before === 0 ? undefined : (now - before) / Math.abs(before);
  const good = change === undefined || !better || Math.abs(change) < 0.005 ? "gray" : (change > 0) === (better === "more") ? "teal" : "red";
  const body = (
    <Paper withBorder p="sm" radius="md" className={to ? "tile tile-link" : "tile"} {...(to ? { component: "a", ...linkTo(to) } : {})}>
      <Text size="xs" c="dimmed">{label}</Text>
      <Group justify="space-between" align="baseline" gap={6} wrap="nowrap">
        <Text fz={24} lh={1.3} fw={650} className="figures">{value}</Text>
        {change === undefined ? null : <Badge size="sm" variant="light" color={good}>{change > 0 ? "+" : "−"}{percent(Math.abs(change))}</Badge>}
      </Group>
      {before === undefined || !shown ? null : <Text size="xs" c="dimmed" className="figures">{t("fig.before", { value: shown(before) })}</Text>}
    </Paper>
  );
  return help ? <Tooltip label={help} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>{body}</Tooltip> : body;
}

function Tiles({ series, times, intents, drill, questions }: {
  series: SeriesAnswer | undefined; times: ResponseTimes | undefined; intents: IntentFigures | undefined; drill: (path: string, more: Record<string, string>) => string; questions: (more: Record<string, string>) => string;
}) {
  if (!series) {
    return <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">{Array.from({ length: 8 }, (_, index) => <Skeleton key={index} height={86} radius="md" />)}</SimpleGrid>;
  }
  const now = series.totals;
  const was = series.compare?.totals;
  const share = (value: number | undefined) => (value === undefined ? "–" : percent(value));
  const resolved = (f: SeriesFigures) => ratio(f.botResolved, f.conversations);
  const handed = (f: SeriesFigures) => ratio(f.handedOffConversations, f.conversations);
  const seconds = (value: number | undefined) => (value === undefined ? "–" : duration(value));
  const covered = intents?.coverage.share;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      <Tile label={t("fig.conversations")} value={number(now.conversations)} to={drill("/conversations", {})} now={now.conversations} before={was?.conversations} shown={number} />
      <Tile label={t("fig.resolved")} value={share(resolved(now))} help={t("fig.resolved.help")} to={drill("/conversations", { resolved: "true" })} now={resolved(now)} before={was && resolved(was)} better="more" shown={percent} />
      <Tile label={t("fig.handedOff")} value={share(handed(now))} help={t("fig.handedOff.help")} to={drill("/conversations", { handedOff: "true" })} now={handed(now)} before={was && handed(was)} better="less" shown={percent} />
      <Tile label={t("fig.score")} value={now.meanScore === undefined ? "–" : decimal(now.meanScore)} help={t("fig.score.help", { n: number(now.scores) })} to={drill("/conversations", { score: "1" })} now={now.meanScore} before={was?.meanScore} better="more" shown={decimal} />
      <Tile label={t("fig.firstBot")} value={seconds(times?.bot.p50Seconds)} help={times?.bot.p90Seconds === undefined ? undefined : t("fig.first.help", { p90: duration(times.bot.p90Seconds) })} to={questions({ outcome: "answered" })} now={times?.bot.p50Seconds} before={times?.compare?.bot.p50Seconds} better="less" shown={duration} />
      <Tile label={t("fig.firstPerson")} value={seconds(times?.person.p50Seconds)} help={times === undefined ? undefined : [times.person.p90Seconds === undefined ? "" : t("fig.first.help", { p90: duration(times.person.p90Seconds) }), (times.person.waiting ?? 0) > 0 ? t("fig.first.waiting", { n: number(times.person.waiting ?? 0) }) : ""].join(" ").trim() || undefined} to={drill("/conversations", { waiting: "true" })} now={times?.person.p50Seconds} before={times?.compare?.person.p50Seconds} better="less" shown={duration} />
      <Tile label={t("fig.coverage")} value={share(covered)} help={t("fig.coverage.help")} to={questions({})} />
      <Tile label={t("fig.silence")} value={number(now.unanswered)} help={t("fig.silence.help")} to={questions({ unanswered: "true" })} now={now.unanswered} before={was?.unanswered} better="less" shown={number} />
    </SimpleGrid>
  );
}

function Volume({ answer, range }: { answer: SeriesAnswer; range: Range }) {
  const [table, setTable] = useState(false);
  const { labels, lines } = useMemo(() => {
    const name = (at: string) => (answer.by === "hour" ? clock(at) : new Date(at).toLocaleDateString(document.documentElement.lang, { month: "short", day: "numeric", timeZone: answer.timeZone }));
    const before = answer.compare?.points;
    const now = Date.now();
    // What has not come yet is no nought.
    const of = (value: (p: SeriesFigures) => number) => answer.points.map((p) => (Date.parse(p.at) > now ? null : value(p)));
    return {
      labels: answer.points.map((p) => name(p.at)),
      lines: [
        { name: t("fig.conversations"), values: of((p) => p.conversations), color: "indigo" as const },
        { name: t("fig.resolved"), values: of((p) => p.botResolved), color: "teal" as const },
        { name: t("fig.handedOff"), values: of((p) => p.handedOffConversations), color: "orange" as const },
        ...(before ? [{ name: t("fig.previous", { name: t("fig.conversations") }), values: answer.points.map((_, index) => before[index]?.conversations ?? null), color: "gray" as const, dashed: true }] : []),
      ],
    };
  }, [answer]);
  return (
    <Card title={t("fig.volume")} about={t("fig.volume.about")} action={<Button size="xs" variant="default" onClick={() => setTable(!table)}>{t(table ? "fig.asChart" : "fig.asTable")}</Button>}>
      {table ? (
        <Scroll label={t("fig.volume")} height={300}>
          <Table verticalSpacing={4} stickyHeader aria-label={t("fig.volume")}>
            <Table.Thead><Table.Tr><Table.Th>{t("fig.time")}</Table.Th>{lines.map((l) => <Table.Th key={l.name} ta="right">{l.name}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{labels.map((label, index) => <Table.Tr key={index}><Table.Td>{label}</Table.Td>{lines.map((l) => <Table.Td key={l.name} ta="right" className="figures">{l.values[index] === null ? "–" : number(l.values[index] ?? 0)}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
          </Table>
        </Scroll>
      ) : (
        <Suspense fallback={<Skeleton height={260} />}>
          <Chart labels={labels} series={lines} format={number} label={`${t("fig.volume")}: ${t("fig.conversations")} ${number(answer.totals.conversations)}, ${t("fig.handedOff")} ${number(answer.totals.handedOffConversations)}`}
            onPoint={(index) => { const p = answer.points[index]; if (p) { navigate(`/conversations?${new URLSearchParams({ from: p.at, to: pointEnd(p.at, range.by) }).toString()}`); } }} />
        </Suspense>
      )}
    </Card>
  );
}

function Card({ title, about, action, children }: { title: string; about?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={title}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" mb="sm"><div><Title order={2} size="h5">{title}</Title>{about ? <Text size="xs" c="dimmed">{about}</Text> : null}</div>{action}</Group>
      {children}
    </Paper>
  );
}

const steps = ["offered", "seen", "opened", "helpful"] as const;

function Funnel({ answer, drill }: { answer: SeriesAnswer | undefined; drill: (path: string, more: Record<string, string>) => string }) {
  const p = answer?.totals.popups;
  return (
    <Card title={t("fig.funnel")} about={t("fig.funnel.about")}>
      {!p ? <Skeleton height={150} /> : (
        <Stack gap={8}>
          {steps.map((step, index) => <Bar key={step} label={t(`popup.${step}`)} value={p[step]} of={p.offered} to={drill("/conversations", { popup: step })} from={index === 0 ? undefined : p[steps[index - 1] ?? "offered"]} />)}
          <Group gap="lg" mt={4}>
            {(["dismissed", "ignored", "withheld"] as const).map((step) => <Text key={step} size="xs" c="dimmed">{t(`popup.${step}`)}: <Link to={drill("/conversations", { popup: step })} className="figures">{number(p[step])}</Link></Text>)}
          </Group>
        </Stack>
      )}
    </Card>
  );
}

function Bar({ label, value, of, to, from }: { label: string; value: number; of: number; to: string; from: number | undefined }) {
  return (
    <a className="bar-row plain-link" {...linkTo(to)}>
      <Text span size="sm">{label}</Text>
      <span className="bar" aria-hidden="true"><i style={{ width: `${of === 0 ? 0 : Math.max(1, (value / of) * 100)}%` }} /></span>
      <Text span size="sm" className="figures" ta="right">{number(value)} <Text span size="xs" c="dimmed">{from === undefined || from === 0 ? "" : percent(value / from)}</Text></Text>
    </a>
  );
}

function LiftCard({ lift }: { lift: Lift | undefined }) {
  const points = (value: number) => decimal(Math.abs(Math.round(value * 1000) / 10));
  return (
    <Card title={t("fig.lift")} about={t("fig.lift.about")}>
      {!lift ? <Skeleton height={150} /> : lift.shown.customers + lift.withheld.customers === 0 ? <Text size="sm" c="dimmed">{t("fig.lift.none")}</Text> : (
        <Stack gap="sm">
          {lift.lift === undefined ? null : <Text fz={22} fw={650}>{t(lift.lift >= 0 ? "fig.lift.value" : "fig.lift.more", { points: points(lift.lift) })}</Text>}
          <Interval low={lift.low} high={lift.high} value={lift.lift} />
          <Group gap="xs"><Badge variant="light" color={lift.sure ? "teal" : "yellow"}>{t(lift.sure ? "fig.lift.sure" : "fig.lift.unsure")}</Badge><Text size="xs" c="dimmed">{t("fig.lift.interval", { low: decimal(Math.round(lift.low * 1000) / 10), high: decimal(Math.round(lift.high * 1000) / 10) })}</Text></Group>
          <Text size="xs" c="dimmed">{t("fig.lift.groups", { a: number(lift.shown.customers), ar: lift.shown.rate === undefined ? "–" : percent1(lift.shown.rate), b: number(lift.withheld.customers), br: lift.withheld.rate === undefined ? "–" : percent1(lift.withheld.rate) })}</Text>
        </Stack>
      )}
    </Card>
  );
}

/** The interval on a line with its zero in the middle. */
function Interval({ low, high, value }: { low: number; high: number; value: number | undefined }) {
  const reach = Math.max(0.05, Math.min(1, Math.max(Math.abs(low), Math.abs(high))));
  const at = (x: number) => 50 + (Math.max(-reach, Math.min(reach, x)) / reach) * 48;
  return (
    <svg viewBox="0 0 100 12" className="interval" preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2="100" y1="6" y2="6" stroke="var(--line)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
      <line x1="50" x2="50" y1="0" y2="12" stroke="var(--mantine-color-dimmed)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
      <line x1={at(low)} x2={at(high)} y1="6" y2="6" stroke="var(--mantine-color-indigo-filled)" strokeWidth="6" strokeLinecap="round" vectorEffect="non-scaling-stroke" opacity="0.35" />
      {value === undefined ? null : <line x1={at(value)} x2={at(value)} y1="2" y2="10" stroke="var(--mantine-color-indigo-filled)" strokeWidth="4" vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}

function Hits({ predictions: p, questions }: { predictions: Predictions | undefined; questions: (more: Record<string, string>) => string }) {
  return (
    <Card title={t("fig.hits")} about={t("fig.hits.about")}>
      {!p ? <Skeleton height={180} /> : p.forecast === 0 ? <Text size="sm" c="dimmed">{t("fig.intents.none")}</Text> : (
        <Stack gap="md">
          <SimpleGrid cols={2}>
            <Tile label={t("fig.hit1")} value={p.hitAt1 === undefined ? "–" : percent1(p.hitAt1)} help={t("fig.hits.of", { n: number(p.hit1), of: number(p.forecast) })} to={questions({ foreseen: "1" })} now={p.hitAt1} before={p.compare?.hitAt1} better="more" shown={percent1} />
            <Tile label={t("fig.hit3")} value={p.hitAt3 === undefined ? "–" : percent1(p.hitAt3)} help={t("fig.hits.of", { n: number(p.hit3), of: number(p.forecast) })} to={questions({ foreseen: "3" })} now={p.hitAt3} before={p.compare?.hitAt3} better="more" shown={percent1} />
          </SimpleGrid>
          <Stack gap={6}>
            {p.byIntent.slice(0, 6).map((i) => (
              <Link key={i.intent} to={questions({ intent: i.intent, foreseen: "3" })} className="plain-link">
                <Group justify="space-between" wrap="nowrap" gap="xs"><Text size="xs" truncate>{intentLabel(i.intent)}</Text><Text size="xs" c="dimmed" className="figures">{number(i.hit3)} / {number(i.questions)}</Text></Group>
                <Progress.Root size={6} aria-hidden="true"><Progress.Section value={(i.hit1 / Math.max(1, i.questions)) * 100} /><Progress.Section value={((i.hit3 - i.hit1) / Math.max(1, i.questions)) * 100} color="indigo.3" /></Progress.Root>
              </Link>
            ))}
          </Stack>
        </Stack>
      )}
    </Card>
  );
}

function Intents({ intents, questions }: { intents: IntentFigures | undefined; questions: (more: Record<string, string>) => string }) {
  const [kind, setKind] = useState<"top" | "rising" | "unanswered">("top");
  const rows = intents?.[kind] ?? [];
  return (
    <Card title={t("fig.intents")} action={<Select size="xs" w={140} aria-label={t("fig.intents")} allowDeselect={false} value={kind} onChange={(value) => setKind(value as typeof kind)} data={(["top", "rising", "unanswered"] as const).map((value) => ({ value, label: t(`fig.intents.${value}`) }))} />}>
      {!intents ? <Skeleton height={180} /> : rows.length === 0 ? <Text size="sm" c="dimmed">{t("fig.intents.none")}</Text> : (
        <Table verticalSpacing={5} aria-label={t(`fig.intents.${kind}`)}>
          <Table.Thead><Table.Tr><Table.Th>{t("col.intent")}</Table.Th><Table.Th ta="right">{t("fig.intents.questions")}</Table.Th><Table.Th ta="right">{t("fig.intents.unanswered")}</Table.Th><Table.Th ta="right">{t("fig.intents.before")}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {rows.slice(0, 9).map((i) => (
              <Table.Tr key={i.intent}>
                <Table.Td><Link to={questions({ intent: i.intent })} className="row-title">{intentLabel(i.intent)}</Link></Table.Td>
                <Table.Td ta="right" className="figures">{number(i.questions)}</Table.Td>
                <Table.Td ta="right" className="figures">{i.unanswered > 0 ? <Link to={questions({ intent: i.intent, unanswered: "true" })}>{number(i.unanswered)}</Link> : "0"}</Table.Td>
                <Table.Td ta="right" className="figures"><Text span size="sm" c={i.questions > i.before ? "orange" : "dimmed"}>{number(i.before)}</Text></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}
