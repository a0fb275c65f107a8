import { Alert, Badge, Button, Group, Paper, SimpleGrid, Stack, Text, TextInput, Timeline, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { ApiError } from "../api";
import { useSigned } from "../context";
import { locale, t, type Key } from "../i18n";
import { ConfirmButton } from "../parts/ConfirmButton";
import { ContentFields } from "../parts/ContentFields";
import { changedFields, contentOf, emptyContent, faultsOf } from "../parts/content";
import { ProblemAlert, showDone, showProblem, showUndo } from "../parts/feedback";
import { When } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { makeId } from "../parts/save";
import { itemAt, Link, navigate, releaseAt } from "../router";
import type { Item, ItemContent, ItemVersion, ProblemFault } from "../types";

export default function ItemPage({ id }: { id: string | undefined }) {
  const { api, session } = useSigned();
  const item = useQuery({
    queryKey: [session.tenant, "items", "one", id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => api.item(id ?? "", signal),
    // What a person is editing must not change under the hands; a conflict is said at saving.
    refetchOnWindowFocus: false,
  });
  return (
    <Page title={id === undefined ? t("items.new") : item.data?.question ?? t("item.title")} {...(id === undefined ? { about: t("item.new.about") } : { about: id })}
      actions={item.data ? <><Badge variant="light">v{item.data.version}</Badge>{item.data.retired ? <Badge color="gray">{t("item.retired")}</Badge> : null}</> : null}>
      <Link to="/items" className="back">← {t("nav.items")}</Link>
      {id !== undefined && item.isPending ? <Loading /> : null}
      {item.isError ? <ProblemAlert error={item.error} retry={() => void item.refetch()} /> : null}
      {id === undefined ? <Editor item={undefined} /> : item.data ? (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" className="editor-grid">
          <Editor key={item.data.id} item={item.data} />
          <Versions versions={item.data.versions ?? []} />
        </SimpleGrid>
      ) : null}
    </Page>
  );
}

export function Editor({ item }: { item: Item | undefined }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [id, setId] = useState(() => item?.id ?? makeId("qna"));
  const [content, setContent] = useState<ItemContent>(() => (item ? contentOf(item) : emptyContent(locale())));
  // The version the person started from: what "changed meanwhile" is measured against.
  const [base, setBase] = useState(item?.version ?? 0);
  const [conflict, setConflict] = useState<Item>();
  const [faults, setFaults] = useState<ProblemFault[]>([]);
  const settled = async (saved: Item) => {
    queries.setQueryData([session.tenant, "items", "one", saved.id], saved);
    setBase(saved.version);
    setConflict(undefined);
    await queries.invalidateQueries({ queryKey: [session.tenant, "items"] });
  };
  const save = useMutation({
    mutationFn: (expected: number) => api.saveItem(id.trim(), contentOf(content), expected),
    meta: { quiet: true },
    onSuccess: async (saved) => {
      await settled(saved);
      showDone(t("item.saved", { n: saved.version }));
      if (!item) {
        navigate(itemAt(saved.id), { replace: true });
      }
    },
    onError: async (error) => {
      setFaults(error instanceof ApiError ? error.faults : []);
      if (error instanceof ApiError && error.code === "version_conflict") {
        try {
          setConflict(await api.item(id.trim()));
          return;
        } catch {
          // It is gone or the server is: the first problem says enough.
        }
      }
      showProblem(error);
    },
  });
  const retire = useMutation({
    mutationFn: () => api.retireItem(id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [session.tenant, "items"] });
      if (item) {
        showUndo(t("item.retire.done"), () => void api.saveItem(id, contentOf(item)).then(() => queries.invalidateQueries({ queryKey: [session.tenant, "items"] }), showProblem));
      }
      navigate("/items");
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = faultsOf(content);
    setFaults(found);
    if (found.length === 0) {
      save.mutate(base);
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {conflict ? (
          <Conflict theirs={conflict} mine={content} busy={save.isPending}
            onTheirs={() => { setContent(contentOf(conflict)); void settled(conflict); }}
            onMine={() => save.mutate(conflict.version)} />
        ) : null}
        {item ? null : <TextInput label={t("item.id")} description={t("item.id.help")} value={id} maxLength={100} error={faults.find((f) => f.field === "id")?.message} onChange={(event) => setId(event.currentTarget.value.replace(/\s/g, "-"))} />}
        <ContentFields value={content} onChange={setContent} faults={faults} />
        <Group justify="space-between">
          {item && !item.retired ? <ConfirmButton variant="subtle" color="red" title={t("item.retire")} label={t("item.retire")} loading={retire.isPending} onConfirm={() => retire.mutate()}>{t("item.retire.ask")}</ConfirmButton> : <span />}
          <Button type="submit" loading={save.isPending} disabled={item !== undefined && !item.retired && changedFields(item, content).length === 0}>{t(item ? (item.retired ? "item.revive" : "item.save") : "item.create")}</Button>
        </Group>
      </Stack>
    </form>
  );
}

const shown = (content: ItemContent, field: keyof ItemContent): string => {
  const value = content[field];
  return Array.isArray(value) ? value.map((v) => (typeof v === "string" ? v : `${v.label} ${v.url ?? ""}`)).join("\n") || "–" : value ?? "–";
};

/** Somebody else's version went live meanwhile: both, side by side, and the person decides. */
function Conflict({ theirs, mine, busy, onTheirs, onMine }: { theirs: Item; mine: ItemContent; busy: boolean; onTheirs: () => void; onMine: () => void }) {
  const fields = changedFields(theirs, mine);
  return (
    <Alert color="orange" title={t("conflict.title", { n: theirs.version, author: theirs.author })} role="alert">
      <Text size="sm" mb="sm">{t("conflict.help")}</Text>
      {fields.length === 0 ? <Text size="sm">{t("conflict.same")}</Text> : fields.map((field) => (
        <div key={field}>
          <Text size="xs" fw={600} mt="xs">{t(`field.${field}` as Key)}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
            <Paper withBorder p="xs"><Text size="xs" c="dimmed">{t("conflict.theirs")}</Text><Text size="sm" className="break foreign">{shown(theirs, field)}</Text></Paper>
            <Paper withBorder p="xs"><Text size="xs" c="dimmed">{t("conflict.mine")}</Text><Text size="sm" className="break foreign">{shown(contentOf(mine), field)}</Text></Paper>
          </SimpleGrid>
        </div>
      ))}
      <Group mt="md">
        <Button size="xs" variant="default" onClick={onTheirs}>{t("conflict.takeTheirs")}</Button>
        <Button size="xs" color="orange" loading={busy} onClick={onMine}>{t("conflict.keepMine")}</Button>
      </Group>
    </Alert>
  );
}

function Versions({ versions }: { versions: ItemVersion[] }) {
  const newest = [...versions].reverse();
  return (
    <section aria-label={t("item.versions")}>
      <Title order={2} size="h4" mb="sm">{t("item.versions")}</Title>
      <Timeline bulletSize={14} lineWidth={2} active={0}>
        {newest.map((v, index) => {
          const former = newest[index + 1];
          const fields = former ? changedFields(former.content, v.content) : [];
          return (
            <Timeline.Item key={v.version} title={t(v.retired ? "item.version.retired" : index === 0 ? "item.version.live" : "item.version", { n: v.version })}>
              <Text size="xs" c="dimmed">{v.author} · <When at={v.at} />{v.release ? <> · <Link to={releaseAt(v.release)}>{v.release}</Link></> : null}</Text>
              {fields.length > 0 ? <Text size="xs" c="dimmed">{t("item.version.changed", { fields: fields.map((f) => t(`field.${f}` as Key)).join(", ") })}</Text> : null}
              <Text size="sm" fw={500} mt={4} className="break foreign">{v.content.question}</Text>
              <Text size="sm" lineClamp={4} className="break foreign">{v.content.answer}</Text>
            </Timeline.Item>
          );
        })}
      </Timeline>
    </section>
  );
}
