import { keysOf, textOr } from "./i18n";

/** The shipped intents as a shopper would ask them. A store's own intents are shown by their id. */
export const intentIds = (): string[] => keysOf("intent.");

export const intentLabel = (id: string): string => textOr(`intent.${id}`, id);

export interface IntentGroup {
  group: string;
  items: { value: string; label: string }[];
}

/** For a select: intents by group, each with its question and its id. */
export function intentChoices(): IntentGroup[] {
  const byGroup = new Map<string, IntentGroup>();
  for (const id of intentIds()) {
    const key = id.split(".")[0] ?? id;
    const group = byGroup.get(key) ?? { group: textOr(`intents.${key}`, key), items: [] };
    group.items.push({ value: id, label: `${intentLabel(id)} (${id})` });
    byGroup.set(key, group);
  }
  return [...byGroup.values()];
}
