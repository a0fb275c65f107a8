import { Alert, Badge, Button, Chip, Group, Modal, Paper, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useSigned } from "../context";
import { ForecastList, OrderList, VisitList } from "../desk/ShopperPane";
import { ago, clock, dayName, number, t } from "../i18n";
import { Empty, ProblemAlert, showDone } from "../parts/feedback";
import { BagIcon, ChatIcon, DownloadIcon, EyeIcon, SparkIcon, TrashIcon, TruckIcon, WindowIcon } from "../parts/icons";
import { Loading, Page } from "../parts/page";
import { Shopper, shopperName } from "../parts/people";
import { saveAs, today } from "../parts/save";
import { conversationAt, Link, linkTo, navigate } from "../router";
import { pagesOf, tell } from "../telling";
import { grouped, timelineKinds, type TimelineGroup, type TimelineKind } from "../timeline";
import type { CustomerView, TimelineEntry } from "../types";

const marks: Record<TimelineKind, typeof EyeIcon> = { visits: EyeIcon, forecasts: SparkIcon, popups: WindowIcon, talks: ChatIcon, orders: BagIcon };

export default function CustomerPage({ id }: { id: string }) {
  const { api, session } = useSigned();
  const customer = useQuery({ queryKey: [session.tenant, "customer", id], queryFn: ({ signal }) => api.get<CustomerView>(`/v1/customers/${encodeURIComponent(id)}`, signal) });
  const c = customer.data;
  return (
    <Page title={shopperName(id, c?.name)} about={id} wide actions={c && !c.erased && session.may("customers.write") ? <><Export id={id} /><Erase id={id} /></> : null}>
      <Link to="/customers" className="back">← {t("nav.customers")}</Link>
      {customer.isPending ? <Loading /> : null}
      {customer.isError ? <ProblemAlert error={customer.error} retry={() => void customer.refetch()} /> : null}
      {c?.erased ? <Alert color="gray">{t("customer.erased")}</Alert> : null}
      {c && !c.erased ? (
        <div className="beside">
          <Stack gap="md" className="beside-left">
            <Paper withBorder p="md" radius="md">
              <Stack gap="sm">
                <Shopper id={c.id} name={c.name} tier={c.tier} />
                <Group gap={6}><Badge size="sm" variant="default">{t(c.identified ? "customer.identified" : "customer.guest")}</Badge>{c.firstSeen ? <Text size="xs" c="dimmed">{t("customer.firstSeen")}: {ago(c.firstSeen)}</Text> : null}</Group>
                {c.openConversations.map((talk) => <Button key={talk} size="xs" variant="light" component="a" {...linkTo(conversationAt(talk))}>{t("timeline.open")}</Button>)}
              </Stack>
            </Paper>
            <Paper withBorder p="md" radius="md"><Title order={2} size="h6" mb="xs">{t("customer.forecast")}</Title><ForecastList forecast={c.forecast} most={5} /></Paper>
            {c.orders.length > 0 ? <Paper withBorder p="md" radius="md"><Title order={2} size="h6" mb="xs">{t("customer.orders")}</Title><OrderList orders={c.orders} older={c.olderOrders} /></Paper> : null}
            <Paper withBorder p="md" radius="md"><Title order={2} size="h6" mb="xs">{t("customer.visits")}</Title><VisitList visits={c.visits} /></Paper>
          </Stack>
          <Timeline id={id} />
        </div>
      ) : null}
    </Page>
  );
}

