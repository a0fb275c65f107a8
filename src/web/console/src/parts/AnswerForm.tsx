import { Button, Group, List, Spoiler, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { ApiError } from "../api";
import { useSigned } from "../context";
import { t } from "../i18n";
import type { ItemContent, ProblemFault } from "../types";
import { ContentFields } from "./ContentFields";
import { contentOf, faultsOf } from "./content";
import { showDone, showProblem } from "./feedback";
import { ItemPicker } from "./ItemPicker";

export function Examples({ examples }: { examples: string[] }) {
  return examples.length === 0 ? null : (
    <Spoiler maxHeight={96} showLabel={t("examples.more")} hideLabel={t("examples.less")}>
      <List size="sm" spacing={2}>{examples.map((example, index) => <List.Item key={index}><span className="break foreign">{example}</span></List.Item>)}</List>
    </Spoiler>
  );
}

/** Writes the answer of a candidate and confirms it. */
export function AnswerForm({ start, replaces: replacesAtStart, examples, ensure, candidate, onDone, onCancel }: {
  start: ItemContent;
  replaces: string | undefined;
  examples: string[];
  candidate: string;
  /** Makes the candidate when it does not exist yet. */
  ensure?: () => Promise<unknown>;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [content, setContent] = useState(start);
  const [replaces, setReplaces] = useState(replacesAtStart);
  const [faults, setFaults] = useState<ProblemFault[]>([]);
  const save = useMutation({
    mutationFn: async () => {
      try {
        await api.confirm(candidate, contentOf(content), replaces);
      } catch (error) {
        if (!ensure || !(error instanceof ApiError) || error.status !== 404) {
          throw error;
        }
        // Proposing first would raise the count of a candidate that is known.
        await ensure();
        await api.confirm(candidate, contentOf(content), replaces);
      }
    },
    meta: { quiet: true },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [session.tenant, "candidates"] });
      void queries.invalidateQueries({ queryKey: [session.tenant, "clusters"] });
      showDone(t("answer.done"));
      onDone();
    },
    onError: (error) => {
      setFaults(error instanceof ApiError ? error.faults : []);
      showProblem(error);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = faultsOf(content);
    setFaults(found);
    if (found.length === 0) {
      save.mutate();
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {examples.length > 0 ? <div><Text size="sm" fw={500}>{t("examples")}</Text><Examples examples={examples} /></div> : null}
        <ItemPicker value={replaces} onChange={setReplaces} />
        <ContentFields value={content} onChange={setContent} faults={faults} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>{t("cancel")}</Button>
          <Button type="submit" loading={save.isPending}>{t("answer.confirm")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
