import { NumberInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import { outcomes, sourceKinds, type QuestionFilters } from "../filters";
import { t, type Key } from "../i18n";
import { intentChoices } from "../intents";
import { languageChoices } from "../parts/languageChoices";

/** All but the search and "unanswered". */
export default function QuestionFilterFields({ filters, set }: { filters: QuestionFilters; set: (change: Partial<QuestionFilters>) => void }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mt="sm" spacing="sm">
      <Select label={t("col.intent")} data={intentChoices()} searchable clearable placeholder={t("any")} nothingFoundMessage={t("nothing")} value={filters.intent ?? null} onChange={(v) => set({ intent: v ?? "" })} />
      <Select label={t("col.source")} data={sourceKinds.map((value) => ({ value, label: t(`source.${value}` as Key) }))} clearable placeholder={t("any")} value={filters.source ?? null} onChange={(v) => set({ source: v ?? "" })} />
      <Select label={t("col.outcome")} data={outcomes.map((value) => ({ value, label: t(`outcome.${value}` as Key) }))} clearable placeholder={t("any")} value={filters.outcome ?? null} onChange={(v) => set({ outcome: v ?? "" })} />
      <Select label={t("language")} data={languageChoices()} clearable placeholder={t("any")} value={filters.language ?? null} onChange={(v) => set({ language: v ?? "" })} />
      <Select label={t("filters.reason")} data={["requested", "unanswered", "said_before", "complaint", "not_helpful", "model_failed", "rule", "call_back"].map((value) => ({ value, label: t(`reason.${value}` as Key) }))} clearable placeholder={t("any")} value={filters.reason ?? null} onChange={(v) => set({ reason: v ?? "" })} />
      <Select label={t("filters.foreseen")} data={(["1", "3", "none"] as const).map((value) => ({ value, label: t(`filters.foreseen.${value}`) }))} clearable placeholder={t("any")} value={filters.foreseen ?? null} onChange={(v) => set({ foreseen: v ?? "" })} />
      <NumberInput label={t("filters.min")} suffix=" %" min={0} max={100} value={filters.minConfidence === undefined ? "" : Math.round(filters.minConfidence * 100)}
        onChange={(v) => set({ minConfidence: typeof v === "number" ? v / 100 : undefined })} />
      <NumberInput label={t("filters.max")} suffix=" %" min={0} max={100} value={filters.maxConfidence === undefined ? "" : Math.round(filters.maxConfidence * 100)}
        onChange={(v) => set({ maxConfidence: typeof v === "number" ? v / 100 : undefined })} />
      <TextInput type="date" label={t("filters.from")} value={filters.from ?? ""} onChange={(event) => set({ from: event.currentTarget.value })} />
      <TextInput type="date" label={t("filters.to")} value={filters.to ?? ""} onChange={(event) => set({ to: event.currentTarget.value })} />
      <TextInput label={t("filters.sourceId")} value={filters.sourceId ?? ""} onChange={(event) => set({ sourceId: event.currentTarget.value })} />
      <TextInput label={t("filters.customer")} value={filters.customer ?? ""} onChange={(event) => set({ customer: event.currentTarget.value })} />
    </SimpleGrid>
  );
}
