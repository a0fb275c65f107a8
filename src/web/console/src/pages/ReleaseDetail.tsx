import { Alert, Badge, Button, Group, NumberInput, Pagination, Paper, SegmentedControl, SimpleGrid, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../context";
import { difference, isClose } from "../diff";
import { number, percent, t } from "../i18n";
import { ConfirmButton } from "../parts/ConfirmButton";
import { ProblemAlert, showDone } from "../parts/feedback";
import { LanguageBadge, ReleaseBadge, When } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { legalSteps, stepsDone, type Step } from "../pipeline";
import { Link } from "../router";
import type { Change, Release, Replay } from "../types";

export default function ReleaseDetail({ id }: { id: string }) {
  const { api, session } = useSigned();
  const release = useQuery({ queryKey: [session.tenant, "releases", id], queryFn: ({ signal }) => api.release(id, signal) });
  return (
    <Page title={release.data?.note ?? t("release.title")} about={id} actions={release.data ? <ReleaseBadge status={release.data.status} /> : null}>
      <Link to="/releases" className="back">← {t("nav.releases")}</Link>
      {release.isPending ? <Loading /> : null}
      {release.isError ? <ProblemAlert error={release.error} retry={() => void release.refetch()} /> : null}
      {release.data ? <Pipeline release={release.data} /> : null}
      {release.data?.replay ? <Diff replay={release.data.replay} /> : null}
      {release.data ? (
        <Text size="xs" c="dimmed">
          {t("release.by", { author: release.data.author })} <When at={release.data.at} />
          {release.data.approvedBy ? ` · ${t("release.approvedBy", { author: release.data.approvedBy })}` : ""} · {t("release.holds", { n: release.data.candidates.length })}
        </Text>
      ) : null}
    </Page>
  );
}

/** Where the release stands, and the steps the server would accept now. */
export function Pipeline({ release }: { release: Release }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [days, setDays] = useState(release.replay?.days ?? 7);
  const steps = legalSteps(release.status);
  const act = useMutation({
    mutationFn: (step: Step): Promise<unknown> => step === "replay" ? api.replay(release.id, days) : step === "discard" ? api.discard(release.id) : api.advance(release.id, step),
    onSuccess: (_, step) => showDone(t(`release.did.${step}`)),
    // Also after a refusal: somebody else may have moved it on.
    onSettled: () => Promise.all(["releases", "items", "candidates"].map((what) => queries.invalidateQueries({ queryKey: [session.tenant, what] }))),
  });
  const busy = (step: Step) => act.isPending && act.variables === step;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t("release.steps")}>
      <Steps release={release} />
      {release.status === "discarded" ? <Alert color="gray" mt="md">{t("release.discarded.help")}</Alert> : null}
      {steps.length > 0 ? (
        <Group mt="lg" align="flex-end">
          {steps.includes("replay") ? (
            <Group align="flex-end" gap="xs">
              <NumberInput label={t("release.replay.days")} w={150} min={1} max={90} clampBehavior="strict" value={days} onChange={(value) => setDays(typeof value === "number" && value >= 1 ? value : 1)} />
              <Button variant={release.status === "built" ? "filled" : "default"} loading={busy("replay")} disabled={act.isPending} onClick={() => act.mutate("replay")}>{t(release.status === "built" ? "release.do.replay" : "release.do.replayAgain")}</Button>
            </Group>
          ) : null}
          {steps.includes("approve") ? <Button loading={busy("approve")} disabled={act.isPending} onClick={() => act.mutate("approve")}>{t("release.do.approve")}</Button> : null}
          {steps.includes("live") ? <ConfirmButton title={t("release.do.live")} label={t("release.do.live")} loading={busy("live")} onConfirm={() => act.mutate("live")}>{t("release.ask.live", { n: release.candidates.length })}</ConfirmButton> : null}
          {steps.includes("rollback") ? <ConfirmButton color="orange" title={t("release.do.rollback")} label={t("release.do.rollback")} loading={busy("rollback")} onConfirm={() => act.mutate("rollback")}>{t("release.ask.rollback")}</ConfirmButton> : null}
          {steps.includes("discard") ? <ConfirmButton color="red" variant="subtle" title={t("release.do.discard")} label={t("release.do.discard")} loading={busy("discard")} onConfirm={() => act.mutate("discard")}>{t("release.ask.discard")}</ConfirmButton> : null}
        </Group>
      ) : null}
    </Paper>
  );
}

/** Where it stands. Not buttons: the steps below are what can be done. */
function Steps({ release }: { release: Release }) {
  const done = stepsDone(release.status, release.replay !== undefined);
  const steps = (["built", "replayed", "approved", "live", ...(release.status === "rolled_back" ? (["rolled_back"] as const) : [])] as const);
  return (
    <ol className="steps">
      {steps.map((step, index) => (
        <li key={step} className={index < done ? `step step-done step-${step}` : "step"} aria-current={index === done - 1 ? "step" : undefined}>
          <span className="step-mark" aria-hidden="true">{index < done ? "✓" : index + 1}</span>
          <span><Text span size="sm" fw={600} display="block">{t(`release.${step}`)}</Text><Text span size="xs" c="dimmed">{t(`release.${step}.help`)}</Text></span>
        </li>
      ))}
    </ol>
  );
}

