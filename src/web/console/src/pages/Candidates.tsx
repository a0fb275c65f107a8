import { Alert, Button, Checkbox, Drawer, Group, Modal, Paper, SegmentedControl, Stack, Text, TextInput, Title } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../context";
import { number, t, type Key } from "../i18n";
import { AnswerForm, Examples } from "../parts/AnswerForm";
import { contentOf, emptyContent, languageOf } from "../parts/content";
import { Empty, ProblemAlert } from "../parts/feedback";
import { CandidateBadge, When } from "../parts/marks";
import { useLater } from "../parts/later";
import { Loading, Page, useMore } from "../parts/page";
import { makeId } from "../parts/save";
import { Virtual } from "../parts/Virtual";
import { itemAt, Link, linkTo, navigate, releaseAt, usePlace, withQuery } from "../router";
import type { Candidate } from "../types";

const statuses = ["waiting", "confirmed", "released", "dismissed"] as const;

export default function Candidates() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const place = usePlace();
  const status = statuses.find((s) => s === place.query.get("status")) ?? "waiting";
  const list = useInfiniteQuery({
    queryKey: [session.tenant, "candidates", status],
    queryFn: ({ pageParam, signal }) => api.candidates({ status, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const open = place.query.get("open") ?? undefined;
  const opened = rows.find((c) => c.id === open);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Only what is on the screen counts: a candidate may have been released elsewhere meanwhile.
  const picked = rows.filter((c) => chosen.has(c.id)).map((c) => c.id);
  const [building, setBuilding] = useState(false);
  const close = () => navigate(withQuery(place, { open: undefined }));
  const more = useMore(list);
  const later = useLater();
  const dismiss = (id: string) => {
    const key = [session.tenant, "candidates", status];
    const before = queries.getQueryData(key);
    queries.setQueryData<typeof list.data>(key, (now) => now && { ...now, pages: now.pages.map((page) => ({ ...page, rows: page.rows.filter((c) => c.id !== id) })) });
    close();
    later(t("candidates.dismissed"), async () => { await api.dismiss(id); await queries.invalidateQueries({ queryKey: [session.tenant, "candidates"] }); }, () => queries.setQueryData(key, before));
  };

  return (
    <Page title={t("nav.candidates")} about={t("candidates.about")}
      actions={status === "confirmed" ? <Button disabled={picked.length === 0} onClick={() => setBuilding(true)}>{t("candidates.build", { n: picked.length })}</Button> : null}>
      <Group justify="space-between">
        <div className="scroll-x"><SegmentedControl aria-label={t("candidates.status")} value={status} onChange={(value) => navigate(withQuery(place, { status: value, open: undefined }))} data={statuses.map((value) => ({ value, label: t(`candidate.${value}` as Key) }))} /></div>
        {status === "confirmed" && rows.length > 0 ? (
          <Checkbox label={t("candidates.all")} checked={picked.length === rows.length} indeterminate={picked.length > 0 && picked.length < rows.length}
            onChange={(event) => setChosen(new Set(event.currentTarget.checked ? rows.map((c) => c.id) : []))} />
        ) : null}
      </Group>
      {list.isPending ? <Loading height={72} /> : null}
      {list.isError && !list.data ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <Empty title={t(`candidates.none.${status}` as Key)} action={status === "waiting" ? <Button component="a" {...linkTo("/unanswered")}>{t("nav.unanswered")}</Button> : null}>{t(`candidates.none.${status}.help` as Key)}</Empty>
      ) : null}
      {rows.length > 0 ? (
        <Virtual count={rows.length} height={96} label={t("nav.candidates")} className="card-rows" keyOf={(index) => rows[index]?.id ?? String(index)} scrollTo={rows.findIndex((c) => c.id === open)}
          onEnd={more}
          row={(index) => {
            const c = rows[index];
            return c ? (
              <Paper withBorder p="sm" radius="md" className="card-row" data-here={c.id === open || undefined}>
                <Group wrap="nowrap" align="flex-start" gap="sm">
                  {status === "confirmed" ? <Checkbox mt={2} aria-label={t("candidates.choose", { question: c.question })} checked={chosen.has(c.id)} onChange={(event) => {
                    const next = new Set(chosen);
                    if (event.currentTarget.checked) { next.add(c.id); } else { next.delete(c.id); }
                    setChosen(next);
                  }} /> : null}
                  <div className="grow">
                    <Link to={withQuery(place, { open: c.id })} className="row-title break foreign">{c.content?.question ?? c.question}</Link>
                    {c.content ? <Text size="sm" lineClamp={2} className="break foreign">{c.content.answer}</Text> : <Examples examples={c.examples.slice(0, 3)} />}
                    <Text size="xs" c="dimmed" mt={4}>
                      {t(`origin.${c.origin}` as Key)} · {t("candidates.count", { n: number(c.count) })} · <When at={c.at} />
                      {c.author ? ` · ${c.author}` : ""}
                      {c.replaces ? <> · {t("candidates.replaces")} <Link to={itemAt(c.replaces)}>{c.replaces}</Link></> : null}
                    </Text>
                  </div>
                  <CandidateBadge status={c.status} />
                </Group>
              </Paper>
            ) : null;
          }} />
      ) : null}
      <Drawer opened={open !== undefined && !list.isPending} onClose={close} position="right" size="xl" title={t("candidates.one")} closeButtonProps={{ "aria-label": t("close") }}>
        {opened ? <One key={opened.id} candidate={opened} onClose={close} onDismiss={() => dismiss(opened.id)} /> : <Text size="sm">{t("candidates.elsewhere", { id: open ?? "" })}</Text>}
      </Drawer>
      <BuildRelease opened={building} candidates={picked} onClose={() => setBuilding(false)} />
    </Page>
  );
}

function One({ candidate: c, onClose, onDismiss }: { candidate: Candidate; onClose: () => void; onDismiss: () => void }) {
  if (c.status === "released" || c.status === "dismissed") {
    return (
      <Stack gap="sm">
        <Title order={2} size="h4" className="break foreign">{c.content?.question ?? c.question}</Title>
        <Group><CandidateBadge status={c.status} /></Group>
        {c.content ? <Text size="sm" className="break foreign">{c.content.answer}</Text> : null}
        <Examples examples={c.examples} />
      </Stack>
    );
  }
  const language = languageOf(c.question);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <CandidateBadge status={c.status} />
        <Button variant="subtle" color="red" size="xs" onClick={onDismiss}>{t("candidates.dismiss")}</Button>
      </Group>
      {c.suggested && !c.content ? <Alert color="indigo" variant="light" title={t("candidates.suggested")}><Text size="sm" className="break foreign">{c.suggested}</Text></Alert> : null}
      <AnswerForm candidate={c.id} examples={c.examples} replaces={c.replaces} start={c.content ? contentOf(c.content) : { ...emptyContent(language), question: c.question.slice(0, 500), answer: c.suggested?.slice(0, 4000) ?? "" }} onCancel={onClose} onDone={() => navigate("/candidates?status=confirmed")} />
    </Stack>
  );
}

function BuildRelease({ opened, candidates, onClose }: { opened: boolean; candidates: string[]; onClose: () => void }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const build = useMutation({
    mutationFn: async () => {
      const id = makeId("release");
      await api.buildRelease(id, candidates, note.trim() || undefined);
      return id;
    },
    onSuccess: async (id) => {
      await Promise.all([queries.invalidateQueries({ queryKey: [session.tenant, "candidates"] }), queries.invalidateQueries({ queryKey: [session.tenant, "releases"] })]);
      navigate(releaseAt(id));
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t("build.title")} centered closeButtonProps={{ "aria-label": t("close") }}>
      <form onSubmit={(event) => { event.preventDefault(); build.mutate(); }}>
        <Stack>
          <Text size="sm">{t("build.help", { n: candidates.length })}</Text>
          <TextInput label={t("build.note")} description={t("build.note.help")} value={note} maxLength={500} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" loading={build.isPending} disabled={candidates.length === 0}>{t("build.go")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
