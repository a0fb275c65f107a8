import { ActionIcon, Button, Group, Kbd, Modal, Paper, Select, Stack, Text, TextInput, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../../context";
import { t } from "../../i18n";
import { languageChoices } from "../../parts/languageChoices";
import { Empty, ProblemAlert, showDone, showUndo } from "../../parts/feedback";
import { PlusIcon, TrashIcon } from "../../parts/icons";
import { LanguageBadge } from "../../parts/marks";
import { Loading } from "../../parts/page";
import { makeId } from "../../parts/save";
import type { Canned } from "../../types";

type Draft = { id: string; shortcut: string; text: string; locale?: string | undefined };

export default function CannedPart() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "canned"];
  const list = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await api.list<Canned>("canned", "/v1/canned", signal)).rows });
  const [draft, setDraft] = useState<Draft>();
  const [words, setWords] = useState("");
  const may = session.may("canned.write");
  const put = (d: Draft) => api.json<Canned>("PUT", `/v1/canned/${encodeURIComponent(d.id)}`, { shortcut: d.shortcut.trim(), text: d.text.trim(), ...(d.locale ? { locale: d.locale } : {}) });
  const save = useMutation({ mutationFn: put, onSuccess: async () => { setDraft(undefined); await queries.invalidateQueries({ queryKey: key }); showDone(t("saved")); } });
  const remove = useMutation({
    mutationFn: (c: Canned) => api.json("DELETE", `/v1/canned/${encodeURIComponent(c.id)}`),
    onMutate: (c) => { const before = queries.getQueryData<Canned[]>(key); queries.setQueryData<Canned[]>(key, (now) => now?.filter((o) => o.id !== c.id)); return before; },
    onError: (_, __, before) => queries.setQueryData(key, before),
    onSuccess: (_, c) => showUndo(t("canned.deleted", { shortcut: c.shortcut }), () => void put(c).then(() => queries.invalidateQueries({ queryKey: key }))),
  });
  const rows = (list.data ?? []).filter((c) => `${c.shortcut} ${c.text}`.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <TextInput type="search" aria-label={t("search")} placeholder={t("search")} value={words} onChange={(event) => setWords(event.currentTarget.value)} flex="1 1 200px" maw={320} />
        {may ? <Button leftSection={<PlusIcon size={16} />} onClick={() => setDraft({ id: makeId("canned"), shortcut: "", text: "" })}>{t("canned.new")}</Button> : null}
      </Group>
      {list.isPending ? <Loading /> : null}
      {list.isError ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && list.data.length === 0 ? <Empty title={t("canned.none")}>{t("canned.none.help")}</Empty> : null}
      <Stack gap="xs" component="ul" className="plain-list">
        {rows.map((c) => (
          <Paper key={c.id} component="li" withBorder p="sm" radius="md">
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Kbd>/{c.shortcut}</Kbd>
              <Text size="sm" className="grow break foreign" lineClamp={3}>{c.text}</Text>
              {c.locale ? <LanguageBadge language={c.locale} /> : null}
              {may ? <><Button size="compact-xs" variant="default" aria-label={t("canned.edit", { shortcut: c.shortcut })} onClick={() => setDraft({ id: c.id, shortcut: c.shortcut, text: c.text, locale: c.locale })}>{t("edit")}</Button><ActionIcon variant="subtle" color="gray" aria-label={t("canned.delete", { shortcut: c.shortcut })} onClick={() => remove.mutate(c)}><TrashIcon size={16} /></ActionIcon></> : null}
            </Group>
          </Paper>
        ))}
      </Stack>
      <Modal opened={draft !== undefined} onClose={() => setDraft(undefined)} title={t("settings.canned")} centered closeButtonProps={{ "aria-label": t("close") }}>
        {draft ? (
          <form onSubmit={(event) => { event.preventDefault(); save.mutate(draft); }}>
            <Stack gap="sm">
              <TextInput label={t("canned.shortcut")} description={t("canned.shortcut.help")} leftSection="/" required maxLength={32} value={draft.shortcut} onChange={(event) => setDraft({ ...draft, shortcut: event.currentTarget.value.replace(/^\//, "").replace(/[^\p{L}\p{N}_-]/gu, "-") })} data-autofocus />
              <Textarea label={t("canned.text")} required autosize minRows={4} maxRows={12} maxLength={4000} value={draft.text} onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })} />
              <Select label={t("field.locale")} clearable placeholder={t("canned.locale.any")} data={languageChoices()} value={draft.locale ?? null} onChange={(value) => setDraft({ ...draft, locale: value ?? undefined })} />
              <Group justify="flex-end"><Button variant="default" onClick={() => setDraft(undefined)}>{t("cancel")}</Button><Button type="submit" loading={save.isPending} disabled={draft.shortcut === "" || draft.text.trim() === ""}>{t("save")}</Button></Group>
            </Stack>
          </form>
        ) : null}
      </Modal>
    </Stack>
  );
}
