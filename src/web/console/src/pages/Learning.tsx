import { Alert, Badge, Button, Drawer, Group, Loader, Paper, Progress, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../api";
import { useSigned } from "../context";
import { duration, number, percent, percent1, t, textOr } from "../i18n";
import { intentLabel } from "../intents";
import { ConfirmButton } from "../parts/ConfirmButton";
import { Empty, ProblemAlert, showDone } from "../parts/feedback";
import { When } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { Link, linkTo, navigate, usePlace, withQuery } from "../router";
import type { LearningReport, LearningRun, LearningView } from "../types";

const runSlot = "smartservice-console-training";

/** What the store's own model learnt, and the way back. */
export default function Learning() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const place = usePlace();
  const opened = place.query.get("run") ?? undefined;
  const view = useQuery({ queryKey: [session.tenant, "learning"], queryFn: ({ signal }) => api.get<LearningView>("/v1/learning", signal) });
  const reports = useQuery({ queryKey: [session.tenant, "learning", "reports"], queryFn: async ({ signal }) => (await api.list<LearningReport>("reports", "/v1/learning/reports", signal)).rows });
  const may = session.may("learning.write");
  const [run, setRun] = useState(() => sessionStorage.getItem(`${runSlot} ${session.tenant}`) ?? undefined);
  const track = (id: string | undefined) => {
    if (id) {
      sessionStorage.setItem(`${runSlot} ${session.tenant}`, id);
    } else {
      sessionStorage.removeItem(`${runSlot} ${session.tenant}`);
    }
    setRun(id);
  };
  const changed = () => queries.invalidateQueries({ queryKey: [session.tenant, "learning"] });
  const training = useQuery({
    queryKey: [session.tenant, "training", run],
    enabled: run !== undefined,
    queryFn: async ({ signal }) => {
      try {
        const now = await api.get<LearningRun>(`/v1/learning/runs/${encodeURIComponent(run ?? "")}`, signal);
        if (now.state === "done" || now.state === "failed") {
          void changed();
        }
        return now;
      } catch (error) {
        // Forgotten meanwhile.
        if (error instanceof ApiError && error.status === 404) {
          track(undefined);
        }
        throw error;
      }
    },
    refetchInterval: (q) => (q.state.data?.state === "done" || q.state.data?.state === "failed" ? false : 2_000),
    retry: false,
  });
  const start = useMutation({ mutationFn: () => api.json<LearningRun>("POST", "/v1/learning/runs"), onSuccess: (made) => track(made.run) });
  const back = useMutation({ mutationFn: () => api.json<LearningView>("POST", "/v1/learning/rollback"), onSuccess: async () => { showDone(t("learn.rolledBack")); await changed(); } });
  const forget = useMutation({ mutationFn: () => api.json<LearningView>("DELETE", "/v1/learning"), onSuccess: async () => { showDone(t("learn.forgotten")); await changed(); } });
  const running = training.data?.state === "waiting" || training.data?.state === "training";
  const v = view.data;
  return (
    <Page title={t("nav.learning")} about={t("learn.about")}
      actions={may ? <Button loading={start.isPending} disabled={running} onClick={() => start.mutate()}>{t("learn.train")}</Button> : null}>
      {view.isPending ? <Loading rows={3} height={80} /> : null}
      {view.isError ? <ProblemAlert error={view.error} retry={() => void view.refetch()} /> : null}
      {v ? (
        <Paper withBorder p="md" radius="md">
          <Group justify="space-between" align="flex-start">
            <div>
              <Group gap="xs"><span className="dot" data-on={v.live !== undefined && v.inUse ? "own" : v.fault ? "fault" : undefined} aria-hidden="true" /><Title order={2} size="h5">{t(v.fault ? "learn.live.fault" : v.live && v.inUse ? "learn.live.own" : "learn.live.shipped")}</Title></Group>
              {v.fault ? <Text size="sm" c="red">{v.fault}</Text> : <Text size="sm" c="dimmed">{t("learn.train.help")}</Text>}
            </div>
            {may ? (
              <Group gap="xs">
                {v.former.length > 0 ? <ConfirmButton variant="default" size="xs" title={t("learn.rollback")} label={t("learn.rollback")} onConfirm={() => back.mutate()} loading={back.isPending}>{t("learn.rollback.ask")}</ConfirmButton> : null}
                {v.taught > 0 || v.live ? <ConfirmButton variant="subtle" color="red" size="xs" title={t("learn.forget")} label={t("learn.forget")} onConfirm={() => forget.mutate()} loading={forget.isPending}>{t("learn.forget.ask")}</ConfirmButton> : null}
              </Group>
            ) : null}
          </Group>
          <SimpleGrid cols={{ base: 1, xs: 3 }} mt="md">
            <Fact label={t("learn.taught")} value={number(v.taught)} help={t("learn.taught.help")} />
            <Fact label={t("learn.model")} value={(v.live ?? v.baseModel).slice(0, 12)} mono />
            <Fact label={t("learn.former")} value={number(v.former.length)} />
          </SimpleGrid>
        </Paper>
      ) : null}
      {run && training.data ? <Training run={training.data} onClose={() => track(undefined)} /> : null}
      <Title order={2} size="h5">{t("learn.reports")}</Title>
      {reports.isSuccess && reports.data.length === 0 ? <Empty title={t("learn.reports.none")} action={<Button variant="default" component="a" {...linkTo("/questions")}>{t("nav.questions")}</Button>}>{t("learn.reports.none.help")}</Empty> : null}
      <Stack gap="xs" component="ul" className="plain-list">
        {(reports.data ?? []).map((r) => (
          <Paper key={r.run} component="li" withBorder p="md" radius="md">
            <Group justify="space-between" align="flex-start" gap="md">
              <div className="grow">
                <Group gap="xs"><Verdict verdict={r.verdict} /><Text size="xs" c="dimmed"><When at={r.at} /> · {t("learn.by", { who: r.asker })} · {t("learn.seconds", { time: duration(r.seconds) })}</Text></Group>
                <Link to={withQuery(place, { run: r.run })} className="row-title">{r.why}</Link>
              </div>
              <Accuracy report={r} />
            </Group>
          </Paper>
        ))}
      </Stack>
      <Drawer opened={opened !== undefined} onClose={() => navigate(withQuery(place, { run: undefined }))} position="right" size="xl" title={t("learn.reports")} closeButtonProps={{ "aria-label": t("close") }}>
        {opened ? <Report key={opened} run={opened} /> : null}
      </Drawer>
    </Page>
  );
}