function Timeline({ id }: { id: string }) {
  const { api, session } = useSigned();
  const [shown, setShown] = useState<TimelineKind[]>([...timelineKinds]);
  const list = useInfiniteQuery({
    queryKey: [session.tenant, "timeline", id],
    queryFn: ({ pageParam, signal }) => api.list<TimelineEntry>("entries", `/v1/customers/${encodeURIComponent(id)}/timeline?limit=100${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ""}`, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: (q) => ((q.state.data?.pages.length ?? 1) === 1 ? 10_000 : false),
  });
  const groups = grouped(list.data?.pages.flatMap((page) => page.rows) ?? [], new Set(shown));
  const end = useRef<HTMLDivElement>(null);
  // One scroll: what is older comes as the end comes into view.
  useEffect(() => {
    const watch = new IntersectionObserver((found) => {
      if (found.some((f) => f.isIntersecting) && list.hasNextPage && !list.isFetchingNextPage) {
        void list.fetchNextPage();
      }
    }, { rootMargin: "600px" });
    if (end.current) {
      watch.observe(end.current);
    }
    return () => watch.disconnect();
  }, [list.hasNextPage, list.isFetchingNextPage]);
  let day = "";
  return (
    <section className="grow" aria-label={t("customer.timeline")}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h5">{t("customer.timeline")}</Title>
        <Chip.Group multiple value={shown} onChange={(value) => setShown(value as TimelineKind[])}>
          <Group gap={4} role="group" aria-label={t("timeline.show")}>{timelineKinds.map((kind) => <Chip key={kind} size="xs" value={kind}>{t(`timeline.${kind}`)}</Chip>)}</Group>
        </Chip.Group>
      </Group>
      {list.isPending ? <Loading rows={8} height={36} /> : null}
      {list.isError ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && groups.length === 0 ? <Empty title={t("customer.timeline.none")}>{t("customers.none.help")}</Empty> : null}
      <ol className="story">
        {groups.map((group) => {
          const name = dayName(group.at);
          const isNew = name !== day;
          day = name;
          return [isNew ? <li key={`day ${name}`} className="story-day">{name}</li> : null, <Moment key={group.key} group={group} />];
        })}
      </ol>
      <div ref={end} />
    </section>
  );
}

function Moment({ group }: { group: TimelineGroup }) {
  const [first] = group.entries;
  const [more, setMore] = useState(false);
  if (!first) {
    return null;
  }
  const Mark = first.kind.includes("shipment") || first.kind.includes("checkpoint") || first.kind.includes("parcel") ? TruckIcon : marks[group.kind];
  const talk = first.entity.startsWith("conversation/") ? first.entity.slice("conversation/".length) : undefined;
  return (
    <li className={`moment moment-${group.kind}`}>
      <span className="moment-mark" aria-hidden="true"><Mark size={15} /></span>
      <div className="grow">
        <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
          <div className="grow"><Said group={group} /></div>
          <Text size="xs" c="dimmed" className="figures" component="time" dateTime={first.at}>{clock(first.at)}</Text>
        </Group>
        {group.entries.length > 1 ? (
          <>
            <Button size="compact-xs" variant="subtle" onClick={() => setMore(!more)} aria-expanded={more}>{t(more ? "examples.less" : "examples.more")}</Button>
            {more ? <Stack gap={2} mt={4}>{group.entries.map((e) => <Text key={e.position} size="xs" c="dimmed">{clock(e.at)} · {tell(e).line}</Text>)}</Stack> : null}
          </>
        ) : null}
        {talk && (first.kind.includes("opened") || first.kind.includes("handed")) ? <Link to={conversationAt(talk)} className="small-link">{t("timeline.open")}</Link> : null}
      </div>
    </li>
  );
}

function Said({ group }: { group: TimelineGroup }) {
  const [first] = group.entries;
  if (!first) {
    return null;
  }
  if (first.kind === "customer-visited" && group.entries.length > 1) {
    return <Text size="sm">{t("timeline.pages", { n: number(group.entries.length) })}: <Text span size="sm" c="dimmed">{pagesOf(group.entries)}</Text></Text>;
  }
  const { line, quote, dim } = tell(first);
  return (
    <>
      <Text size="sm" c={dim ? "dimmed" : undefined} className="break">{line}</Text>
      {quote ? <Text size="sm" className="quote break foreign">{quote}</Text> : null}
    </>
  );
}

function Export({ id }: { id: string }) {
  const { api } = useSigned();
  const save = useMutation({
    mutationFn: async () => saveAs(await api.file(`/v1/customers/${encodeURIComponent(id)}/export`), `customer-${id}-${today()}.json`),
    onSuccess: () => showDone(t("customer.export.done")),
  });
  return <Button variant="default" leftSection={<DownloadIcon size={16} />} loading={save.isPending} onClick={() => save.mutate()}>{t("customer.export")}</Button>;
}

function Erase({ id }: { id: string }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [asked, askedIs] = useDisclosure(false);
  const [typed, setTyped] = useState("");
  const erase = useMutation({
    mutationFn: () => api.json<{ customers: number; conversations: number; orders: number }>("DELETE", `/v1/customers/${encodeURIComponent(id)}`),
    onSuccess: async (gone) => {
      showDone(t("customer.erase.done", { customers: number(gone.customers), conversations: number(gone.conversations), orders: number(gone.orders) }));
      navigate("/customers");
      await queries.invalidateQueries({ queryKey: [session.tenant] });
    },
  });
  return (
    <>
      <Button variant="light" color="red" leftSection={<TrashIcon size={16} />} onClick={askedIs.open}>{t("customer.erase")}</Button>
      <Modal opened={asked} onClose={askedIs.close} title={t("customer.erase")} centered closeButtonProps={{ "aria-label": t("close") }}>
        <form onSubmit={(event) => { event.preventDefault(); if (typed.trim() === id) { erase.mutate(); } }}>
          <Stack>
            <Text size="sm">{t("customer.erase.ask")}</Text>
            <TextInput label={t("customer.erase.id", { id })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" data-autofocus />
            <SimpleGrid cols={2}><Button variant="default" onClick={askedIs.close}>{t("cancel")}</Button><Button type="submit" color="red" disabled={typed.trim() !== id} loading={erase.isPending}>{t("customer.erase")}</Button></SimpleGrid>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
