import { Alert, Badge, Button, Checkbox, Collapse, Group, Modal, Paper, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSigned } from "../../context";
import { ago, dateTime, number, t } from "../../i18n";
import { ConfirmButton } from "../../parts/ConfirmButton";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty, ProblemAlert, showDone } from "../../parts/feedback";
import { Loading, useMore } from "../../parts/page";
import type { Delivery, Webhook } from "../../types";
import { Copyable } from "../onboarding/StepBody";

const events = ["conversation.opened", "conversation.handed_off", "conversation.closed", "conversation.rated", "question.unanswered", "order.late", "popup.opened", "popup.dismissed"];

export default function WebhooksPart() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "webhooks"];
  const hooks = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await api.list<Webhook>("webhooks", "/v1/tenant/webhooks", signal)).rows });
  const [draft, setDraft] = useState<{ id?: string; url: string; events: string[] }>();
  const changed = () => queries.invalidateQueries({ queryKey: key });
  const save = useMutation({
    mutationFn: (d: { id?: string; url: string; events: string[] }) => api.json<Webhook>(d.id ? "PUT" : "POST", d.id ? `/v1/tenant/webhooks/${encodeURIComponent(d.id)}` : "/v1/tenant/webhooks", { url: d.url.trim(), events: d.events }),
    onSuccess: async (made) => { await changed(); if (!made.secret) { close(); showDone(t("saved")); } },
  });
  const close = () => { setDraft(undefined); save.reset(); };
  return (
    <Stack gap="md">
      <Group justify="flex-end"><Button onClick={() => setDraft({ url: "https://", events: ["conversation.handed_off"] })}>{t("hooks.new")}</Button></Group>
      {hooks.isPending ? <Loading rows={3} height={80} /> : null}
      {hooks.isError ? <ProblemAlert error={hooks.error} retry={() => void hooks.refetch()} /> : null}
      {hooks.data?.length === 0 ? <Empty title={t("hooks.none")}>{t("hooks.none.help")}</Empty> : null}
      {(hooks.data ?? []).map((hook) => <One key={hook.id} hook={hook} onEdit={() => setDraft({ id: hook.id, url: hook.url, events: hook.events })} onChanged={changed} />)}
      <Modal opened={draft !== undefined} onClose={close} title={t("hooks.new")} centered closeButtonProps={{ "aria-label": t("close") }}>
        {save.data?.secret ? <Stack><Alert color="yellow">{t("hooks.secret")}</Alert><Copyable text={save.data.secret} secret /><Button onClick={close}>{t("done")}</Button></Stack> : draft ? (
          <form onSubmit={(event) => { event.preventDefault(); save.mutate(draft); }}>
            <Stack>
              <TextInput type="url" label={t("hooks.url")} description={t("hooks.url.help")} required maxLength={2000} value={draft.url} onChange={(event) => setDraft({ ...draft, url: event.currentTarget.value })} data-autofocus />
              <Checkbox.Group label={t("hooks.events")} value={draft.events} onChange={(value) => setDraft({ ...draft, events: value })}><Stack gap={6} mt={6}>{events.map((e) => <Checkbox key={e} value={e} label={e} />)}</Stack></Checkbox.Group>
              <Group justify="flex-end"><Button variant="default" onClick={close}>{t("cancel")}</Button><Button type="submit" loading={save.isPending} disabled={draft.events.length === 0}>{t("save")}</Button></Group>
            </Stack>
          </form>
        ) : null}
      </Modal>
    </Stack>
  );
}

