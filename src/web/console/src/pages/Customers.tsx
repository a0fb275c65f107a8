import { Badge, Button, Group, Paper, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSigned } from "../context";
import { ago, number, t } from "../i18n";
import { Empty, ProblemAlert } from "../parts/feedback";
import { SearchIcon } from "../parts/icons";
import { LanguageBadge } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { Shopper } from "../parts/people";
import { Virtual } from "../parts/Virtual";
import { customerAt, linkTo, navigate, usePlace, withQuery } from "../router";

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
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Page title={t("nav.customers")} about={t("customers.about")} wide>
      <TextInput type="search" aria-label={t("customers.search")} placeholder={t("customers.search")} leftSection={<SearchIcon />} maw={420} value={typed} maxLength={100} onChange={(event) => { setTyped(event.currentTarget.value); search(event.currentTarget.value); }} />
      {list.isPending ? <Loading rows={8} height={48} /> : null}
      {list.isError && !list.data ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (text
        ? <Empty title={t("customers.none.filtered")} action={<Button variant="default" component="a" {...linkTo("/customers")}>{t("filters.clear")}</Button>}>{t("customers.none.filtered.help")}</Empty>
        : <Empty title={t("customers.none")} action={<Button component="a" {...linkTo("/")}>{t("nav.home")}</Button>}>{t("customers.none.help")}</Empty>) : null}
      {rows.length > 0 ? (
        <Paper withBorder radius="md" className="live-box">
          <Virtual count={rows.length} height={56} label={t("nav.customers")} className="live-rows" keyOf={(index) => rows[index]?.id ?? String(index)} onEnd={() => { if (list.hasNextPage && !list.isFetchingNextPage) { void list.fetchNextPage(); } }}
            row={(index) => {
              const c = rows[index];
              return c ? (
                <a className="customer-row plain-link" {...linkTo(customerAt(c.id))}>
                  <Shopper id={c.id} name={c.name} tier={c.tier} />
                  <Group gap={6} wrap="nowrap" className="wide-only">{c.identified ? <Badge size="xs" variant="default">{t("customer.identified")}</Badge> : null}{c.locale ? <LanguageBadge language={c.locale} /> : null}</Group>
                  <Text size="xs" c="dimmed" className="figures wide-only">{t("customer.orders")}: {number(c.orders)}</Text>
                  <Text size="xs" c="dimmed" className="figures wide-only">{t("customer.conversations")}: {number(c.conversations)}</Text>
                  <Text size="xs" c="dimmed" className="figures" ta="right">{ago(c.lastSeen)}</Text>
                </a>
              ) : null;
            }} />
        </Paper>
      ) : null}
    </Page>
  );
}
