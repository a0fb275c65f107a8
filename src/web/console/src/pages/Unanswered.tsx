import { Badge, Button, Drawer, Group, Paper, SegmentedControl, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSigned } from "../context";
import { number, t } from "../i18n";
import { intentLabel } from "../intents";
import { AnswerForm, Examples } from "../parts/AnswerForm";
import { emptyContent, languageOf } from "../parts/content";
import { Empty, ProblemAlert, showDone } from "../parts/feedback";
import { LanguageBadge, When } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { Virtual } from "../parts/Virtual";
import { linkTo, navigate, usePlace, withQuery } from "../router";
import type { Cluster } from "../types";

const spans = ["1", "7", "14", "30", "90"];

export default function Unanswered() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const place = usePlace();
  const days = spans.includes(place.query.get("days") ?? "") ? (place.query.get("days") as string) : "7";
  const clusters = useQuery({ queryKey: [session.tenant, "clusters", days], queryFn: ({ signal }) => api.clusters(Number(days), signal) });
  const collect = useMutation({
    mutationFn: () => api.collect(Number(days)),
    onSuccess: async ({ proposed }) => {
      await queries.invalidateQueries({ queryKey: [session.tenant, "candidates"] });
      showDone(t("unanswered.collected", { n: proposed }));
      navigate("/candidates?status=waiting");
    },
  });
  const found = clusters.data?.clusters ?? [];
  const writing = found.find((c) => c.id === place.query.get("open"));
  const close = () => navigate(withQuery(place, { open: undefined }));
  const most = Math.max(1, ...found.map((c) => c.count));

  return (
    <Page title={t("nav.unanswered")} about={t("unanswered.about")}
      actions={<>
        <SegmentedControl aria-label={t("days")} value={days} onChange={(value) => navigate(withQuery(place, { days: value, open: undefined }), { replace: true })} data={spans.map((value) => ({ value, label: t("days.short", { n: value }) }))} />
        <Button variant="default" disabled={found.length === 0} loading={collect.isPending} onClick={() => collect.mutate()}>{t("unanswered.collect")}</Button>
      </>}>
      {clusters.isPending ? <Loading height={92} /> : null}
      {clusters.isError ? <ProblemAlert error={clusters.error} retry={() => void clusters.refetch()} /> : null}
      {clusters.isSuccess && found.length === 0 ? <Empty title={t("unanswered.none")} action={<Button variant="default" component="a" {...linkTo("/questions")}>{t("nav.questions")}</Button>}>{t("unanswered.none.help")}</Empty> : null}
      {found.length > 0 ? (
        <Virtual count={found.length} height={132} label={t("nav.unanswered")} className="card-rows" keyOf={(index) => found[index]?.id ?? String(index)} scrollTo={found.findIndex((c) => c.id === writing?.id)}
          row={(index) => {
            const cluster = found[index];
            return cluster ? (
              <Paper withBorder p="md" radius="md" className="cluster card-row" data-here={cluster.id === writing?.id || undefined}>
                <div className="cluster-bar" style={{ width: `${(cluster.count / most) * 100}%` }} aria-hidden="true" />
                <Group justify="space-between" align="flex-start" gap="sm">
                  <div className="cluster-text">
                    <Title order={2} size="h5" className="break foreign" lang={cluster.language}>{cluster.question}</Title>
                    <Group gap={6} my={6}>
                      <Badge color="orange" variant="light">{t("unanswered.times", { n: number(cluster.count) })}</Badge>
                      <LanguageBadge language={cluster.language} />
                      <Text size="xs" c="dimmed">{intentLabel(cluster.intent)} · {t("unanswered.last")} <When at={cluster.lastAt} /></Text>
                    </Group>
                    <Examples examples={cluster.examples.filter((e) => e !== cluster.question)} />
                  </div>
                  <Button component="a" {...linkTo(withQuery(place, { open: cluster.id }))}>{t("unanswered.write")}</Button>
                </Group>
              </Paper>
            ) : null;
          }} />
      ) : null}
      <Drawer opened={writing !== undefined} onClose={close} position="right" size="xl" title={t("unanswered.write")} closeButtonProps={{ "aria-label": t("close") }}>
        {writing ? (
          <AnswerForm candidate={writing.id} replaces={undefined} examples={writing.examples} ensure={() => api.propose(writing.id, writing.question.slice(0, 500))}
            start={{ ...emptyContent(["ko", "zh", "en"].includes(writing.language) ? writing.language : languageOf(writing.question)), question: writing.question.slice(0, 500), variants: variantsOf(writing), ...(writing.intent === "out_of_scope" ? {} : { intent: writing.intent }) }}
            onCancel={close} onDone={() => navigate("/candidates?status=confirmed")} />
        ) : null}
      </Drawer>
    </Page>
  );
}

const variantsOf = (cluster: Cluster): string[] => [...new Set(cluster.examples)].filter((e) => e !== cluster.question && e.length <= 500).slice(0, 10);
