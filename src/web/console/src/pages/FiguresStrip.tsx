import { Paper, SimpleGrid, Skeleton, Text, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSigned } from "../context";
import { number, percent, t } from "../i18n";
import type { Figures } from "../types";

const share = (part: number, whole: number): string => (whole === 0 ? "–" : percent(part / whole));

export function figureTiles(f: Figures): { label: string; value: string; help: string }[] {
  return [
    { label: t("figures.conversations"), value: number(f.conversations), help: t("figures.conversations.help", { n: number(f.questions) }) },
    { label: t("figures.answered"), value: share(f.answered, f.questions), help: t("figures.answered.help", { n: number(f.answered), of: number(f.questions) }) },
    { label: t("figures.handedOff"), value: share(f.handedOff, f.questions), help: t("figures.handedOff.help", { n: number(f.handedOff), of: number(f.questions) }) },
    { label: t("figures.popups"), value: `${number(f.popups.offered)} → ${number(f.popups.opened)}`, help: t("figures.popups.help", { n: number(f.popups.seen), share: share(f.popups.opened, f.popups.offered) }) },
    { label: t("figures.withheld"), value: number(f.popups.withheld), help: t("figures.withheld.help") },
  ];
}

/** The last seven days in five numbers. */
export function FiguresStrip() {
  const { api, session } = useSigned();
  const figures = useQuery({
    queryKey: [session.tenant, "figures"],
    queryFn: ({ signal }) => {
      const now = Date.now();
      return api.figures(new Date(now - 7 * 86_400_000).toISOString(), new Date(now).toISOString(), signal);
    },
    refetchInterval: 30_000,
  });
  if (figures.isError) {
    // The log below says what is wrong with the server; a second notice would only be noise.
    return null;
  }
  return (
    <section aria-label={t("figures.title")}>
      <SimpleGrid cols={{ base: 2, sm: 3, md: 5 }} spacing="sm">
        {figures.data
          ? figureTiles(figures.data).map((tile) => (
              <Tooltip key={tile.label} label={tile.help} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
                <Paper withBorder p="sm" radius="md" tabIndex={0}>
                  <Text size="xs" c="dimmed">{tile.label}</Text>
                  <Text size="xl" fw={600} className="figures">{tile.value}</Text>
                </Paper>
              </Tooltip>
            ))
          : Array.from({ length: 5 }, (_, index) => <Skeleton key={index} height={74} radius="md" />)}
      </SimpleGrid>
    </section>
  );
}