function Fact({ label, value, help, mono }: { label: string; value: string; help?: string; mono?: boolean }) {
  return <div><Text size="xs" c="dimmed">{label}</Text><Text fz={22} fw={650} className={mono ? "mono" : "figures"}>{value}</Text>{help ? <Text size="xs" c="dimmed">{help}</Text> : null}</div>;
}

function Verdict({ verdict }: { verdict: string }) {
  return <Badge variant="light" color={verdict === "went_live" ? "teal" : verdict === "failed" ? "red" : "gray"}>{textOr(`verdict.${verdict}`, verdict)}</Badge>;
}

function Accuracy({ report: r }: { report: LearningReport }) {
  return r.accuracyAfter === undefined || r.accuracyBefore === undefined ? null : (
    <div className="accuracy">
      <Text size="xs" c="dimmed">{t("learn.accuracy")}</Text>
      <Text fw={600} className="figures">{percent1(r.accuracyBefore)} → {percent1(r.accuracyAfter)}</Text>
    </div>
  );
}

function Training({ run, onClose }: { run: LearningRun; onClose: () => void }) {
  const over = run.state === "done" || run.state === "failed";
  return (
    <Alert color={run.state === "failed" ? "red" : over ? "teal" : "blue"} variant="light" withCloseButton={over} onClose={onClose} closeButtonLabel={t("close")} icon={over ? undefined : <Loader size="xs" />} title={t(`learn.${run.state}`)} role="status">
      {run.report ? <Group gap="xs"><Verdict verdict={run.report.verdict} /><Text size="sm">{run.report.why}</Text></Group> : over ? null : <Progress value={100} animated size="xs" mt={4} aria-label={t(`learn.${run.state}`)} />}
    </Alert>
  );
}

