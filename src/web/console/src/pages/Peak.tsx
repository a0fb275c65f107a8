import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useSigned } from "../context";
import { ago, clock, decimal, duration, number, percent, t } from "../i18n";
import { ProblemAlert } from "../parts/feedback";
import { Loading, Page } from "../parts/page";
import { Face, shopperName } from "../parts/people";
import { conversationAt, Link, linkTo } from "../router";
import type { PeakStore } from "../types";
import { rungs } from "./peak/rungs";
import { Box } from "./settings/parts";

const Rehearsal = lazy(() => import("./peak/Rehearsal"));
const Installation = lazy(() => import("./peak/Installation"));

const refreshEvery = 3_000;
const shownLater = 5;

/** What shoppers get when more come than can be served: where the ladder stands, why, and what was left to be answered. */
export default function Peak() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "peak"];
  const peak = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<PeakStore>("/v1/peak/store", signal), refetchInterval: refreshEvery });
  const now = peak.data;
  return (
    <Page title={t("nav.peak")} about={t("peak.about")}>
      {peak.isPending ? <Loading height={64} /> : null}
      {peak.isError && !now ? <ProblemAlert error={peak.error} retry={() => void peak.refetch()} /> : null}
      {now ? (
        <>
          <Ladder now={now} />
          <Measured now={now} />
        </>
      ) : null}
      {session.may("conversations.read") ? <Later /> : null}
      <Suspense fallback={<Loading rows={2} height={120} />}>
        {now ? <Rehearsal now={now} onChanged={(next) => queries.setQueryData(key, next)} /> : null}
        {session.may("store.write") ? <Installation /> : null}
      </Suspense>
    </Page>
  );
}

function Ladder({ now }: { now: PeakStore }) {
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t("peak.ladder")}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2} size="h5">{t("peak.ladder")}</Title>
        {now.rehearsal ? <Badge color="yellow" variant="light">{t("peak.rehearse")}</Badge> : null}
      </Group>
      <ol className="ladder">
        {rungs.map((rung, index) => (
          <li key={rung} className="rung" data-state={rung === now.rung ? "here" : index < rungs.indexOf(now.rung) ? "passed" : undefined} aria-current={rung === now.rung ? "step" : undefined}>
            <span className="rung-mark" aria-hidden="true">{index + 1}</span>
            <div>
              <Text size="sm" fw={600}>{t(`rung.${rung}`)}{rung === now.rung ? <span className="sr-only"> – {t("peak.here")}</span> : null}</Text>
              <Text size="xs" c="dimmed">{t(`rung.${rung}.help`)}</Text>
            </div>
          </li>
        ))}
      </ol>
    </Paper>
  );
}

function Measured({ now }: { now: PeakStore }) {
  const figures = [
    ...(now.why ? [
      { label: t("peak.pressure"), value: percent(now.why.pressure), help: t("peak.pressure.help") },
      { label: t("peak.queueAge"), value: duration(now.why.queueAgeMs / 1000) },
      { label: t("peak.flush"), value: duration(now.why.flushMs / 1000) },
      { label: t("peak.cpu"), value: percent(now.why.cpu) },
    ] : []),
    { label: t("peak.asked"), value: decimal(now.askedPerSecond) }, { label: t("peak.served"), value: decimal(now.servedPerSecond) },
    { label: t("peak.waiting"), value: number(now.waiting) }, { label: t("peak.wait"), value: now.waiting > 0 ? duration(now.waitSeconds) : "–" },
  ];
  return (
    <Box title={t("peak.why")}>
      {now.why ? <Text mb="md" role="status">{t(`peak.cause.${now.why.cause}`)}{now.rehearsalUntil ? ` ${t("peak.until", { when: clock(now.rehearsalUntil) })}` : ""}</Text> : null}
      <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} spacing="md" m={0}>
        {figures.map((f) => (
          <div key={f.label}>
            <Text component="dt" size="xs" c="dimmed">{f.label}</Text>
            <Text component="dd" m={0} fz={20} fw={600} className="figures">{f.value}</Text>
            {"help" in f ? <Text component="dd" m={0} size="xs" c="dimmed">{f.help}</Text> : null}
          </div>
        ))}
      </SimpleGrid>
    </Box>
  );
}

/** Questions that wait for a person since a peak, newest first; the desk has them all. */
function Later() {
  const { api, session } = useSigned();
  const list = useQuery({ queryKey: [session.tenant, "conversations", "later"], queryFn: ({ signal }) => api.conversations({ callBack: true, limit: shownLater }, signal), refetchInterval: 15_000 });
  const rows = list.data?.rows ?? [];
  return (
    <Box title={t("peak.later")} about={t("peak.later.about")} action={rows.length > 0 ? <Button size="xs" variant="default" component="a" {...linkTo("/conversations?queue=later")}>{t("peak.later.all")}</Button> : null}>
      {list.isPending ? <Loading rows={2} /> : list.isError ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? <Text size="sm" c="dimmed">{t("peak.later.none")}</Text> : (
        <Stack gap={8} component="ul" className="plain-list">
          {rows.map((c) => (
            <Group key={c.id} component="li" gap="sm" wrap="nowrap">
              <Face id={c.customer} name={c.customerName} />
              <div className="grow">
                <Link to={`${conversationAt(c.id)}&queue=later`} className="row-title">{shopperName(c.customer, c.customerName)}</Link>
                <Text size="xs" c="dimmed" truncate lang={c.locale}>{c.lastText ?? ""}</Text>
              </div>
              <Text size="xs" c="dimmed" className="figures">{ago(c.lastAt)}</Text>
            </Group>
          ))}
        </Stack>
      )}
    </Box>
  );
}
