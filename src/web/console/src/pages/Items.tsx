import { Button, Group, Paper, Select, Switch, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSigned } from "../context";
import { number, t } from "../i18n";
import { intentChoices } from "../intents";
import { languageChoices } from "../parts/ContentFields";
import { Empty, ProblemAlert } from "../parts/feedback";
import { SearchIcon } from "../parts/icons";
import { LanguageBadge, When } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { Virtual } from "../parts/Virtual";
import { itemAt, linkTo, navigate, usePlace, withQuery } from "../router";

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
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
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
          <Paper withBorder radius="md" className="live-box">
            <Virtual count={rows.length} height={62} label={t("nav.items")} className="q-rows" keyOf={(index) => rows[index]?.id ?? String(index)} onEnd={() => { if (list.hasNextPage && !list.isFetchingNextPage) { void list.fetchNextPage(); } }}
              row={(index) => {
                const item = rows[index];
                return item ? (
                  <a className="item-row plain-link" {...linkTo(itemAt(item.id))}>
                    <span className="grow"><Text span display="block" size="sm" fw={500} truncate lang={item.locale}>{item.question}</Text><Text span display="block" size="xs" c="dimmed" truncate lang={item.locale}>{item.answer}</Text></span>
                    <Text span size="xs" truncate className="wide-only">{item.intent ?? "–"}</Text>
                    <span className="wide-only"><LanguageBadge language={item.locale} /></span>
                    <Text span size="sm" className="figures">v{item.version}{item.downvotes > 0 ? <Text span size="xs" c="red"> −{item.downvotes}</Text> : null}</Text>
                    <Text span size="xs" c="dimmed" truncate className="wide-only"><When at={item.at} /> · {item.author}</Text>
                  </a>
                ) : null;
              }} />
          </Paper>
        </>
      ) : null}
    </Page>
  );
}
