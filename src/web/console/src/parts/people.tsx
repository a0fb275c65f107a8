import { Avatar, Badge, Group, Text } from "@mantine/core";
import { t, textOr } from "../i18n";
import type { Tier } from "../types";

// Those whose light shades app.css makes dark enough to read.
const hues = ["blue", "teal", "grape", "orange", "indigo", "red"];

export function hueOf(id: string): string {
  let sum = 0;
  for (let index = 0; index < id.length; index++) {
    sum = (sum * 31 + id.charCodeAt(index)) >>> 0;
  }
  return hues[sum % hues.length] ?? "blue";
}

/** A name, or for a guest the end of the id: enough to tell two apart. */
export const shopperName = (id: string, name?: string): string => name ?? t("live.guest", { id: id.slice(-4) });

export const initials = (id: string, name?: string): string => [...(name ?? id.slice(-2))].slice(0, name ? 1 : 2).join("").toUpperCase();

export function Face({ id, name, size = 32 }: { id: string; name?: string | undefined; size?: number }) {
  return <Avatar size={size} radius="xl" color={hueOf(id)} aria-hidden="true">{initials(id, name)}</Avatar>;
}

export function TierBadge({ tier }: { tier: Tier }) {
  return tier === "standard" ? null : <Badge size="xs" variant="light" color={tier === "vip" ? "grape" : tier === "gold" ? "yellow" : "gray"}>{textOr(`tier.${tier}`, tier)}</Badge>;
}

export function Shopper({ id, name, tier }: { id: string; name?: string | undefined; tier?: Tier }) {
  return (
    <Group gap={8} wrap="nowrap" miw={0}>
      <Face id={id} name={name} />
      <div className="grow">
        <Group gap={6} wrap="nowrap"><Text size="sm" fw={550} truncate>{shopperName(id, name)}</Text>{tier ? <TierBadge tier={tier} /> : null}</Group>
        {name ? <Text size="xs" c="dimmed" truncate>{id}</Text> : null}
      </div>
    </Group>
  );
}

/** In plain elements, for rows that are made while somebody scrolls. */
export function PlainShopper({ id, name, tier }: { id: string; name?: string | undefined; tier: Tier }) {
  return (
    <span className="live-who">
      <span className="face" data-hue={hueOf(id)} aria-hidden="true">{initials(id, name)}</span>
      <span className="live-cell">
        <span className="q-line"><span className="live-name">{shopperName(id, name)}</span>{tier === "standard" ? null : <span className="pill" data-hue={tier === "vip" ? "grape" : tier === "gold" ? "yellow" : "gray"}>{textOr(`tier.${tier}`, tier)}</span>}</span>
        {name ? <span className="live-small">{id}</span> : null}
      </span>
    </span>
  );
}
