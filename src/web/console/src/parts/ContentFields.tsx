import { ActionIcon, Button, Fieldset, Group, Select, SimpleGrid, Stack, TagsInput, Text, TextInput, Textarea, UnstyledButton } from "@mantine/core";
import { useRef } from "react";
import { t } from "../i18n";
import { intentChoices } from "../intents";
import type { ItemContent, ProblemFault } from "../types";
import { placeholders } from "./content";
import { languageChoices } from "./languageChoices";

const day = (at: string | undefined): string => {
  if (!at) {
    return "";
  }
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
};

/** The fields of one question and its answer, with every fault at the field it is about. */
export function ContentFields({ value, onChange, faults, disabled }: { value: ItemContent; onChange: (value: ItemContent) => void; faults: ProblemFault[]; disabled?: boolean }) {
  const answer = useRef<HTMLTextAreaElement>(null);
  const error = (field: string) => faults.filter((f) => f.field === field || f.field?.startsWith(`${field}[`)).map((f) => f.message).join("; ") || undefined;
  const set = (change: Partial<ItemContent>) => onChange({ ...value, ...change });

  function insert(name: string) {
    const area = answer.current;
    const from = area?.selectionStart ?? value.answer.length;
    const to = area?.selectionEnd ?? from;
    const text = `{${name}}`;
    set({ answer: value.answer.slice(0, from) + text + value.answer.slice(to) });
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + text.length, from + text.length);
    });
  }

  return (
    <Stack gap="sm">
      <Textarea label={t("field.question")} description={t("field.question.help")} autosize minRows={1} maxRows={4} maxLength={500} required disabled={disabled ?? false}
        value={value.question} error={error("question")} onChange={(e) => set({ question: e.currentTarget.value })} />
      <TagsInput label={t("field.variants")} description={t("field.variants.help")} maxTags={50} disabled={disabled ?? false} splitChars={["\n"]} acceptValueOnBlur
        value={value.variants} error={error("variants")} onChange={(variants) => set({ variants })} />
      <Textarea ref={answer} label={t("field.answer")} description={t("field.answer.help")} autosize minRows={4} maxRows={14} maxLength={4000} required disabled={disabled ?? false}
        value={value.answer} error={error("answer")} onChange={(e) => set({ answer: e.currentTarget.value })} />
      <div role="group" aria-label={t("placeholders")}>
        <Text size="xs" c="dimmed" mb={4}>{t("placeholders.help")}</Text>
        <Group gap={4}>
          {placeholders.map((name) => (
            <UnstyledButton key={name} className="placeholder" disabled={disabled ?? false} onClick={() => insert(name)} aria-label={t("placeholders.insert", { name })}>{`{${name}}`}</UnstyledButton>
          ))}
        </Group>
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select label={t("field.intent")} data={intentChoices()} searchable clearable disabled={disabled ?? false} placeholder={t("field.intent.none")} nothingFoundMessage={t("nothing")}
          value={value.intent ?? null} error={error("intent")} onChange={(intent) => set({ intent: intent ?? undefined } as Partial<ItemContent>)} />
        <Select label={t("field.locale")} data={languageChoices()} allowDeselect={false} disabled={disabled ?? false}
          value={value.locale} error={error("locale")} onChange={(locale) => set({ locale: locale ?? value.locale })} />
      </SimpleGrid>
      <Fieldset legend={t("field.more")} disabled={disabled ?? false} variant="filled">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput type="date" label={t("field.validFrom")} value={day(value.validFrom)} error={error("validFrom")}
            onChange={(e) => set({ validFrom: e.currentTarget.value ? new Date(`${e.currentTarget.value}T00:00:00`).toISOString() : undefined } as Partial<ItemContent>)} />
          <TextInput type="date" label={t("field.validTo")} value={day(value.validTo)} error={error("validTo")}
            onChange={(e) => set({ validTo: e.currentTarget.value ? new Date(`${e.currentTarget.value}T23:59:59`).toISOString() : undefined } as Partial<ItemContent>)} />
        </SimpleGrid>
        <Text size="sm" fw={500} mt="sm">{t("field.actions")}</Text>
        <Text size="xs" c="dimmed">{t("field.actions.help")}</Text>
        {value.actions.map((action, index) => (
          <Group key={index} gap="xs" mt={6} wrap="nowrap" align="flex-start">
            <TextInput flex={1} aria-label={t("field.action.label", { n: index + 1 })} placeholder={t("field.action.label.hint")} value={action.label} maxLength={60} error={error(`actions[${index}].label`)}
              onChange={(e) => set({ actions: value.actions.map((a, i) => (i === index ? { ...a, label: e.currentTarget.value } : a)) })} />
            <TextInput flex={1} aria-label={t("field.action.url", { n: index + 1 })} placeholder="/orders" value={action.url ?? ""} error={error(`actions[${index}].url`)}
              onChange={(e) => set({ actions: value.actions.map((a, i) => (i === index ? { ...a, url: e.currentTarget.value } : a)) })} />
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("field.action.remove", { n: index + 1 })} onClick={() => set({ actions: value.actions.filter((_, i) => i !== index) })}>×</ActionIcon>
          </Group>
        ))}
        {value.actions.length < 5 ? <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => set({ actions: [...value.actions, { label: "" }] })}>{t("field.action.add")}</Button> : null}
      </Fieldset>
    </Stack>
  );
}