/** A training with the questions it reads differently. */
function Report({ run }: { run: string }) {
  const { api, session } = useSigned();
  const report = useQuery({ queryKey: [session.tenant, "learning", "report", run], queryFn: ({ signal }) => api.get<LearningReport>(`/v1/learning/reports/${encodeURIComponent(run)}`, signal) });
  const r = report.data;
  if (!r) {
    return report.isError ? <ProblemAlert error={report.error} /> : <Loading />;
  }
  const most = Math.max(1, ...r.lessons.map((l) => l.count));
  return (
    <Stack gap="md">
      <Group gap="xs"><Verdict verdict={r.verdict} /><Text size="xs" c="dimmed"><When at={r.at} /> · {t("learn.by", { who: r.asker })} · {t("learn.seconds", { time: duration(r.seconds) })}</Text></Group>
      <Text>{r.why}</Text>
      <SimpleGrid cols={{ base: 2, xs: 4 }}>
        <div><Text size="xs" c="dimmed">{t("learn.accuracy")}</Text><Text fw={600} className="figures">{r.accuracyBefore === undefined ? "–" : percent1(r.accuracyBefore)} → {r.accuracyAfter === undefined ? "–" : percent1(r.accuracyAfter)}</Text></div>
        <div><Text size="xs" c="dimmed">{t("learn.mended")}</Text><Text fw={600} c="teal" className="figures">{number(r.mended)}</Text></div>
        <div><Text size="xs" c="dimmed">{t("learn.broken")}</Text><Text fw={600} c="red" className="figures">{number(r.broken)}</Text></div>
        <div><Text size="xs" c="dimmed">{t("learn.chance")}</Text><Text fw={600} className="figures">{percent(r.chance)}</Text></div>
      </SimpleGrid>
      {r.lessons.length > 0 ? (
        <section><Title order={3} size="h6" mb={6}>{t("learn.lessons")}</Title><Stack gap={4}>{r.lessons.map((l) => <div key={l.kind} className="bar-row lesson-row"><Text size="xs">{textOr(`lesson.${l.kind}`, l.kind)}</Text><span className="bar" aria-hidden="true"><i style={{ width: `${(l.count / most) * 100}%` }} /></span><Text size="xs" className="figures" ta="right">{number(l.count)}</Text></div>)}</Stack></section>
      ) : null}
      {r.replayed > 0 ? <Text size="sm" c="dimmed">{t("learn.changed", { n: number(r.changed), of: number(r.replayed) })}</Text> : null}
      {r.changes && r.changes.length > 0 ? (
        <Paper withBorder radius="md">
          <Table className="stacking" verticalSpacing="xs">
            <Table.Thead><Table.Tr><Table.Th>{t("col.question")}</Table.Th><Table.Th>{t("learn.before")}</Table.Th><Table.Th>{t("learn.after")}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {r.changes.map((c, index) => (
                <Table.Tr key={index}>
                  <Table.Td className="wide"><Link to={`/questions?open=${encodeURIComponent(c.conversation)}:${c.number}`} className="row-title foreign break">{c.question}</Link></Table.Td>
                  <Table.Td data-label={t("learn.before")}><Text size="xs" c={c.before === c.right ? "teal" : "dimmed"}>{intentLabel(c.before)}</Text></Table.Td>
                  <Table.Td data-label={t("learn.after")}><Text size="xs" c={c.after === c.right ? "teal" : "red"}>{intentLabel(c.after)}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      ) : null}
    </Stack>
  );
}
