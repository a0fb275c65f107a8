import { Button, Checkbox, Group, Paper, Progress, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../../context";
import { number, t } from "../../i18n";
import { languageChoices } from "../../parts/languageChoices";
import { languageOf } from "../../parts/content";
import { ProblemAlert, showDone } from "../../parts/feedback";
import { makeId } from "../../parts/save";
import type { ParsedFaq } from "../../types";

interface Draft {
  id: string;
  take: boolean;
  question: string;
  answer: string;
}

/** A FAQ page's text or HTML becomes candidates; a person confirms each before it is saved. */
export function PasteFaq({ onDone }: { onDone: () => void }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [drafts, setDrafts] = useState<Draft[]>();
  const [language, setLanguage] = useState("en");
  const [saved, setSaved] = useState(0);
  const parse = useMutation({
    mutationFn: () => api.json<ParsedFaq>("POST", "/v1/knowledge/parse", /<[a-z][^>]*>/i.test(text) ? { html: text } : { text }),
    meta: { quiet: true },
    onSuccess: (found) => {
      setDrafts(found.candidates.map((c) => ({ id: makeId("qna"), take: true, question: c.question.slice(0, 500), answer: c.answer.slice(0, 4000) })));
      setLanguage(languageOf(found.candidates.map((c) => c.question).join(" ") || text));
    },
  });
  const taken = (drafts ?? []).filter((d) => d.take && d.question.trim() !== "" && d.answer.trim() !== "");
  const save = useMutation({
    mutationFn: async () => {
      setSaved(0);
      for (const d of taken) {
        await api.saveItem(d.id, { question: d.question.trim(), variants: [], answer: d.answer.trim(), locale: language, actions: [] });
        setSaved((n) => n + 1);
      }
      return taken.length;
    },
    onSuccess: async (n) => {
      showDone(t("step.knowledge.saved", { n: number(n) }));
      setDrafts(undefined);
      setText("");
      await queries.invalidateQueries({ queryKey: [session.tenant, "items"] });
      onDone();
    },
  });
  const change = (id: string, to: Partial<Draft>) => setDrafts((now) => now?.map((d) => (d.id === id ? { ...d, ...to } : d)));
  if (drafts) {
    return (
      <Stack gap="sm">
        <Group justify="space-between">
          <Text size="sm" role="status">{drafts.length === 0 ? t("step.knowledge.found.none") : t("step.knowledge.found", { n: number(drafts.length) })}</Text>
          <Group gap="xs"><Select size="xs" w={120} aria-label={t("field.locale")} data={languageChoices()} allowDeselect={false} value={language} onChange={(v) => setLanguage(v ?? language)} /><Button size="xs" variant="default" onClick={() => setDrafts(undefined)}>{t("back")}</Button></Group>
        </Group>
        {drafts.map((d) => (
          <Paper key={d.id} withBorder p="sm" radius="md" opacity={d.take ? 1 : 0.55}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Checkbox mt={8} checked={d.take} aria-label={t("step.knowledge.take", { question: d.question })} onChange={(event) => change(d.id, { take: event.currentTarget.checked })} />
              <Stack gap={6} className="grow">
                <TextInput aria-label={t("field.question")} value={d.question} maxLength={500} lang={language} onChange={(event) => change(d.id, { question: event.currentTarget.value })} />
                <Textarea aria-label={t("field.answer")} autosize minRows={1} maxRows={6} value={d.answer} maxLength={4000} lang={language} onChange={(event) => change(d.id, { answer: event.currentTarget.value })} />
              </Stack>
            </Group>
          </Paper>
        ))}
        {save.isPending ? <Progress value={(saved / Math.max(1, taken.length)) * 100} aria-label={t("step.knowledge.saving", { n: saved, of: taken.length })} animated /> : null}
        {drafts.length > 0 ? <Group><Button disabled={taken.length === 0} loading={save.isPending} onClick={() => save.mutate()}>{t("step.knowledge.save", { n: number(taken.length) })}</Button>{save.isPending ? <Text size="sm" c="dimmed" role="status">{t("step.knowledge.saving", { n: number(saved), of: number(taken.length) })}</Text> : null}</Group> : null}
      </Stack>
    );
  }
  return (
    <Stack gap="sm">
      <Textarea label={t("step.knowledge.paste.label")} placeholder={t("step.knowledge.paste.hint")} minRows={6} maxRows={16} autosize maxLength={1_000_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {parse.isError ? <ProblemAlert error={parse.error} /> : null}
      <Group><Button disabled={text.trim() === ""} loading={parse.isPending} onClick={() => parse.mutate()}>{t("step.knowledge.parse")}</Button></Group>
    </Stack>
  );
}
