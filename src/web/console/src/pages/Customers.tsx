import { Badge, Button, Group, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useSigned } from "../context";
import { ago, number, t } from "../i18n";
import { DataTable, type Column } from "../parts/DataTable";
import { Empty, ProblemAlert } from "../parts/feedback";
import { SearchIcon } from "../parts/icons";
import { LanguageBadge } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { Shopper } from "../parts/people";
import { customerAt, Link, linkTo, navigate, usePlace, withQuery } from "../router";
import type { CustomerSummary } from "../types";

export default function Customers() {
  const { api, session } = useSigned();
  const place = usePlace();
  const text = place.query.get("text")?.trim() || undefined;
  const [typed, setTyped] = useState(text ?? "");
  const search = useDebouncedCallback((value: string) => navigate(withQuery(place, { text: value.trim() }), { replace: true }), 250);
  useEffect(() => setTyped((now) => (now.trim() === (text ?? "") ? now : text ?? "")), [text]);
  const list = useInfiniteQuery({
    queryKey: [session.tenant, "customers", text],
    queryFn: ({ pageParam, signal }) => api.customers({ text, cursor: pageParam, limit: 100 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  return (
    <Page title={t("nav.customers")} about={t("customers.about")} wide>
      <TextInput type="search" aria-label={t("customers.search")} placeholder={t("customers.search")} leftSection={<SearchIcon />} maw={420} value={typed} maxLength={100} onChange={(event) => { setTyped(event.currentTarget.value); search(event.currentTarget.value); }} />
      {list.isPending ? <Loading rows={8} height={48} /> : null}
      {list.isError && !list.data ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (text
        ? <Empty title={t("customers.none.filtered")} action={<Button variant="default" component="a" {...linkTo("/customers")}>{t("filters.clear")}</Button>}>{t("customers.none.filtered.help")}</Empty>
        : <Empty title={t("customers.none")} action={<Button component="a" {...linkTo("/")}>{t("nav.home")}</Button>}>{t("customers.none.help")}</Empty>) : null}
      {rows.length > 0 ? (
        <DataTable label={t("nav.customers")} columns={columns()} rows={rows} keyOf={(c) => c.id} height={56} className="live-rows" rowClass="customer-row" linkOf={(c) => customerAt(c.id)}
          onEnd={() => { if (list.hasNextPage && !list.isFetchingNextPage) { void list.fetchNextPage(); } }} />
      ) : null}
    </Page>
  );
}

const columns = (): Column<CustomerSummary>[] => [
  { id: "customer", header: t("col.customer"), cell: (c) => <Link to={customerAt(c.id)} className="plain-link"><Shopper id={c.id} name={c.name} tier={c.tier} /></Link> },
  { id: "known", header: t("col.known"), className: "wide-only", cell: (c) => <Group gap={6} wrap="nowrap">{c.identified ? <Badge size="xs" variant="default">{t("customer.identified")}</Badge> : null}{c.locale ? <LanguageBadge language={c.locale} /> : null}</Group> },
  { id: "orders", header: t("customer.orders"), className: "wide-only", cell: (c) => <Text size="xs" c="dimmed" className="figures">{number(c.orders)}</Text> },
  { id: "conversations", header: t("customer.conversations"), className: "wide-only", cell: (c) => <Text size="xs" c="dimmed" className="figures">{number(c.conversations)}</Text> },
  { id: "seen", header: t("customer.lastSeen"), cell: (c) => <Text size="xs" c="dimmed" className="figures">{ago(c.lastSeen)}</Text> },
];