function One({ hook, onEdit, onChanged }: { hook: Webhook; onEdit: () => void; onChanged: () => Promise<void> }) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const { session } = useSigned();
  const [log, setLog] = useState(false);
  const path = `/v1/tenant/webhooks/${encodeURIComponent(hook.id)}`;
  const turn = useMutation({ mutationFn: (enabled: boolean) => api.json("PUT", path, { enabled }), onSuccess: onChanged });
  const remove = useMutation({ mutationFn: () => api.json("DELETE", path), onSuccess: onChanged });
  const test = useMutation({ mutationFn: () => api.json<{ delivered: boolean; status?: number; milliseconds: number; error?: string }>("POST", `${path}/test`), onSuccess: () => queries.invalidateQueries({ queryKey: [session.tenant, "deliveries", hook.id] }) });
  return (
    <Paper withBorder p="md" radius="md" component="article" aria-label={hook.url}>
      <Group justify="space-between" align="flex-start">
        <div className="grow"><Text fw={550} className="break">{hook.url}</Text><Group gap={4} mt={4}>{hook.events.map((e) => <Badge key={e} size="sm" variant="default">{e}</Badge>)}</Group></div>
        <Switch label={t("hooks.on")} checked={turn.isPending ? turn.variables : hook.enabled} onChange={(event) => turn.mutate(event.currentTarget.checked)} />
      </Group>
      {test.data ? <Alert mt="sm" color={test.data.delivered ? "teal" : "red"} role="status">{test.data.delivered ? t("hooks.tested", { ms: number(test.data.milliseconds), status: test.data.status ?? "–" }) : t("hooks.test.failed", { why: test.data.error ?? String(test.data.status ?? "") })}</Alert> : null}
      <Group gap="xs" mt="sm">
        <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>{t("hooks.test")}</Button>
        <Button size="xs" variant="default" onClick={onEdit}>{t("edit")}</Button>
        <Button size="xs" variant="default" aria-expanded={log} onClick={() => setLog(!log)}>{t("hooks.deliveries")}</Button>
        <ConfirmButton size="xs" variant="subtle" color="red" title={t("hooks.delete")} label={t("delete")} onConfirm={() => remove.mutate()}>{t("hooks.delete.ask")}</ConfirmButton>
      </Group>
      <Collapse expanded={log}>{log ? <Deliveries hook={hook.id} /> : null}</Collapse>
    </Paper>
  );
}

function Deliveries({ hook }: { hook: string }) {
  const { api, session } = useSigned();
  const list = useInfiniteQuery({
    queryKey: [session.tenant, "deliveries", hook],
    queryFn: ({ pageParam, signal }) => api.list<Delivery>("deliveries", `/v1/tenant/webhooks/${encodeURIComponent(hook)}/deliveries?limit=50${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ""}`, signal),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next, refetchInterval: 10_000,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((p) => p.rows) ?? [], [list.data]);
  const columns = useMemo(columnsOf, []);
  const more = useMore(list);
  if (list.isPending) {
    return <Loading rows={2} />;
  }
  return rows.length === 0 ? <Text size="sm" c="dimmed" mt="sm">{t("hooks.deliveries.none")}</Text> : (
    <div className="deliveries">
      <DataTable label={t("hooks.deliveries")} columns={columns} rows={rows} keyOf={keyOf} height={48} uneven className="delivery-rows" rowClass="delivery-row" onEnd={more} />
    </div>
  );
}

const keyOf = (d: Delivery): string => d.id;
const columnsOf = (): Column<Delivery>[] => [
  { id: "state", header: t("col.status"), cell: (d) => <Badge size="sm" variant="light" color={d.state === "delivered" ? "teal" : d.state === "failed" ? "red" : "yellow"}>{t(`delivery.${d.state}`)}</Badge> },
  { id: "event", header: t("hooks.event"), cell: (d) => <Text size="xs" className="mono break">{d.event}</Text> },
  { id: "time", header: t("col.time"), cell: (d) => <Text size="xs" c="dimmed" className="figures">{dateTime(d.at)}</Text> },
  {
    id: "tries", header: t("hooks.tries"), className: "grow", cell: (d) => (
      <>
        <Text size="xs" c="dimmed">{t("hooks.attempts", { n: d.attempts })}{d.status ? ` · ${d.status}` : ""}{d.nextAt ? ` · ${t("hooks.next", { when: ago(d.nextAt) })}` : ""}</Text>
        {d.error ? <Text size="xs" c="red" className="break">{d.error}</Text> : null}
      </>
    ),
  },
];
