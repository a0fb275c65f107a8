import { Badge, Button, Group, Paper, Select, SimpleGrid, Stack, Table, Text, TextInput, Textarea, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useApi } from "../context";
import { locale as ownLocale, percent, t, type Key } from "../i18n";
import { intentLabel } from "../intents";
import { languageChoices } from "../parts/languageChoices";
import { languageOf } from "../parts/content";
import { Confidence, LanguageBadge, SourceBadge } from "../parts/marks";
import { Page } from "../parts/page";
import { usePlace } from "../router";
import type { Rehearsal } from "../types";

const hues: Record<Rehearsal["action"], string> = { answer: "teal", clarify: "blue", hand_off: "orange" };

/** What the bot would say now. Nothing is written. */
export default function Try() {
  return <Page title={t("nav.try")} about={t("try.about")}><TryForm /></Page>;
}

export function TryForm({ onTried }: { onTried?: () => void }) {
  const api = useApi();
  const place = usePlace();
  const [text, setText] = useState(() => place.query.get("text") ?? "");
  const [language, setLanguage] = useState<string | null>(null);
  const [customer, setCustomer] = useState("");
  const attempt = useMutation({ mutationFn: () => api.rehearse(text.trim(), language ?? (text.trim() === "" ? ownLocale() : languageOf(text)), customer.trim() || undefined), onSuccess: () => onTried?.() });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== "") {
      attempt.mutate();
    }
  }
  return (
    <>
      <Paper withBorder p="md" radius="md">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Textarea label={t("try.text")} placeholder={t("try.hint")} autosize minRows={2} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => { if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); event.currentTarget.form?.requestSubmit(); } }} />
            <Group align="flex-end">
              <Select label={t("language")} w={160} clearable placeholder={t("try.language.auto")} data={languageChoices()} value={language} onChange={setLanguage} />
              <TextInput label={t("try.customer")} placeholder={t("try.customer.hint")} flex="1 1 200px" maxLength={128} value={customer} onChange={(event) => setCustomer(event.currentTarget.value)} />
              <Button type="submit" loading={attempt.isPending} disabled={text.trim() === ""}>{t("try.go")}</Button>
            </Group>
          </Stack>
        </form>
      </Paper>
      <div aria-live="polite">{attempt.data ? <Result result={attempt.data} /> : null}</div>
    </>
  );
}

function Result({ result: r }: { result: Rehearsal }) {
  return (
    <Stack gap="md">
      <Paper withBorder p="md" radius="md">
        <Group gap="xs" mb="xs"><Badge color={hues[r.action] ?? "gray"} variant="light">{t(`try.${r.action}` as Key)}</Badge><LanguageBadge language={r.language} /></Group>
        <Text className="break foreign" lang={r.language}>{r.text}</Text>
      </Paper>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Paper withBorder p="md" radius="md">
          <Title order={2} size="h5" mb="xs">{t("question.understood")}</Title>
          <Text size="sm">{intentLabel(r.intent)} <Text span c="dimmed" size="xs">{r.intent}</Text></Text>
          <Text size="xs" c="dimmed" mb="sm">{t("question.outOfScope")}: {percent(r.outOfScope)} · <span className="mono">{r.model}</span></Text>
          <Stack gap={4}>
            {r.intents.slice(0, 6).map((i) => <SimpleGrid key={i.intent} cols={2} spacing="xs"><Text size="xs" className="break">{i.intent}</Text><Confidence value={i.probability} label={i.intent} /></SimpleGrid>)}
          </Stack>
        </Paper>
        <Paper withBorder p="md" radius="md">
          <Title order={2} size="h5" mb="xs">{t("try.candidates")}</Title>
          {r.candidates.length === 0 ? <Text size="sm" c="dimmed">{t("try.candidates.none")}</Text> : (
            <Table verticalSpacing="xs">
              <Table.Tbody>
                {r.candidates.slice(0, 6).map((c, index) => (
                  <Table.Tr key={index}>
                    <Table.Td><Text size="sm" lineClamp={3} className="break foreign">{c.text}</Text><SourceBadge source={c.source} /></Table.Td>
                    <Table.Td w={120}><Confidence value={c.confidence} /></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Paper>
      </SimpleGrid>
    </Stack>
  );
}
