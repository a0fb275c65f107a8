import { ActionIcon, Alert, Badge, Button, Group, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../../context";
import { dateTime, t } from "../../i18n";
import { ProblemAlert } from "../../parts/feedback";
import { Loading } from "../../parts/page";
import type { Hours } from "../../types";
import { timeZones } from "../../zones";
import { usePolicy, useSavePolicy } from "../onboarding/StepBody";
import { Box, SaveBar } from "./parts";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const nothing: Hours = { enabled: false, week: [], holidays: [] };

export default function HoursPart() {
  const { api, session } = useSigned();
  const policy = usePolicy();
  const [draft, setDraft] = useState<Hours>();
  const save = useSavePolicy(() => { setDraft(undefined); void now.refetch(); });
  const now = useQuery({ queryKey: [session.tenant, "hours"], queryFn: ({ signal }) => api.get<{ open: boolean; timeZone: string; now: string; nextChange?: string }>("/v1/tenant/hours", signal), refetchInterval: 60_000, retry: false });
  if (!policy.data) {
    return policy.isError ? <ProblemAlert error={policy.error} retry={() => void policy.refetch()} /> : <Loading />;
  }
  const h = draft ?? policy.data.hours ?? nothing;
  const set = (change: Partial<Hours>) => setDraft({ ...h, ...change });
  const may = session.may("store.write");
  const change = (index: number, to: Partial<Hours["week"][number]>) => set({ week: h.week.map((w, i) => (i === index ? { ...w, ...to } : w)) });
  const holiday = (index: number, to: Partial<Hours["holidays"][number]>) => set({ holidays: h.holidays.map((d, i) => (i === index ? { ...d, ...to } : d)) });
  return (
    <Stack gap="md">
      {may ? null : <Alert color="gray" variant="light">{t("settings.readonly")}</Alert>}
      <fieldset disabled={!may} className="plain-fieldset">
        <Stack gap="md">
          <Box>
            <Group justify="space-between" align="flex-end">
              <Stack gap={6}>
                <Switch label={t("hours.on")} checked={h.enabled} onChange={(event) => set({ enabled: event.currentTarget.checked })} />
                {now.data && policy.data.hours?.enabled ? <Group gap="xs"><Badge color={now.data.open ? "teal" : "gray"} variant="light">{t(now.data.open ? "hours.now.open" : "hours.now.closed")}</Badge>{now.data.nextChange ? <Text size="xs" c="dimmed">{t("hours.next", { when: dateTime(now.data.nextChange) })}</Text> : null}</Group> : null}
              </Stack>
              <Select label={t("field.timeZone")} searchable limit={60} data={timeZones(h.timeZone ?? session.store?.timeZone ?? "UTC")} value={h.timeZone ?? session.store?.timeZone ?? "UTC"} onChange={(value) => set(value ? { timeZone: value } : {})} />
            </Group>
          </Box>
          <Box title={t("settings.hours")} action={<Button size="xs" variant="default" onClick={() => { const mondays = h.week.filter((w) => w.day === "mon"); set({ week: [...days.slice(0, 5).flatMap((day) => mondays.map((w) => ({ ...w, day }))), ...h.week.filter((w) => w.day === "sat" || w.day === "sun")] }); }}>{t("hours.copy")}</Button>}>
            <Stack gap={8}>
              {days.map((day) => {
                const name = t(`day.${day}`);
                const rows = h.week.map((w, index) => ({ ...w, index })).filter((w) => w.day === day);
                return (
                  <div key={day} className="hours-row">
                    <Text size="sm" fw={500}>{name}</Text>
                    <Group gap="sm" className="grow">
                      {rows.length === 0 ? <Text size="sm" c="dimmed">{t("hours.closed")}</Text> : rows.map((w) => (
                        <Group key={w.index} gap={4} wrap="nowrap">
                          <TextInput size="xs" type="time" aria-label={t("hours.from", { day: name })} value={w.from} onChange={(event) => change(w.index, { from: event.currentTarget.value })} />
                          <Text size="sm">–</Text>
                          <TextInput size="xs" type="time" aria-label={t("hours.to", { day: name })} value={w.to} onChange={(event) => change(w.index, { to: event.currentTarget.value })} />
                          <ActionIcon variant="subtle" color="gray" aria-label={t("hours.remove", { from: w.from, to: w.to, day: name })} onClick={() => set({ week: h.week.filter((_, i) => i !== w.index) })}>×</ActionIcon>
                        </Group>
                      ))}
                    </Group>
                    <ActionIcon variant="default" aria-label={t("hours.add", { day: name })} onClick={() => set({ week: [...h.week, rows.length === 0 ? { day, from: "09:00", to: "18:00" } : { day, from: "19:00", to: "21:00" }] })}>+</ActionIcon>
                  </div>
                );
              })}
            </Stack>
          </Box>
          <Box title={t("hours.holidays")} action={<Button size="xs" variant="default" onClick={() => set({ holidays: [...h.holidays, { date: new Date().toISOString().slice(0, 10) }] })}>{t("hours.holiday.add")}</Button>}>
            {h.holidays.length === 0 ? <Text size="sm" c="dimmed">{t("hours.holidays.none")}</Text> : (
              <Stack gap={8}>
                {h.holidays.map((d, index) => (
                  <Group key={index} gap="xs" wrap="nowrap">
                    <TextInput size="xs" type="date" aria-label={t("hours.holiday.date")} value={d.date} onChange={(event) => holiday(index, { date: event.currentTarget.value })} />
                    <TextInput size="xs" flex={1} maxLength={100} aria-label={t("hours.holiday.name")} placeholder={t("hours.holiday.name")} value={d.name ?? ""} onChange={(event) => holiday(index, { name: event.currentTarget.value })} />
                    <ActionIcon variant="subtle" color="gray" aria-label={t("hours.holiday.remove", { date: d.date })} onClick={() => set({ holidays: h.holidays.filter((_, i) => i !== index) })}>×</ActionIcon>
                  </Group>
                ))}
              </Stack>
            )}
          </Box>
        </Stack>
      </fieldset>
      <SaveBar shown={draft !== undefined} busy={save.isPending} onSave={() => save.mutate({ hours: { ...h, holidays: h.holidays.map(({ name, ...rest }) => (name ? { ...rest, name } : rest)) } })} onDiscard={() => setDraft(undefined)} />
    </Stack>
  );
}
