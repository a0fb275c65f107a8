import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../context";
import { t } from "../i18n";

/** Which item an answer replaces; empty makes a new one. */
export function ItemPicker({ value, title, onChange, disabled }: { value: string | undefined; title?: string | undefined; onChange: (id: string | undefined) => void; disabled?: boolean }) {
  const { api, session } = useSigned();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<{ value: string; label: string } | undefined>(value ? { value, label: title ? `${title} (${value})` : value } : undefined);
  // The search box shows the chosen label; that is not a search.
  const [text] = useDebouncedValue(search === chosen?.label ? "" : search.trim(), 250);
  const found = useQuery({ queryKey: [session.tenant, "items", "pick", text], queryFn: ({ signal }) => api.items({ text: text || undefined, limit: 20 }, signal) });
  const data = (found.data?.rows ?? []).map((item) => ({ value: item.id, label: `${item.question} (${item.id})` }));
  if (chosen && value === chosen.value && !data.some((d) => d.value === chosen.value)) {
    data.unshift(chosen);
  }
  return (
    <Select label={t("field.replaces")} description={t("field.replaces.help")} placeholder={t("field.replaces.none")} data={data} searchable clearable disabled={disabled ?? false}
      filter={({ options }) => options} nothingFoundMessage={found.isFetching ? t("loading") : t("nothing")} searchValue={search} onSearchChange={setSearch} value={value ?? null}
      onChange={(id, option) => {
        setChosen(id ? { value: id, label: String(option?.label ?? id) } : undefined);
        onChange(id ?? undefined);
      }} />
  );
}
