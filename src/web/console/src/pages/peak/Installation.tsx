import { Badge, Button, Group, PasswordInput, Select, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Api } from "../../api";
import { clock, decimal, duration, number, percent, t } from "../../i18n";
import { ProblemAlert } from "../../parts/feedback";
import { Loading } from "../../parts/page";
import { Scroll } from "../../parts/Scroll";
import type { PeakState } from "../../types";
import { Box } from "../settings/parts";
import { rungChoices } from "./rungs";

/** The ladder of all stores, for whoever has the installation's own key. It is held by this component alone and goes with it. */
export default function Installation() {
  const [typed, setTyped] = useState("");
  const [api, setApi] = useState<Api>();
  const forget = () => { setApi(undefined); setTyped(""); };
  return (
    <Box title={t("peak.all")} about={t("peak.all.about")} action={api ? <Button size="xs" variant="default" onClick={forget}>{t("peak.key.forget")}</Button> : null}>
      {api ? <State api={api} /> : (
        <form onSubmit={(event) => { event.preventDefault(); setApi(new Api({ key: typed.trim() })); setTyped(""); }}>
          <Group align="flex-end" gap="sm">
            <PasswordInput flex="1 1 220px" maw={420} label={t("peak.key")} autoComplete="off" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} required visibilityToggleButtonProps={{ "aria-label": t("signIn.password.show") }} />
            <Button type="submit" variant="default" disabled={typed.trim() === ""}>{t("peak.key.use")}</Button>
          </Group>
        </form>
      )}
    </Box>
  );
}

function State({ api }: { api: Api }) {
  const queries = useQueryClient();
  // Of this key and this visit: nobody else's cache has it.
  const [key] = useState(() => ["installation", crypto.randomUUID()]);
  const state = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<PeakState>("/v1/peak", signal), refetchInterval: 3_000, retry: false, gcTime: 0 });
  const taken = (next: PeakState) => queries.setQueryData(key, next);
  const hold = useMutation({ mutationFn: (rung: string) => api.json<PeakState>("PUT", "/v1/peak", { rung }), onSuccess: taken });
  const end = useMutation({ mutationFn: () => api.json<PeakState>("DELETE", "/v1/peak/rehearsals"), onSuccess: taken });
  if (state.isPending) {
    return <Loading rows={2} />;
  }
  if (!state.data) {
    return <ProblemAlert error={state.error} retry={() => void state.refetch()} />;
  }
  const { rung, manual, figures: f, stores, rehearsals } = state.data;
  return (
    <Stack gap="md">
      <Group gap="lg" align="flex-end">
        <Select flex="1 1 240px" maw={320} label={t("peak.switch")} description={t("peak.switch.help")} allowDeselect={false} data={[{ value: "auto", label: t("peak.auto") }, ...rungChoices()]}
          value={hold.isPending ? hold.variables : manual ? rung : "auto"} onChange={(value) => { if (value) { hold.mutate(value); } }} />
        <Text size="sm" c="dimmed" className="figures">
          {t(`rung.${rung}`)} · {t("peak.pressure")} {percent(f.pressure)} · {t("peak.queueAge")} {duration(f.queueAgeMs / 1000)} · {t("peak.flush")} {duration(f.flushMs / 1000)} · {t("peak.cpu")} {percent(f.cpu)} · {t("peak.waiting")} {number(f.waiting)}
        </Text>
      </Group>
      {rehearsals.length > 0 ? (
        <Group gap="xs"><Text size="sm" fw={550}>{t("peak.rehearsals")}</Text>
          {rehearsals.map((r) => <Badge key={r.tenant ?? ""} variant="light" color="yellow">{r.tenant ?? t("peak.everywhere")}: {t(`rung.${r.rung}`)} – {clock(r.until)}</Badge>)}
          <Button size="compact-xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>{t("peak.rehearsals.end")}</Button>
        </Group>
      ) : null}
      {stores.length === 0 ? <Text size="sm" c="dimmed">{t("peak.stores.none")}</Text> : (
        <Scroll label={t("peak.stores")} height={360}>
          <Table verticalSpacing={6} stickyHeader aria-label={t("peak.stores")} className="figures">
            <Table.Thead><Table.Tr><Table.Th>{t("connect.store")}</Table.Th><Table.Th>{t("peak.rehearse.rung")}</Table.Th><Table.Th ta="right">{t("peak.asked")}</Table.Th><Table.Th ta="right">{t("peak.served")}</Table.Th><Table.Th ta="right">{t("peak.waiting")}</Table.Th><Table.Th ta="right">{t("peak.wait")}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {stores.map((s) => (
                <Table.Tr key={s.id}>
                  <Table.Td>{s.id} {s.light ? <Badge size="xs" variant="default">{t("peak.share")}</Badge> : null}</Table.Td>
                  <Table.Td>{t(`rung.${s.rung}`)}</Table.Td>
                  <Table.Td ta="right">{decimal(s.askedPerSecond)}</Table.Td><Table.Td ta="right">{decimal(s.servedPerSecond)}</Table.Td>
                  <Table.Td ta="right">{number(s.waiting)}</Table.Td><Table.Td ta="right">{s.waiting > 0 ? duration(s.waitSeconds) : "–"}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Stack>
  );
}