const perPage = 50;
type Show = "all" | "gains" | "losses";

export function Diff({ replay }: { replay: Replay }) {
  const [words, setWords] = useState("");
  const [show, setShow] = useState<Show>("all");
  const [page, setPage] = useState(1);
  const rows = replay.changes.filter((c) => (show === "gains" ? c.gain : show === "losses" ? c.loss : true) && (words.trim() === "" || `${c.question} ${c.before ?? ""} ${c.after ?? ""}`.toLowerCase().includes(words.trim().toLowerCase())));
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const tiles = [
    [t("diff.questions"), number(replay.questions), undefined],
    [t("diff.changed"), number(replay.changed), undefined],
    [t("diff.gains"), `+${number(replay.gains)}`, "var(--mantine-color-teal-light-color)"],
    [t("diff.losses"), `−${number(replay.losses)}`, replay.losses > 0 ? "var(--mantine-color-red-light-color)" : undefined],
  ] as const;
  return (
    <Stack gap="sm" component="section" aria-label={t("diff.title")}>
      <Group justify="space-between">
        <div>
          <Title order={2} size="h4">{t("diff.title")}</Title>
          <Text size="sm" c="dimmed">{t("diff.about", { n: replay.days })} <When at={replay.at} /></Text>
        </div>
        <TextInput type="search" size="sm" aria-label={t("diff.search")} placeholder={t("diff.search")} value={words} onChange={(event) => { setWords(event.currentTarget.value); setPage(1); }} flex="1 1 160px" maw={260} />
        <SegmentedControl aria-label={t("diff.show")} value={show} onChange={(value) => { setShow(value as Show); setPage(1); }} data={[{ value: "all", label: t("diff.all") }, { value: "gains", label: t("diff.gains") }, { value: "losses", label: t("diff.losses") }]} />
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        {tiles.map(([label, value, color]) => (
          <Paper key={label} withBorder p="sm" radius="md">
            <Text size="xs" c="dimmed">{label}</Text>
            <Text size="xl" fw={600} className="figures" {...(color ? { c: color } : {})}>{value}</Text>
          </Paper>
        ))}
      </SimpleGrid>
      {rows.length === 0 ? <Text size="sm" c="dimmed" ta="center" py="lg">{t(replay.changed === 0 ? "diff.none" : "diff.noneOfKind")}</Text> : (
        <Paper withBorder radius="md">
          <Table className="stacking" verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr><Table.Th w="24%">{t("col.question")}</Table.Th><Table.Th>{t("diff.before")}</Table.Th><Table.Th>{t("diff.after")}</Table.Th><Table.Th w={130}>{t("confidence")}</Table.Th><Table.Th w={100}>{t("col.effect")}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>{rows.slice((page - 1) * perPage, page * perPage).map((change, index) => <ChangeRow key={index} change={change} />)}</Table.Tbody>
          </Table>
        </Paper>
      )}
      {pages > 1 ? <Pagination total={pages} value={page} onChange={setPage} /> : null}
      {replay.changed > replay.changes.length ? <Text size="xs" c="dimmed">{t("diff.cut", { n: number(replay.changes.length), of: number(replay.changed) })}</Text> : null}
    </Stack>
  );
}

function ChangeRow({ change: c }: { change: Change }) {
  return (
    <Table.Tr>
      <Table.Td className="wide"><Group gap={6} wrap="nowrap" align="baseline"><LanguageBadge language={c.locale} /><Text size="sm" fw={500} className="break foreign" lang={c.locale}>{c.question}</Text></Group></Table.Td>
      <Table.Td className="wide" data-label={t("diff.before")}>{c.before ? <Text size="sm" c="dimmed" className="break foreign" lang={c.locale}>{c.before}</Text> : <Text size="sm" c="dimmed" fs="italic">{t("diff.nothing")}</Text>}</Table.Td>
      <Table.Td className="wide" data-label={t("diff.after")}>{c.after ? <Text size="sm" className="break foreign" lang={c.locale} component="div"><Marked before={c.before} after={c.after} /></Text> : <Text size="sm" c="dimmed" fs="italic">{t("diff.nothing")}</Text>}</Table.Td>
      <Table.Td><Text size="sm" className="figures">{percent(c.confidenceBefore)} → {percent(c.confidenceAfter)}</Text></Table.Td>
      <Table.Td>{c.gain ? <Badge color="teal" variant="light">{t("diff.gain")}</Badge> : c.loss ? <Badge color="red" variant="light">{t("diff.loss")}</Badge> : <Badge color="gray" variant="light">{t("diff.change")}</Badge>}</Table.Td>
    </Table.Tr>
  );
}

/** The new answer; where it is the old one changed, with what was taken out and put in. */
function Marked({ before, after }: { before: string | undefined; after: string }) {
  if (!before || before === after || !isClose(before, after)) {
    return after;
  }
  return difference(before, after).map((piece, index) => (piece.kind === "same" ? piece.text : piece.kind === "new" ? <ins key={index}>{piece.text}</ins> : <del key={index}>{piece.text}</del>));
}
