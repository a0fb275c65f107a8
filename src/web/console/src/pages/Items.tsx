import { Button, Group, Select, Switch, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useSigned } from "../context";
import { dateTime, number, t } from "../i18n";
import { intentChoices } from "../intents";
import { languageChoices } from "../parts/languageChoices";
import { DataTable, type Column } from "../parts/DataTable";
import { Empty, ProblemAlert } from "../parts/feedback";
import { SearchIcon } from "../parts/icons";
import { Loading, Page, useMore } from "../parts/page";
import { PlainLanguage } from "../parts/plain";
import { itemAt, Link, linkTo, navigate, usePlace, withQuery } from "../router";
import type { Item } from "../types";

export default function Items() {
  const { api, session } = useSigned();
  const place = usePlace();
  const text = place.query.get("text")?.trim() || undefined;
  const intent = place.query.get("intent") || undefined;
  const locale = place.query.get("locale") || undefined;
  const retired = place.query.get("retired") === "true" || undefined;
  const [typed, setTyped] = useState(text ?? "");
  const search = useDebouncedCallback((value: string) => navigate(withQuery(place, { text: value.trim() }), { replace: true }), 300);
  useEffect(() => setTyped((now) => (now.trim() === (text ?? "") ? now : text ?? "")), [text]);
  const list = useInfiniteQuery({
    queryKey: [session.tenant, "items", { text, intent, locale, retired }],
    queryFn: ({ pageParam, signal }) => api.items({ text, intent, locale, retired, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const columns = useMemo(columnsOf, []);
  const more = useMore(list);
  const total = list.data?.pages[0]?.total;
  const filtered = text !== undefined || intent !== undefined || locale !== undefined || retired !== undefined;

  return (
    <Page title={t("nav.items")} about={t("items.about")} wide
      actions={<><Button variant="default" component="a" {...linkTo("/files")}>{t("nav.files")}</Button><Button component="a" {...linkTo("/new-item")}>{t("items.new")}</Button></>}>
      <Group align="flex-end" gap="sm" component="section" aria-label={t("filters")}>
        <TextInput label={t("items.search")} flex="1 1 220px" type="search" leftSection={<SearchIcon />} value={typed} maxLength={200} onChange={(event) => { setTyped(event.currentTarget.value); search(event.currentTarget.value); }} />
        <Select label={t("col.intent")} w={230} data={intentChoices()} searchable clearable placeholder={t("any")} nothingFoundMessage={t("nothing")} value={intent ?? null} onChange={(v) => navigate(withQuery(place, { intent: v ?? "" }), { replace: true })} />
        <Select label={t("language")} w={130} data={languageChoices()} clearable placeholder={t("any")} value={locale ?? null} onChange={(v) => navigate(withQuery(place, { locale: v ?? "" }), { replace: true })} />
        <Switch label={t("items.retired")} mb={8} checked={retired ?? false} onChange={(event) => navigate(withQuery(place, { retired: event.currentTarget.checked ? "true" : "" }), { replace: true })} />
      </Group>
      {list.isPending ? <Loading rows={8} /> : null}
      {list.isError && !list.data ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (filtered
        ? <Empty title={t("items.none.filtered")} action={<Button variant="default" component="a" {...linkTo("/items")}>{t("filters.clear")}</Button>}>{t("items.none.filtered.help")}</Empty>
        : <Empty title={t("items.none")} action={<Button component="a" {...linkTo("/files")}>{t("nav.files")}</Button>}>{t("items.none.help")}</Empty>) : null}
      {rows.length > 0 ? (
        <>
          {total === undefined ? null : <Text size="xs" c="dimmed" role="status">{t("items.total", { n: number(total) })}</Text>}
          <DataTable label={t("nav.items")} columns={columns} rows={rows} keyOf={keyOf} height={62} className="q-rows" rowClass="item-row" linkOf={linkOf}
            onEnd={more} />
        </>
      ) : null}
    </Page>
  );
}

const keyOf = (item: Item): string => item.id;
const linkOf = (item: Item): string => itemAt(item.id);
const columnsOf = (): Column<Item>[] => [
  {
    id: "question", header: t("col.question"), className: "grow", cell: (item) => (
      <>
        <Link to={itemAt(item.id)} className="row-title q-text q-block" lang={item.locale}>{item.question}</Link>
        <span className="small q-text" lang={item.locale}>{item.answer}</span>
      </>
    ),
  },
  { id: "intent", header: t("col.intent"), className: "wide-only", look: "small q-text", cell: (item) => item.intent ?? "–" },
  { id: "language", header: t("language"), className: "wide-only", cell: (item) => <PlainLanguage language={item.locale} /> },
  { id: "version", header: t("col.version"), look: "figures q-version", cell: (item) => <>v{item.version}{item.downvotes > 0 ? <span className="q-down"> −{item.downvotes}</span> : null}</> },
  { id: "time", header: t("col.time"), className: "wide-only", look: "small q-text", cell: (item) => <><time dateTime={item.at} title={item.at}>{dateTime(item.at)}</time> · {item.author}</> },
];
