import { Button, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useSigned } from "../context";
import { ago, number, t } from "../i18n";
import { DataTable, type Column } from "../parts/DataTable";
import { Empty, ProblemAlert } from "../parts/feedback";
import { SearchIcon } from "../parts/icons";
import { Loading, Page, useMore } from "../parts/page";
import { PlainShopper } from "../parts/people";
import { PlainLanguage } from "../parts/plain";
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
  const columns = useMemo(columnsOf, []);
  const more = useMore(list);
  return (
    <Page title={t("nav.customers")} about={t("customers.about")} wide>
      <TextInput type="search" aria-label={t("customers.search")} placeholder={t("customers.search")} leftSection={<SearchIcon />} maw={420} value={typed} maxLength={100} onChange={(event) => { setTyped(event.currentTarget.value); search(event.currentTarget.value); }} />
      {list.isPending ? <Loading rows={8} height={48} /> : null}
      {list.isError && !list.data ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (text
        ? <Empty title={t("customers.none.filtered")} action={<Button variant="default" component="a" {...linkTo("/customers")}>{t("filters.clear")}</Button>}>{t("customers.none.filtered.help")}</Empty>
        : <Empty title={t("customers.none")} action={<Button component="a" {...linkTo("/")}>{t("nav.home")}</Button>}>{t("customers.none.help")}</Empty>) : null}
      {rows.length > 0 ? (
        <DataTable label={t("nav.customers")} columns={columns} rows={rows} keyOf={keyOf} height={56} className="live-rows customer-rows" rowClass="customer-row" linkOf={linkOf}
          onEnd={more} />
      ) : null}
    </Page>
  );
}

const keyOf = (c: CustomerSummary): string => c.id;
const linkOf = (c: CustomerSummary): string => customerAt(c.id);
const columnsOf = (): Column<CustomerSummary>[] => [
  { id: "customer", header: t("col.customer"), cell: (c) => <Link to={customerAt(c.id)} className="plain-link"><PlainShopper id={c.id} name={c.name} tier={c.tier} /></Link> },
  { id: "known", header: t("col.known"), className: "wide-only", look: "q-line", cell: (c) => <>{c.identified ? <span className="tag">{t("customer.identified")}</span> : null}{c.locale ? <PlainLanguage language={c.locale} /> : null}</> },
  { id: "orders", header: t("customer.orders"), className: "wide-only", look: "small figures", cell: (c) => number(c.orders) },
  { id: "conversations", header: t("customer.conversations"), className: "wide-only", look: "small figures", cell: (c) => number(c.conversations) },
  { id: "seen", header: t("customer.lastSeen"), look: "small figures", cell: (c) => ago(c.lastSeen) },
];
