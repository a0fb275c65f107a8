import { Alert, Button, Code, Drawer, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { queryString } from "../../api";
import { useSigned } from "../../context";
import { dateTime, number, t } from "../../i18n";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty, ProblemAlert } from "../../parts/feedback";
import { Loading, useMore } from "../../parts/page";
import { saveAs, today } from "../../parts/save";
import { Link, navigate, usePlace, withQuery } from "../../router";
import type { AuditRecord } from "../../types";

const names = ["text", "actor", "action", "from", "to"] as const;

export default function AuditPart() {
  const { api, session } = useSigned();
  const place = usePlace();
  const filters = Object.fromEntries(names.flatMap((n) => { const v = place.query.get(n); return v ? [[n, v]] : []; }));
  const query = { ...filters, ...(filters.from ? { from: new Date(`${filters.from}T00:00:00`).toISOString() } : {}), ...(filters.to ? { to: new Date(`${filters.to}T23:59:59.999`).toISOString() } : {}) };
  const list = useInfiniteQuery({
    queryKey: [session.tenant, "audit", query],
    queryFn: ({ pageParam, signal }) => api.list<AuditRecord>("records", `/v1/audit${queryString({ ...query, cursor: pageParam, limit: 100 })}`, signal),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next, placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((p) => p.rows) ?? [], [list.data]);
  const verify = useMutation({ mutationFn: () => api.get<{ valid: boolean; records: number; head?: string; brokenAt?: number }>("/v1/audit/verify") });
  const save = useMutation({ mutationFn: async (format: "csv" | "jsonl") => saveAs(await api.file(`/v1/audit.${format}${queryString(query)}`), `audit-${session.tenant}-${today()}.${format}`) });
  const [typed, setTyped] = useState(filters.text ?? "");
  const go = (change: Record<string, string>) => navigate(withQuery(place, change), { replace: true });
  const search = useDebouncedCallback((text: string) => go({ text: text.trim() }), 300);
  const openTo = useCallback((r: AuditRecord) => withQuery(place, { open: String(r.number) }), [place]);
  const columns = useMemo(() => columnsOf(openTo), [openTo]);
  const more = useMore(list);
  const open = rows.find((r) => String(r.number) === place.query.get("open"));
  return (
    <Stack gap="md">
      <Group gap="xs" align="flex-end">
        <TextInput type="search" label={t("audit.search")} flex="1 1 180px" value={typed} onChange={(event) => { setTyped(event.currentTarget.value); search(event.currentTarget.value); }} />
        <TextInput label={t("audit.action")} w={150} placeholder="policy.change" defaultValue={filters.action ?? ""} onBlur={(event) => go({ action: event.currentTarget.value.trim() })} onKeyDown={(event) => { if (event.key === "Enter") { go({ action: event.currentTarget.value.trim() }); } }} />
        <TextInput type="date" label={t("filters.from")} value={filters.from ?? ""} onChange={(event) => go({ from: event.currentTarget.value })} />
        <TextInput type="date" label={t("filters.to")} value={filters.to ?? ""} onChange={(event) => go({ to: event.currentTarget.value })} />
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>{t("audit.verify")}</Button>
        {(["csv", "jsonl"] as const).map((f) => <Button key={f} variant="default" onClick={() => save.mutate(f)}>{f.toUpperCase()}</Button>)}
      </Group>
      {verify.data ? <Alert color={verify.data.valid ? "teal" : "red"} role="status">{verify.data.valid ? t("audit.valid", { n: number(verify.data.records) }) : t("audit.broken", { n: number(verify.data.brokenAt ?? 0) })}{verify.data.head ? <Text size="xs" className="mono break">{verify.data.head}</Text> : null}</Alert> : null}
      {list.isPending ? <Loading /> : null}
      {list.isError && !list.data ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? <Empty title={t("audit.none")}>{t("audit.none.help")}</Empty> : null}
      {rows.length > 0 ? (
        <DataTable label={t("settings.audit")} columns={columns} rows={rows} keyOf={keyOf} height={50} className="audit-rows" rowClass="audit-row" linkOf={openTo} selected={open ? rows.indexOf(open) : -1}
          onEnd={more} />
      ) : null}
      <Drawer opened={open !== undefined} onClose={() => navigate(withQuery(place, { open: undefined }))} position="right" size="lg" title={t("audit.detail", { n: open?.number ?? 0 })} closeButtonProps={{ "aria-label": t("close") }}>
        {open ? (
          <Stack gap="sm">
            <SimpleGrid cols={2}>
              <Fact label={t("audit.when")} value={dateTime(open.at)} /><Fact label={t("audit.actor")} value={`${open.actor.name ?? open.actor.id} (${open.actor.kind})`} />
              <Fact label={t("audit.action")} value={open.action} /><Fact label={t("audit.target")} value={open.target ?? "–"} />
              <Fact label={t("audit.address")} value={open.address ?? "–"} />
            </SimpleGrid>
            {open.summary ? <Code block className="copyable-text" tabIndex={0}>{JSON.stringify(open.summary, null, 2)}</Code> : null}
            <Fact label={t("audit.hash")} value={open.hash} mono />
          </Stack>
        ) : null}
      </Drawer>
    </Stack>
  );
}

const keyOf = (r: AuditRecord): string => String(r.number);
const columnsOf = (openTo: (record: AuditRecord) => string): Column<AuditRecord>[] => [
  { id: "when", header: t("audit.when"), look: "small figures", cell: (r) => dateTime(r.at) },
  { id: "actor", header: t("audit.actor"), look: "live-name", cell: (r) => r.actor.name ?? r.actor.id },
  { id: "action", header: t("audit.action"), cell: (r) => <Link to={openTo(r)} className="row-title mono">{r.action}</Link> },
  { id: "target", header: t("audit.target"), className: "grow", look: "live-line live-dim", cell: (r) => r.target ?? "" },
];

function Fact({ label, value, mono }: { label: string; value: string; mono?: boolean }) {
  return <div><Text size="xs" c="dimmed">{label}</Text><Text size="sm" className={mono ? "mono break" : "break"}>{value}</Text></div>;
}
