import { ActionIcon, Alert, Badge, Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../../context";
import { inDays, t } from "../../i18n";
import { Empty, ProblemAlert, showDone } from "../../parts/feedback";
import { Loading } from "../../parts/page";
import type { Campaign } from "../../types";
import { Box, SaveBar } from "./parts";

const mostDays = 60;
const most = 100;
const day = 86_400_000;

/** The store's calendar of sales: other questions are foreseen around them. */
export default function CampaignsPart() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "campaigns"];
  const stored = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await api.list<Campaign>("campaigns", "/v1/tenant/campaigns", signal)).rows });
  const [draft, setDraft] = useState<Campaign[]>();
  const save = useMutation({
    mutationFn: (campaigns: Campaign[]) => api.json<{ campaigns: Campaign[] }>("PUT", "/v1/tenant/campaigns", { campaigns }),
    onSuccess: ({ campaigns }) => { queries.setQueryData(key, campaigns); setDraft(undefined); showDone(t("saved")); },
  });
  if (!stored.data) {
    return stored.isError ? <ProblemAlert error={stored.error} retry={() => void stored.refetch()} /> : <Loading />;
  }
  const rows = draft ?? [...stored.data].sort((a, b) => a.from.localeCompare(b.from));
  const may = session.may("store.write");
  const zone = session.store?.timeZone ?? "UTC";
  const today = dayIn(zone);
  const set = (index: number, change: Partial<Campaign>) => setDraft(rows.map((c, i) => (i === index ? { ...c, ...change } : c)));
  const faulty = rows.some((c) => c.name.trim() === "" || isWrong(c));
  const add = () => setDraft([...rows, { name: "", from: today, to: today }]);
  return (
    <Stack gap="md">
      {may ? null : <Alert color="gray" variant="light">{t("settings.readonly")}</Alert>}
      <fieldset disabled={!may} className="plain-fieldset">
        <Box title={t("settings.campaigns")} about={t("campaign.zone", { zone })} action={may && rows.length > 0 && rows.length < most ? <Button size="xs" variant="default" onClick={add}>{t("campaign.add")}</Button> : null}>
          {rows.length === 0 ? <Empty title={t("campaign.none")} action={may ? <Button onClick={add}>{t("campaign.add")}</Button> : null}>{t("campaign.none.help")}</Empty> : (
            <>
            <div className="campaign campaign-head" aria-hidden="true"><Text size="xs" fw={600} c="dimmed">{t("campaign.name")}</Text><Text size="xs" fw={600} c="dimmed">{t("campaign.from")}</Text><Text size="xs" fw={600} c="dimmed">{t("campaign.to")}</Text></div>
            <Stack gap="sm" component="ul" className="plain-list">
              {rows.map((c, index) => {
                const name = c.name.trim() || String(index + 1);
                return (
                  <li key={index} className="campaign">
                    <TextInput size="sm" maxLength={100} required aria-label={t("campaign.name.of", { n: index + 1 })} placeholder={t("campaign.name")} value={c.name} onChange={(event) => set(index, { name: event.currentTarget.value })} data-autofocus={c.name === "" || undefined} />
                    <TextInput size="sm" type="date" required aria-label={t("campaign.from.of", { name })} value={c.from} onChange={(event) => set(index, { from: event.currentTarget.value, ...(c.to < event.currentTarget.value ? { to: event.currentTarget.value } : {}) })} />
                    <TextInput size="sm" type="date" required min={c.from} aria-label={t("campaign.to.of", { name })} value={c.to} error={isWrong(c)} onChange={(event) => set(index, { to: event.currentTarget.value })} />
                    <span className="campaign-state"><State campaign={c} today={today} /></span>
                    {may ? <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("campaign.remove", { name })} onClick={() => setDraft(rows.filter((_, i) => i !== index))}>×</ActionIcon> : null}
                  </li>
                );
              })}
            </Stack>
            </>
          )}
          {rows.some(isWrong) ? <Text size="sm" c="red" mt="sm" role="alert">{t("campaign.wrong")}</Text> : null}
        </Box>
      </fieldset>
      <SaveBar shown={draft !== undefined} busy={save.isPending} disabled={faulty} onSave={() => save.mutate(rows.map((c) => ({ ...c, name: c.name.trim() })))} onDiscard={() => setDraft(undefined)} />
    </Stack>
  );
}

function State({ campaign: c, today }: { campaign: Campaign; today: string }) {
  const days = Math.round((Date.parse(c.from) - Date.parse(today)) / day);
  return c.to < today ? <Badge variant="light" color="gray">{t("campaign.over")}</Badge>
    : days <= 0 ? <Badge variant="light" color="teal">{t("campaign.now")}</Badge>
    : <Badge variant="default">{inDays(days)}</Badge>;
}

const isWrong = (c: Campaign): boolean => c.from === "" || c.to === "" || c.to < c.from || Date.parse(c.to) - Date.parse(c.from) >= mostDays * day;

/** "2026-11-22" there and now; ISO is how Swedes write a date. */
const dayIn = (timeZone: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date());
