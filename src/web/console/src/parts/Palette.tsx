import { Group, Kbd, Modal, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useSigned } from "../context";
import { t } from "../i18n";
import { best } from "../palette";
import { customerAt, itemAt, navigate } from "../router";
import { SearchIcon } from "./icons";

export interface Command {
  id: string;
  label: string;
  hidden?: string;
  icon?: ReactNode;
  keys?: string;
  run: () => void;
}

interface Found {
  heading: string;
  rows: Command[];
}

const most = 5;

/** Ctrl-K: every page, every command, and what the server finds for the typed words. */
export default function Palette({ opened, onClose, pages, commands }: { opened: boolean; onClose: () => void; pages: Command[]; commands: Command[] }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const rows = useRef<HTMLDivElement>(null);
  const found = useFound(typed, pages, commands);
  const flat = found.flatMap((f) => f.rows);
  useEffect(() => setAt(0), [typed]);
  useEffect(() => {
    if (opened) {
      setTyped("");
    }
  }, [opened]);
  useEffect(() => rows.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [at]);

  function choose(command: Command | undefined) {
    if (command) {
      onClose();
      command.run();
    }
  }

  function pressed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((now) => (flat.length === 0 ? 0 : (now + (event.key === "ArrowDown" ? 1 : -1) + flat.length) % flat.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(flat[at]);
    }
  }

  let index = -1;
  return (
    <Modal.Root opened={opened} onClose={onClose} size="lg" padding={0} yOffset="10vh" transitionProps={{ duration: 80 }}>
      <Modal.Overlay />
      <Modal.Content radius="md" aria-label={t("palette.title")}><Modal.Body>
      <TextInput size="lg" variant="unstyled" leftSection={<SearchIcon />} placeholder={t("palette.hint")} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} onKeyDown={pressed} data-autofocus
        role="combobox" aria-expanded aria-controls={list} aria-autocomplete="list" aria-label={t("palette.title")} {...(flat[at] ? { "aria-activedescendant": `${list}-${at}` } : {})} className="palette-input" />
      <div className="palette-list" role="listbox" id={list} aria-label={t("palette.title")} ref={rows}>
        {found.map(({ heading, rows: commandsHere }) => (
          <div key={heading} role="group" aria-label={heading}>
            <Text size="xs" c="dimmed" fw={600} px="md" pt="xs" pb={4} aria-hidden="true">{heading}</Text>
            {commandsHere.map((command) => {
              index++;
              const mine = index;
              return (
                <div key={command.id} id={`${list}-${mine}`} role="option" aria-selected={mine === at} className="palette-row" onMouseMove={() => setAt(mine)} onClick={() => choose(command)}>
                  <span className="palette-icon">{command.icon}</span>
                  <Text span size="sm" truncate className="grow">{command.label}</Text>
                  {command.keys ? <Group gap={4} aria-hidden="true">{command.keys.split(" ").map((key) => <Kbd key={key} size="xs">{key}</Kbd>)}</Group> : null}
                </div>
              );
            })}
          </div>
        ))}
        {flat.length === 0 ? <Text size="sm" c="dimmed" p="lg" ta="center" role="status">{t("palette.none", { text: typed })}</Text> : null}
      </div>
      <Text size="xs" c="dimmed" px="md" py={8} className="palette-foot">{t("palette.legend")}</Text>
      </Modal.Body></Modal.Content>
    </Modal.Root>
  );
}

function useFound(typed: string, pages: Command[], commands: Command[]): Found[] {
  const { api, session } = useSigned();
  const [text] = useDebouncedValue(typed.trim(), 120);
  const asked = [...text].length >= 2;
  const look = <T,>(what: string, ask: (signal: AbortSignal) => Promise<T>) =>
    // One hook for each of a fixed list of three.
    useQuery({ queryKey: [session.tenant, "palette", what, text], queryFn: ({ signal }) => ask(signal), enabled: asked, placeholderData: keepPreviousData, staleTime: 20_000, retry: false });
  const customers = look("customers", (signal) => api.customers({ text, limit: most }, signal));
  const items = look("items", (signal) => api.items({ text, limit: most }, signal));
  const questions = look("questions", (signal) => api.questions({ text, limit: most }, signal));
  const found: Found[] = [
    { heading: t("palette.pages"), rows: best(typed, pages, typed === "" ? 20 : most) },
    { heading: t("palette.commands"), rows: best(typed, commands, typed === "" ? 4 : most) },
  ];
  if (asked) {
    found.push(
      { heading: t("palette.customers"), rows: (customers.data?.rows ?? []).slice(0, most).map((c) => ({ id: `c ${c.id}`, label: c.name ? `${c.name} (${c.id})` : c.id, run: () => navigate(customerAt(c.id)) })) },
      { heading: t("palette.items"), rows: (items.data?.rows ?? []).slice(0, most).map((i) => ({ id: `i ${i.id}`, label: i.question, run: () => navigate(itemAt(i.id)) })) },
      { heading: t("palette.questions"), rows: (questions.data?.rows ?? []).slice(0, most).map((q) => ({ id: `q ${q.conversation}:${q.number}`, label: q.text, run: () => navigate(`/questions?open=${q.conversation}:${q.number}`) })) },
    );
  }
  return found.filter((f) => f.rows.length > 0);
}
