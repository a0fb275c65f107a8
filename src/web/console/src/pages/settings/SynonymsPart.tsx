import { ActionIcon, Button, Group, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../../context";
import { t } from "../../i18n";
import { ProblemAlert, showDone } from "../../parts/feedback";
import { Loading } from "../../parts/page";
import type { Vocabulary } from "../../types";
import { Box, SaveBar } from "./parts";

export default function SynonymsPart() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "synonyms"];
  const words = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Vocabulary>("/v1/knowledge/synonyms", signal) });
  const [draft, setDraft] = useState<Vocabulary>();
  const may = session.may("knowledge.write");
  const save = useMutation({
    mutationFn: (v: Vocabulary) => api.json<Vocabulary>("PUT", "/v1/knowledge/synonyms", { groups: v.groups.filter((g) => g.length > 0), products: v.products.filter((p) => p.id.trim() !== "") }),
    onSuccess: (answer, sent) => { queries.setQueryData(key, answer ?? sent); setDraft(undefined); showDone(t("saved")); },
  });
  if (!words.data) {
    return words.isError ? <ProblemAlert error={words.error} retry={() => void words.refetch()} /> : <Loading />;
  }
  const v = draft ?? words.data;
  const set = (change: Partial<Vocabulary>) => setDraft({ ...v, ...change });
  return (
    <Stack gap="md">
      <Box title={t("syn.groups")} about={t("syn.groups.help")} action={may ? <Button size="xs" variant="default" onClick={() => set({ groups: [...v.groups, []] })}>{t("syn.group.add")}</Button> : null}>
        {v.groups.length === 0 ? <Text size="sm" c="dimmed">{t("syn.none")}</Text> : (
          <Stack gap={8}>
            {v.groups.map((group, index) => (
              <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
                <TagsInput className="grow" aria-label={t("syn.group", { n: index + 1 })} maxTags={20} value={group} disabled={!may} onChange={(next) => set({ groups: v.groups.map((g, i) => (i === index ? next : g)) })} acceptValueOnBlur />
                {may ? <ActionIcon mt={4} variant="subtle" color="gray" aria-label={t("syn.group.remove", { n: index + 1 })} onClick={() => set({ groups: v.groups.filter((_, i) => i !== index) })}>×</ActionIcon> : null}
              </Group>
            ))}
          </Stack>
        )}
      </Box>
      <Box title={t("syn.products")} about={t("syn.products.help")} action={may ? <Button size="xs" variant="default" onClick={() => set({ products: [...v.products, { id: "", names: [] }] })}>{t("syn.product.add")}</Button> : null}>
        {v.products.length === 0 ? <Text size="sm" c="dimmed">{t("syn.none")}</Text> : (
          <Stack gap={8}>
            {v.products.map((product, index) => (
              <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
                <TextInput w={160} aria-label={t("syn.product", { n: index + 1 })} value={product.id} disabled={!may} maxLength={100} onChange={(event) => { const id = event.currentTarget.value; set({ products: v.products.map((p, i) => (i === index ? { ...p, id } : p)) }); }} />
                <TagsInput className="grow" aria-label={t("syn.product.names", { n: index + 1 })} maxTags={10} value={product.names} disabled={!may} onChange={(names) => set({ products: v.products.map((p, i) => (i === index ? { ...p, names } : p)) })} acceptValueOnBlur />
                {may ? <ActionIcon mt={4} variant="subtle" color="gray" aria-label={t("syn.product.remove", { n: index + 1 })} onClick={() => set({ products: v.products.filter((_, i) => i !== index) })}>×</ActionIcon> : null}
              </Group>
            ))}
          </Stack>
        )}
      </Box>
      <SaveBar shown={draft !== undefined} busy={save.isPending} onSave={() => save.mutate(v)} onDiscard={() => setDraft(undefined)} />
    </Stack>
  );
}
