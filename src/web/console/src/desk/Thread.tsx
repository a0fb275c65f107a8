import { ActionIcon, Alert, Badge, Button, Drawer, Group, Menu, Text, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useSigned } from "../context";
import { clock, dayName, percent, t, type Key } from "../i18n";
import { useShortcuts } from "../keys";
import { useOne } from "../live/live";
import { ProblemAlert, showUndo } from "../parts/feedback";
import { BotIcon, NoteIcon, PersonIcon } from "../parts/icons";
import { HelpfulMark, SourceBadge } from "../parts/marks";
import { Loading } from "../parts/page";
import { Face, shopperName } from "../parts/people";
import type { Conversation, Message, Note } from "../types";
import { Composer, type ComposerHandle } from "./Composer";
import { nameOf, newer, waits } from "./desk";
import { ShopperPane } from "./ShopperPane";
import { useMembers } from "./members";

const presenceEvery = 15_000;

type Entry = { at: string; key: string } & ({ kind: "message"; message: Message } | { kind: "note"; note: Note });

/** Messages and notes in the order they happened; what is not sent yet stands last. */
export function entriesOf(c: Pick<Conversation, "messages" | "notes">): Entry[] {
  const messages = c.messages.map((message): Entry => ({ kind: "message", at: message.at, key: message.clientId ?? `m${message.number}`, message }));
  const notes = (c.notes ?? []).map((note): Entry => ({ kind: "note", at: note.at, key: `n${note.id}`, note }));
  // Numbers decide among messages: two of one moment keep their order.
  const all = [...messages];
  for (const note of notes) {
    const index = all.findIndex((e) => e.at > note.at && !(e.kind === "message" && e.message.number < 0));
    if (index < 0) {
      all.push(note);
    } else {
      all.splice(index, 0, note);
    }
  }
  return all;
}

export function Thread({ id, onBack, beside }: { id: string; onBack?: () => void; beside: boolean }) {
  const { api, session, live } = useSigned();
  const queries = useQueryClient();
  const key = useMemo(() => [session.tenant, "conversation", id], [session.tenant, id]);
  const talk = useQuery({ queryKey: key, queryFn: async ({ signal }) => newer(queries.getQueryData<Conversation>(key), await api.conversation(id, signal)), staleTime: 30_000 });
  const c = talk.data;
  const may = session.may("conversations.write");
  const me = session.member?.id;
  const agent = session.name === "" ? t("author.agent") : session.name;
  const composer = useRef<ComposerHandle>(null);
  const [about, aboutIs] = useDisclosure(false);
  const put = (next: Conversation) => {
    queries.setQueryData<Conversation>(key, (now) => newer(now, next));
    void queries.invalidateQueries({ queryKey: [session.tenant, "conversations"] });
  };
  useHere(id, c);
  const join = useMutation({ mutationFn: () => api.json<Conversation>("POST", `/v1/conversations/${encodeURIComponent(id)}/join`, { agent }), onSuccess: put });
  const giveBack = useMutation({ mutationFn: () => api.json<Conversation>("POST", `/v1/conversations/${encodeURIComponent(id)}/give-back`, { agent }), onSuccess: put });
  const assign = useMutation({
    mutationFn: (member: string | undefined) => api.json<Conversation>("PUT", `/v1/conversations/${encodeURIComponent(id)}/assignee`, member ? { member } : {}),
    onSuccess: put,
  });
  // At once on the screen; the server's word replaces it.
  const take = () => {
    queries.setQueryData<Conversation>(key, (now) => (now ? { ...now, mode: "human", agent } : now));
    join.mutate(undefined, { onError: () => void talk.refetch(), onSuccess: () => composer.current?.focus("reply") });
  };
  const hand = () => {
    queries.setQueryData<Conversation>(key, (now) => { if (!now) { return now; } const { agent: _, ...rest } = now; return { ...rest, mode: "bot" }; });
    giveBack.mutate(undefined, { onError: () => void talk.refetch(), onSuccess: () => showUndo(t("talk.gaveBack"), take) });
  };
  useShortcuts(!c || !may ? [] : [
    { keys: "r", label: "talk.keys.take", group: "here", run: () => (c.mode === "human" && c.agent ? composer.current?.focus("reply") : take()) },
    { keys: "n", label: "talk.keys.note", group: "here", run: () => composer.current?.focus("note") },
    { keys: "b", label: "talk.keys.back", group: "here", run: () => { if (c.mode === "human") { hand(); } } },
    ...(me ? [{ keys: "m", label: "talk.keys.me" as const, group: "here" as const, run: () => assign.mutate(me) }] : []),
  ]);

  if (talk.isPending) {
    return <section className="desk-thread"><div className="desk-pad"><Loading height={56} /></div></section>;
  }
  if (!c) {
    return <section className="desk-thread"><div className="desk-pad"><ProblemAlert error={talk.error} retry={() => void talk.refetch()} /></div></section>;
  }
  const known = c.customer ? live.shoppers.get(c.customer) : undefined;
  const assignee = nameOf(c.assignee);
  return (
    <section className="desk-thread" aria-label={shopperName(c.customer ?? id, known?.name)}>
      <header className="thread-head">
        {onBack ? <ActionIcon variant="subtle" color="gray" aria-label={t("back")} onClick={onBack}>←</ActionIcon> : null}
        <Face id={c.customer ?? id} name={known?.name} />
        <div className="grow">
          <Text fw={600} size="sm" truncate component={onBack ? "h1" : "h2"} m={0}>{shopperName(c.customer ?? id, known?.name)}</Text>
          <Group gap={6} wrap="nowrap">
            {!c.open ? <Badge size="xs" color="gray" variant="light">{t("talk.closed")}</Badge>
              : waits(c) ? <Badge size="xs" color="red" variant="light">{t("talk.waits")}</Badge>
              : <Badge size="xs" color={c.mode === "bot" ? "indigo" : "grape"} variant="light">{c.mode === "bot" ? t("talk.withBot") : t("talk.withAgent", { agent: c.agent ?? "" })}</Badge>}
            {assignee ? <Text size="xs" c="dimmed" truncate>{t("talk.assignee", { name: assignee })}</Text> : null}
          </Group>
        </div>
        <Group gap={6} wrap="nowrap">
          {may && c.open && session.member ? <Assign current={typeof c.assignee === "object" ? c.assignee.id : undefined} onChoose={(member) => assign.mutate(member)} /> : null}
          {may && c.open ? (c.mode === "bot" || !c.agent
            ? <Tooltip label={t("talk.take.help")}><Button size="xs" onClick={take} loading={join.isPending}>{t("talk.take")}</Button></Tooltip>
            : <Button size="xs" variant="default" onClick={hand} loading={giveBack.isPending} leftSection={<BotIcon size={15} />}>{t("talk.giveBack")}</Button>) : null}
          {beside ? null : <ActionIcon variant="default" size={30} aria-label={t("talk.context.show")} onClick={aboutIs.open}><PersonIcon size={16} /></ActionIcon>}
        </Group>
      </header>
      <Others id={id} />
      <Lines conversation={c} id={id} />
      {may ? <Composer ref={composer} conversation={c} id={id} agent={agent} /> : <Alert color="gray" m="sm">{t("talk.readonly")}</Alert>}
      <Drawer opened={about} onClose={aboutIs.close} position="right" size="sm" title={t("talk.context")} closeButtonProps={{ "aria-label": t("close") }}>{about ? <ShopperPane conversation={id} /> : null}</Drawer>
    </section>
  );
}

