import { Button, Group, Kbd, Paper, SegmentedControl, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { useSigned } from "../context";
import { t } from "../i18n";
import { NoteIcon, SendIcon } from "../parts/icons";
import { makeId } from "../parts/save";
import { Link } from "../router";
import type { Canned, Conversation, Message } from "../types";
import { newer, slashWord } from "./desk";

export interface ComposerHandle {
  focus: (kind: "reply" | "note") => void;
}

const typingEvery = 3_000;
const mostCanned = 6;
const drafts = new Map<string, string>();

/** Where a person answers or notes. "/" brings canned answers; Enter sends, Shift+Enter makes a line. */
export function Composer({ conversation: c, id, agent, ref }: { conversation: Conversation; id: string; agent: string; ref: Ref<ComposerHandle> }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [kind, setKind] = useState<"reply" | "note">("reply");
  const [text, setText] = useState(() => drafts.get(id) ?? "");
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const typedAt = useRef(0);
  const list = useId();
  const key = [session.tenant, "conversation", id];
  const path = `/v1/conversations/${encodeURIComponent(id)}`;
  useImperativeHandle(ref, () => ({ focus: (wanted) => { setKind(wanted); requestAnimationFrame(() => area.current?.focus()); } }));

  const canned = useQuery({ queryKey: [session.tenant, "canned"], queryFn: async ({ signal }) => (await api.list<Canned>("canned", "/v1/canned", signal)).rows, enabled: session.may("canned.read"), staleTime: 60_000, retry: false });
  const slash = kind === "reply" && !closed ? slashWord(text, caret) : undefined;
  const word = slash?.word.toLowerCase() ?? "";
  const choices = slash ? (canned.data ?? []).filter((a) => !a.locale || a.locale === c.locale || word !== "").filter((a) => a.shortcut.toLowerCase().startsWith(word) || a.text.toLowerCase().includes(word)).sort((a, b) => Number(b.shortcut.toLowerCase().startsWith(word)) - Number(a.shortcut.toLowerCase().startsWith(word))).slice(0, mostCanned) : [];

  function change(next: string) {
    setText(next);
    setClosed(false);
    setAt(0);
    drafts.set(id, next);
    const now = Date.now();
    if (next !== "" && now - typedAt.current > typingEvery) {
      typedAt.current = now;
      void api.json("POST", `${path}/presence`, { viewing: true, typing: true }).catch(() => undefined);
      if (kind === "reply" && c.mode === "human") {
        void api.json("POST", `${path}/typing`, { agent, typing: true }).catch(() => undefined);
      }
    }
  }

  const stopTyping = () => {
    if (typedAt.current !== 0 && c.mode === "human") {
      typedAt.current = 0;
      void api.json("POST", `${path}/typing`, { agent, typing: false }).catch(() => undefined);
    }
  };

  const send = useMutation({
    mutationFn: async ({ clientId, body }: { clientId: string; body: string }) => {
      if (c.mode === "bot" || !c.agent) {
        await api.json("POST", `${path}/join`, { agent });
      }
      return api.json<Conversation>("POST", `${path}/messages`, { clientId, agent, text: body });
    },
    onMutate: ({ clientId, body }) => {
      // On the screen at once, with a number below zero until the server gives its own.
      const pending: Message = { number: -Date.now(), author: "agent", agent, clientId, text: body, at: new Date().toISOString(), actions: [], options: [] };
      queries.setQueryData<Conversation>(key, (now) => (now ? { ...now, mode: "human", messages: [...now.messages, pending] } : now));
    },
    onSuccess: (next) => {
      queries.setQueryData<Conversation>(key, (now) => newer(now, next));
      void queries.invalidateQueries({ queryKey: [session.tenant, "conversations"] });
    },
    onError: (_, { clientId, body }) => {
      queries.setQueryData<Conversation>(key, (now) => (now ? { ...now, messages: now.messages.filter((m) => m.clientId !== clientId) } : now));
      setText((now) => (now === "" ? body : now));
    },
  });
  const note = useMutation({
    mutationFn: ({ clientId, body }: { clientId: string; body: string }) => api.json<Conversation>("POST", `${path}/notes`, { clientId, text: body }),
    onSuccess: (next) => queries.setQueryData<Conversation>(key, (now) => newer(now, next)),
    onError: (_, { body }) => setText((now) => (now === "" ? body : now)),
  });

  function submit() {
    const body = text.trim();
    if (body === "") {
      return;
    }
    (kind === "reply" ? send : note).mutate({ clientId: makeId(kind), body });
    setText("");
    drafts.delete(id);
    stopTyping();
  }

  function insert(answer: Canned) {
    if (slash) {
      const next = text.slice(0, slash.from) + answer.text + text.slice(caret);
      change(next);
      setClosed(true);
      const to = slash.from + answer.text.length;
      requestAnimationFrame(() => { area.current?.focus(); area.current?.setSelectionRange(to, to); });
    }
  }

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (slash && choices.length > 0) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        setAt((now) => (now + (event.key === "ArrowDown" ? 1 : choices.length - 1)) % choices.length);
        return;
      }
      if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        insert(choices[at] ?? choices[0]!);
        return;
      }
    }
    if (event.key === "Escape") {
      if (slash) {
        setClosed(true);
      } else {
        event.currentTarget.blur();
      }
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  }

  const label = t(kind === "reply" ? "talk.write" : "talk.writeNote");
  return (
    <div className="composer" data-kind={kind}>
      {slash ? (
        <Paper withBorder shadow="md" className="canned" radius="md">
          {choices.length === 0 ? <Text size="sm" c="dimmed" p="sm" role="status">{t("talk.canned.none", { text: slash.word })} <Link to="/settings/canned">{t("talk.canned.write")}</Link></Text> : (
            <div role="listbox" id={list} aria-label={t("talk.canned")}>
              {choices.map((answer, index) => (
                <div key={answer.id} id={`${list}-${index}`} role="option" aria-selected={index === at} className="palette-row" onMouseMove={() => setAt(index)} onMouseDown={(event) => { event.preventDefault(); insert(answer); }}>
                  <Kbd size="xs">/{answer.shortcut}</Kbd><Text span size="sm" truncate className="grow">{answer.text}</Text>
                </div>
              ))}
            </div>
          )}
        </Paper>
      ) : null}
      {c.open || kind === "note" ? null : <Text size="xs" c="dimmed">{t("talk.closed")}</Text>}
      <Textarea ref={area} variant="unstyled" autosize minRows={2} maxRows={8} maxLength={4000} aria-label={label} placeholder={label} value={text} onChange={(event) => { change(event.currentTarget.value); setCaret(event.currentTarget.selectionStart); }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)} onKeyDown={pressed} onBlur={stopTyping}
        {...(slash && choices.length > 0 ? { role: "combobox", "aria-expanded": true, "aria-controls": list, "aria-activedescendant": `${list}-${at}` } : {})} />
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <SegmentedControl size="xs" aria-label={t("talk.kind")} value={kind} onChange={(value) => setKind(value as "reply" | "note")} data={[{ value: "reply", label: t("talk.reply") }, { value: "note", label: t("talk.note") }]} />
        {kind === "reply" && c.mode === "bot" ? <Text size="xs" c="dimmed" className="grow" ta="right" visibleFrom="xs">{t("talk.bot.silent")}</Text> : null}
        <Button size="xs" color={kind === "note" ? "yellow" : "indigo"} autoContrast disabled={text.trim() === "" || (kind === "reply" && !c.open)} onClick={submit} leftSection={kind === "reply" ? <SendIcon size={14} /> : <NoteIcon size={14} />}>{t(kind === "reply" ? "talk.send" : "talk.saveNote")}</Button>
      </Group>
    </div>
  );
}
