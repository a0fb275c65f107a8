import { Alert, Button, Group, Paper, Progress, SimpleGrid, Skeleton, Text, Title, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { useSigned } from "../context";
import { number, t } from "../i18n";
import { ProblemAlert } from "../parts/feedback";
import { CheckIcon } from "../parts/icons";
import { Loading, Page } from "../parts/page";
import { linkTo, navigate, usePlace, withQuery } from "../router";
import type { Onboarding, StepName } from "../types";
import { FiguresStrip } from "./FiguresStrip";

const StepBody = lazy(() => import("./onboarding/StepBody"));

export default function Home() {
  const { session } = useSigned();
  const may = session.may("onboarding.read");
  return (
    <Page title={session.name === "" ? t("home.title") : t("home.hello", { name: session.name })}>
      {may ? <Setup /> : session.key ? <Alert color="gray" variant="light">{t("home.nothing")}</Alert> : null}
      <FiguresStrip />
      <Attention />
    </Page>
  );
}

/** The checklist that does the work: each step opens where it stands. */
function Setup() {
  const { api, session } = useSigned();
  const place = usePlace();
  const steps = useQuery({
    queryKey: [session.tenant, "onboarding"],
    queryFn: ({ signal }) => api.get<Onboarding>("/v1/onboarding", signal),
    // The tick of the first visit comes by itself.
    refetchInterval: (q) => (q.state.data?.done ? 60_000 : 4_000),
  });
  const [shown, setShown] = useState(false);
  if (steps.isPending) {
    return <Loading rows={4} height={54} />;
  }
  if (!steps.data) {
    return <ProblemAlert error={steps.error} retry={() => void steps.refetch()} />;
  }
  const all = steps.data.steps;
  const done = all.filter((s) => s.done).length;
  const chosen = place.query.get("step") as StepName | null;
  const open = chosen ?? (steps.data.done ? undefined : all.find((s) => !s.done)?.step);
  if (steps.data.done && !shown && !chosen) {
    return (
      <Paper withBorder p="md" radius="md">
        <Group justify="space-between">
          <Group gap="sm"><span className="step-tick" data-done><CheckIcon size={16} /></span><div><Text fw={600}>{t("home.ready")}</Text><Text size="sm" c="dimmed">{t("home.ready.help")}</Text></div></Group>
          <Button variant="default" size="xs" onClick={() => setShown(true)}>{t("home.steps.show")}</Button>
        </Group>
      </Paper>
    );
  }
  return (
    <Paper withBorder radius="md" component="section" aria-label={t("home.setup")}>
      <div className="setup-head">
        <Group justify="space-between" align="flex-start">
          <div><Title order={2} size="h4">{t("home.setup")}</Title><Text size="sm" c="dimmed">{t("home.setup.about")}</Text></div>
          <Group gap="sm"><Text size="sm" className="figures">{t("home.progress", { n: done, of: all.length })}</Text>{steps.data.done ? <Button size="xs" variant="default" onClick={() => { setShown(false); navigate("/", { replace: true }); }}>{t("home.steps.hide")}</Button> : null}</Group>
        </Group>
        <Progress mt="sm" value={(done / Math.max(1, all.length)) * 100} size="sm" color="teal" aria-label={t("home.progress", { n: done, of: all.length })} />
      </div>
      <ol className="plain-list">
        {all.map((step, index) => {
          const isOpen = step.step === open;
          return (
            <li key={step.step} className="setup-step">
              <UnstyledButton className="setup-button" aria-expanded={isOpen} onClick={() => navigate(withQuery(place, { step: isOpen ? undefined : step.step }), { replace: true })}>
                <span className="step-tick" data-done={step.done || undefined}>{step.done ? <CheckIcon size={16} /> : number(index + 1)}</span>
                <span className="grow"><Text span fw={600} display="block">{t(`step.${step.step}`)}{step.done ? <span className="sr-only"> – {t("done")}</span> : null}</Text><Text span size="sm" c="dimmed" display="block">{t(`step.${step.step}.about`)}</Text></span>
              </UnstyledButton>
              {isOpen ? <div className="setup-body"><Suspense fallback={<Loading rows={2} />}><StepBody step={step} snippet={steps.data.snippet} onDone={() => void steps.refetch()} /></Suspense></div> : null}
            </li>
          );
        })}
      </ol>
    </Paper>
  );
}

/** What waits for a person, each leading to where it is done. */
function Attention() {
  const { api, session } = useSigned();
  const waiting = useQuery({
    queryKey: [session.tenant, "conversations", "home"], enabled: session.may("conversations.read"),
    queryFn: async ({ signal }) => (await api.conversations({ mode: "human", open: true, limit: 100 }, signal)).rows.filter((c) => !c.agent).length,
  });
  const clusters = useQuery({ queryKey: [session.tenant, "clusters", "7"], queryFn: ({ signal }) => api.clusters(7, signal), enabled: session.may("questions.read"), staleTime: 60_000 });
  const candidates = useQuery({ queryKey: [session.tenant, "candidates", "home"], queryFn: ({ signal }) => api.candidates({}, signal), enabled: session.may("knowledge.read"), staleTime: 30_000 });
  const of = (status: string) => candidates.data?.rows.filter((c) => c.status === status).length ?? 0;
  const cards: { text: string; n: number; to: string; urgent?: boolean }[] = [
    { text: t("home.waiting", { n: number(waiting.data ?? 0) }), n: waiting.data ?? 0, to: "/conversations?queue=waiting", urgent: true },
    { text: t("home.unanswered", { n: number(clusters.data?.clusters.length ?? 0) }), n: clusters.data?.clusters.length ?? 0, to: "/unanswered" },
    { text: t("home.candidates", { n: number(of("waiting")) }), n: of("waiting"), to: "/candidates?status=waiting" },
    { text: t("home.confirmed", { n: number(of("confirmed")) }), n: of("confirmed"), to: "/candidates?status=confirmed" },
  ].filter((card) => card.n > 0);
  const loading = waiting.isLoading || clusters.isLoading || candidates.isLoading;
  return (
    <section aria-label={t("home.attention")}>
      <Title order={2} size="h5" mb="xs">{t("home.attention")}</Title>
      {cards.length === 0 ? loading ? <Skeleton height={58} radius="md" /> : <Text size="sm" c="dimmed">{t("home.attention.none")}</Text> : (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {cards.map((card): ReactNode => (
            <Paper key={card.to} withBorder p="md" radius="md" component="a" {...linkTo(card.to)} className="tile tile-link">
              <Group justify="space-between" wrap="nowrap"><Text fw={550} c={card.urgent ? "red" : undefined}>{card.text}</Text><Text c="dimmed" aria-hidden="true">→</Text></Group>
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </section>
  );
}