/** Says that this person looks here, marks what is seen, and takes the word back on leaving. */
function useHere(id: string, c: Conversation | undefined): void {
  const { api, session, live } = useSigned();
  useEffect(() => {
    const say = (viewing: boolean) => {
      if (!document.hidden || !viewing) {
        void api.json<{ present: Conversation["present"] }>("POST", `/v1/conversations/${encodeURIComponent(id)}/presence`, { viewing }).then((answer) => live.setPresent(id, { present: answer?.present ?? [] }), () => undefined);
      }
    };
    say(true);
    const timer = setInterval(() => say(true), presenceEvery);
    return () => {
      clearInterval(timer);
      say(false);
    };
  }, [id]);
  const last = c?.messages.filter((m) => m.number > 0).at(-1)?.number ?? 0;
  const unreadByAgent = c !== undefined && c.mode === "human" && c.agent !== undefined && c.readByAgent < last;
  useEffect(() => {
    if (last === 0 || document.hidden) {
      return;
    }
    const path = `/v1/conversations/${encodeURIComponent(id)}`;
    if (session.member) {
      void api.json("PUT", `${path}/seen`, { upTo: last }).catch(() => undefined);
    }
    // The shopper is told "read" only by who answers, not by who looks over a shoulder.
    if (unreadByAgent && session.may("conversations.write") && c.agent === session.name) {
      void api.json("POST", `${path}/read`, { upTo: last }).catch(() => undefined);
    }
  }, [id, last, unreadByAgent]);
}

function Others({ id }: { id: string }) {
  const { session, live } = useSigned();
  const here = (useOne(live.present, id)?.present ?? []).filter((p) => p.id !== session.member?.id && p.id !== session.key?.key);
  if (here.length === 0) {
    return null;
  }
  const typing = here.filter((p) => p.typing);
  const names = (typing.length > 0 ? typing : here).map((p) => p.name).join(", ");
  return <div className="thread-others" role="status" data-typing={typing.length > 0 || undefined}><PersonIcon size={14} /> {t(typing.length > 0 ? "talk.presentTyping" : "talk.present", { names })}</div>;
}

