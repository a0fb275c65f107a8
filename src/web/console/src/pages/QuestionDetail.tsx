import { Alert, Anchor, Badge, Button, Divider, Group, Paper, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { ApiError } from "../api";
import { useSigned } from "../context";
import { percent, t, type Key } from "../i18n";
import { intentChoices, intentLabel } from "../intents";
import { ContentFields } from "../parts/ContentFields";
import { contentOf, emptyContent, faultsOf, languageOf } from "../parts/content";
import { ProblemAlert, showProblem, showUndo } from "../parts/feedback";
import { ItemPicker } from "../parts/ItemPicker";
import { HelpfulMark, OutcomeBadge, SourceBadge, When } from "../parts/marks";
import { Loading } from "../parts/page";
import { conversationAt, customerAt, Link, linkTo } from "../router";
import type { Conversation, Message, ProblemFault, Question } from "../types";

/** One logged question: how it was understood, the conversation it stands in, and the form that corrects its answer. */
export function QuestionDetail({ conversation, number, known }: { conversation: string; number: number; known: Question | undefined }) {
  const { api, session } = useSigned();
  const transcript = useQuery({ queryKey: [session.tenant, "conversation", conversation], queryFn: ({ signal }) => api.conversation(conversation, signal) });
  const asked = transcript.data?.messages.find((m) => m.number === number);
  // A link from a colleague: the row is not in the loaded list, but the log can be asked for its moment.
  const logged = useQuery({
    queryKey: [session.tenant, "question", conversation, number],
    enabled: !known && asked !== undefined,
    queryFn: async ({ signal }) => {
      const at = new Date(asked?.at ?? 0).getTime();
      const page = await api.questions({ customer: transcript.data?.customer, from: new Date(at - 1000).toISOString(), to: new Date(at + 1000).toISOString(), limit: 50 }, signal);
      return page.rows.find((q) => q.conversation === conversation && q.number === number) ?? null;
    },
  });
  const question = known ?? logged.data ?? undefined;
  const [correcting, setCorrecting] = useState(false);
  const text = question?.text ?? asked?.text ?? "";

  return (
    <Stack gap="md">
      {text === "" ? null : <Title order={2} size="h4" className="break foreign" lang={question?.language}>{text}</Title>}
      {question ? <Understanding question={question} /> : null}
      {question && session.may("knowledge.write") ? <Meaning question={question} /> : null}
      {correcting && text !== ""
        ? <Correction conversation={conversation} number={number} text={text} question={question} onClose={() => setCorrecting(false)} />
        : text === "" ? null : <Group>{session.may("knowledge.write") ? <Button onClick={() => setCorrecting(true)}>{t("correct.open")}</Button> : null}<Button variant="default" component="a" {...linkTo(conversationAt(conversation))}>{t("question.conversation")}</Button></Group>}
      <Divider label={t("question.transcript")} labelPosition="left" />
      {transcript.isPending ? <Loading rows={4} height={56} /> : null}
      {transcript.isError ? <ProblemAlert error={transcript.error} retry={() => void transcript.refetch()} /> : null}
      {transcript.data ? <Transcript conversation={transcript.data} marked={number} /> : null}
    </Stack>
  );
}

/** What it really meant: a lesson for the store's own model, at once on the screen and taken back with one click. */
function Meaning({ question: q }: { question: Question }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [meant, setMeant] = useState(q.intent);
  const path = `/v1/questions/${encodeURIComponent(q.conversation)}/${q.number}/intent`;
  const teach = useMutation({
    mutationFn: ({ to }: { to: string; from?: string }) => api.json("PUT", path, { intent: to }),
    onSuccess: (_, { to, from }) => {
      void queries.invalidateQueries({ queryKey: [session.tenant, "learning"] });
      if (from !== undefined) {
        showUndo(t("question.taught", { intent: intentLabel(to) }), () => { setMeant(from); teach.mutate({ to: from }); });
      }
    },
    onError: () => setMeant(q.intent),
  });
  return (
    <Select label={t("question.meant")} description={t("question.meant.help")} searchable allowDeselect={false} nothingFoundMessage={t("nothing")} data={intentChoices()} value={meant}
      onChange={(to) => { if (to && to !== meant) { const from = meant; setMeant(to); teach.mutate({ to, from }); } }} />
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">{label}</Text>
      <Text size="sm" component="div" className="break">{children}</Text>
    </div>
  );
}

function Understanding({ question: q }: { question: Question }) {
  return (
    <Paper withBorder p="sm" radius="md" component="section" aria-label={t("question.understood")}>
      <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm">
        <Fact label={t("col.intent")}>{intentLabel(q.intent)}<Text size="xs" c="dimmed">{q.intent}</Text></Fact>
        <Fact label={t("question.confidence")}>{percent(q.confidence)}</Fact>
        <Fact label={t("question.outOfScope")}>{percent(q.outOfScope)}</Fact>
        <Fact label={t("col.source")}><SourceBadge source={q.source} /></Fact>
        <Fact label={t("question.answerConfidence")}>{q.answerConfidence === undefined ? "–" : percent(q.answerConfidence)}</Fact>
        <Fact label={t("col.outcome")}><Group gap={6}><OutcomeBadge outcome={q.outcome} /><HelpfulMark helpful={q.helpful} /></Group></Fact>
        {q.reason ? <Fact label={t("question.reason")}>{t(`reason.${q.reason}` as Key)}</Fact> : null}
        <Fact label={t("question.model")}><span className="mono">{q.model}</span></Fact>
        <Fact label={t("filters.customer")}><Link to={customerAt(q.customer)}>{q.customer}</Link></Fact>
        {q.score === undefined ? null : <Fact label={t("question.score")}>{q.score} / 5</Fact>}
      </SimpleGrid>
    </Paper>
  );
}

function Transcript({ conversation, marked }: { conversation: Conversation; marked: number }) {
  return (
    <ol className="transcript" lang={conversation.locale}>
      {conversation.messages.map((m) => <Line key={m.number} message={m} marked={m.number === marked} />)}
    </ol>
  );
}

function Line({ message: m, marked }: { message: Message; marked: boolean }) {
  return (
    <li className={`line line-${m.author}${marked ? " line-marked" : ""}`} aria-current={marked ? "true" : undefined}>
      <Group gap={6} mb={2}>
        <Text size="xs" fw={600}>{m.author === "agent" && m.agent ? m.agent : t(`author.${m.author}` as Key)}</Text>
        <Text size="xs" c="dimmed"><When at={m.at} /></Text>
        {m.source ? <SourceBadge source={m.source} /> : null}
        {m.also?.map((source) => <SourceBadge key={source.id} source={source} />)}
        {m.confidence === undefined ? null : <Text size="xs" c="dimmed">{percent(m.confidence)}</Text>}
        <HelpfulMark helpful={m.helpful} />
      </Group>
      <Text size="sm" className="break foreign">{m.text}</Text>
      {m.options.length + m.actions.length === 0 ? null : (
        <Group gap={4} mt={4}>
          {m.options.map((o) => <Badge key={o.intent} variant="default" size="sm">{o.label}</Badge>)}
          {m.actions.map((a, index) => <Badge key={index} variant="outline" size="sm">{a.url ? `${a.label} → ${a.url}` : a.label}</Badge>)}
        </Group>
      )}
    </li>
  );
}

/** The right answer, given by a person: becomes a confirmed candidate for the next release. */
export function Correction({ conversation, number, text, question, onClose }: { conversation: string; number: number; text: string; question: Question | undefined; onClose: () => void }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const former = question?.source?.kind === "qna" ? question.source : undefined;
  const [content, setContent] = useState(() => ({
    ...emptyContent(question && ["ko", "zh", "en"].includes(question.language) ? question.language : languageOf(text)),
    question: text.slice(0, 500),
    ...(question && question.intent !== "out_of_scope" ? { intent: question.intent } : {}),
  }));
  const [replaces, setReplaces] = useState(former?.id);
  const [faults, setFaults] = useState<ProblemFault[]>([]);
  const save = useMutation({
    mutationFn: () => api.correct(conversation, number, contentOf(content), replaces),
    meta: { quiet: true },
    onSuccess: () => queries.invalidateQueries({ queryKey: [session.tenant, "candidates"] }),
    onError: (error) => {
      setFaults(error instanceof ApiError ? error.faults : []);
      showProblem(error);
    },
  });
  // The replaced item's own wording is the better start than the shopper's: its variants must not get lost.
  const load = useMutation({
    mutationFn: (id: string) => api.item(id),
    onSuccess: (item) => setContent((now) => ({ ...contentOf(item), variants: [...new Set([...(item.variants ?? []), text.slice(0, 500)])].slice(0, 50), answer: now.answer === "" ? item.answer : now.answer })),
  });

  useEffect(() => {
    if (former) {
      load.mutate(former.id);
    }
    // Once, for the item the answer came from; later choices load their own.
  }, []);

  function choose(id: string | undefined) {
    setReplaces(id);
    if (id) {
      load.mutate(id);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = faultsOf(content);
    setFaults(found);
    if (found.length === 0) {
      save.mutate();
    }
  }

  if (save.data) {
    return (
      <Alert color="teal" title={t("correct.done")} role="status">
        <Text size="sm">{t("correct.done.help")}</Text>
        <Anchor size="sm" {...linkTo(`/candidates?status=confirmed&open=${encodeURIComponent(save.data.candidate)}`)}>{t("correct.candidate", { id: save.data.candidate })}</Anchor>
      </Alert>
    );
  }
  return (
    <Paper withBorder p="md" radius="md">
      <form onSubmit={submit} noValidate aria-label={t("correct.open")}>
        <Stack gap="sm">
          <Title order={3} size="h5">{t("correct.open")}</Title>
          <ItemPicker value={replaces} title={former?.title} onChange={choose} />
          {load.isPending ? <Text size="xs" c="dimmed" role="status">{t("loading")}</Text> : null}
          <ContentFields value={content} onChange={setContent} faults={faults} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" loading={save.isPending}>{t("correct.save")}</Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