function Lines({ conversation: c, id }: { conversation: Conversation; id: string }) {
  const { live } = useSigned();
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const typing = useOne(live.present, id)?.shopperTyping ?? false;
  const entries = entriesOf(c);
  const down = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  // Stays at the newest unless somebody reads further up.
  useLayoutEffect(() => {
    if (!away) {
      down();
    }
  }, [entries.length, typing]);
  let day = "";
  const seen = c.messages.filter((m) => m.author !== "customer" && m.number > 0 && m.number <= c.readByCustomer).at(-1)?.number;
  return (
    <div className="thread-box">
      <div className="thread-lines" ref={box} tabIndex={0} role="log" aria-label={t("question.transcript")} onScroll={(event) => { const b = event.currentTarget; setAway(b.scrollHeight - b.scrollTop - b.clientHeight > 80); }}>
        <ol className="transcript" lang={c.locale}>
          {entries.map((entry) => {
            const name = entry.at === "" ? day : dayName(entry.at);
            const isNew = name !== day;
            day = name;
            return [
              isNew ? <li key={`day ${name}`} className="thread-day" lang={document.documentElement.lang}>{name}</li> : null,
              entry.kind === "note" ? <NoteLine key={entry.key} note={entry.note} /> : <MessageLine key={entry.key} message={entry.message} seen={entry.message.number === seen} />,
            ];
          })}
          {typing ? <li><span className="thread-typing" role="status"><span className="dots" aria-hidden="true"><i /><i /><i /></span>{t("talk.typing")}</span></li> : null}
        </ol>
      </div>
      {away ? <Button className="thread-newest" size="compact-xs" variant="default" onClick={() => { setAway(false); down(); }}>↓ {t("talk.newest")}</Button> : null}
    </div>
  );
}

function NoteLine({ note }: { note: Note }) {
  return (
    <li className="line line-note">
      <Group gap={6} mb={2}><NoteIcon size={14} /><Text size="xs" fw={600}>{t("talk.note.by", { author: note.author })}</Text><Text size="xs" c="dimmed">{clock(note.at)}</Text></Group>
      <Text size="sm" className="break foreign">{note.text}</Text>
    </li>
  );
}

function MessageLine({ message: m, seen }: { message: Message; seen: boolean }) {
  if (m.author === "system") {
    return <li className="line line-system"><Text size="xs" c="dimmed">{m.reason ? t("talk.system", { reason: t(`reason.${m.reason}` as Key) }) : m.text}{m.contact ? ` · ${m.contact}` : ""} · {clock(m.at)}</Text></li>;
  }
  return (
    <li className={`line line-${m.author}`} data-pending={m.number < 0 || undefined}>
      <Group gap={6} mb={2}>
        <Text size="xs" fw={600}>{m.author === "agent" && m.agent ? m.agent : t(`author.${m.author}` as Key)}</Text>
        <Text size="xs" c="dimmed" className="figures">{m.number < 0 ? t("talk.sending") : clock(m.at)}</Text>
        {m.source ? <SourceBadge source={m.source} /> : null}
        {m.also?.map((source) => <SourceBadge key={source.id} source={source} />)}
        {m.author === "customer" && m.confidence !== undefined ? <Text size="xs" c="dimmed">{m.intent} {percent(m.confidence)}</Text> : null}
        <HelpfulMark helpful={m.helpful} />
      </Group>
      <Text size="sm" className="break foreign">{m.text}</Text>
      {m.options.length + m.actions.length === 0 ? null : (
        <Group gap={4} mt={6}>
          {m.options.map((o) => <Badge key={o.intent} variant="default" size="sm">{o.label}</Badge>)}
          {m.actions.map((a, index) => <Badge key={index} variant="outline" size="sm">{a.label}</Badge>)}
        </Group>
      )}
      {seen ? <Text size="xs" c="dimmed" ta="right" mt={2}>✓✓ {t("talk.seen")}</Text> : null}
    </li>
  );
}

function Assign({ current, onChoose }: { current: string | undefined; onChoose: (member: string | undefined) => void }) {
  const { session } = useSigned();
  const members = useMembers();
  const others = members.filter((m) => m.id !== session.member?.id);
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button size="xs" variant="default" visibleFrom="xs">{t("talk.assign")}</Button></Menu.Target>
      <Menu.Dropdown>
        {session.member && current !== session.member.id ? <Menu.Item onClick={() => onChoose(session.member?.id)}>{t("talk.assignMe")}</Menu.Item> : null}
        {others.map((m) => <Menu.Item key={m.id} disabled={m.id === current} onClick={() => onChoose(m.id)}>{m.name}</Menu.Item>)}
        {current ? <Menu.Item onClick={() => onChoose(undefined)}>{t("talk.unassign")}</Menu.Item> : null}
      </Menu.Dropdown>
    </Menu>
  );
}
