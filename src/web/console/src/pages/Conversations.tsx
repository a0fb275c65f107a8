import { ActionIcon, Button, Group, Pill, SegmentedControl, Stack, Text, TextInput, Title, Tooltip } from "@mantine/core";
import { useDocumentTitle, useMediaQuery } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../context";
import { drills, nameOf, queueQuery, queues, waits, type Queue } from "../desk/desk";
import { ago, number, t, type Key } from "../i18n";
import { useShortcuts } from "../keys";
import { switchNotifications, wantsNotifications } from "../live/calls";
import { Empty, ProblemAlert, showDone } from "../parts/feedback";
import { BellIcon, BotIcon } from "../parts/icons";
import { Loading, useMore } from "../parts/page";
import { hueOf, initials, shopperName } from "../parts/people";
import { Virtual } from "../parts/Virtual";
import { linkTo, navigate, usePlace, withQuery } from "../router";
import type { ConversationSummary } from "../types";
import { Thread } from "../desk/Thread";
import { ShopperPane } from "../desk/ShopperPane";

/** The desk: what waits, the conversation, and who it is with. */
export default function Conversations() {
  const { api, session } = useSigned();
  const place = usePlace();
  useDocumentTitle(`${t("nav.conversations")} – SmartService`);
  const narrow = useMediaQuery("(max-width: 48em)") ?? false;
  const roomy = useMediaQuery("(min-width: 88em)") ?? true;
  const open = place.query.get("open") ?? undefined;
  const filtered = drills.flatMap((name) => { const value = place.query.get(name); return value ? [[name, value] as const] : []; });
  const queue: Queue = queues.find((q) => q === place.query.get("queue")) ?? (filtered.length > 0 ? "all" : "waiting");
  const [found, setFound] = useState("");
  const list = useInfiniteQuery({
    queryKey: [session.tenant, "conversations", queue, Object.fromEntries(filtered)],
    queryFn: ({ pageParam, signal }) => api.conversations({ ...queueQuery(queue), ...Object.fromEntries(filtered), cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const all = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const words = found.trim().toLowerCase();
  const rows = (queue === "waiting" ? all.filter((c) => waits(c) || (c.unread ?? 0) > 0) : all)
    .filter((c) => words === "" || `${c.customerName ?? ""} ${c.customer} ${c.lastText ?? ""} ${c.id}`.toLowerCase().includes(words));
  const at = rows.findIndex((c) => c.id === open);
  const more = useMore(list);
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row) {
      navigate(withQuery(place, { open: row.id }), { replace: open !== undefined });
    }
  };
  useShortcuts([
    { keys: "j", label: "keys.next", group: "here", run: () => go(at + 1) },
    { keys: "k", label: "keys.previous", group: "here", run: () => go(at < 0 ? 0 : at - 1) },
  ]);
  const queueList = (
    <section className="desk-list" aria-label={t("nav.conversations")}>
      <Stack gap={8} p="sm" pb={8}>
        <Group justify="space-between" wrap="nowrap"><Title order={1} size="h4">{t("nav.conversations")}</Title><Notify /></Group>
        <div className="scroll-x"><SegmentedControl size="xs" aria-label={t("talks.queue")} value={queue} onChange={(value) => navigate(withQuery(place, { queue: value, open: undefined }))}
          data={queues.filter((q) => q !== "mine" || session.member).map((value) => ({ value, label: t(`queue.${value}`) }))} /></div>
        {filtered.length > 0 ? <Group gap={4}><Text size="xs" c="dimmed">{t("talks.filtered")}</Text>{filtered.map(([name, value]) => <Pill key={name} size="xs" withRemoveButton onRemove={() => navigate(withQuery(place, { [name]: undefined }))} removeButtonProps={{ "aria-label": t("filters.clear"), "aria-hidden": false, tabIndex: 0 }}>{name}: {value.slice(0, 24)}</Pill>)}</Group> : null}
        <TextInput type="search" size="xs" placeholder={t("search")} aria-label={t("search")} value={found} onChange={(event) => setFound(event.currentTarget.value)} />
      </Stack>
      {list.isPending ? <div className="desk-pad"><Loading height={58} /></div> : null}
      {list.isError && !list.data ? <div className="desk-pad"><ProblemAlert error={list.error} retry={() => void list.refetch()} /></div> : null}
      {list.isSuccess && rows.length === 0 ? (
        <Empty title={t(queue === "waiting" ? "talks.none.waiting" : "talks.none")} action={queue === "waiting" ? <Button size="xs" variant="default" component="a" {...linkTo("/conversations?queue=all")}>{t("queue.all")}</Button> : null}>{t(queue === "waiting" ? "talks.none.waiting.help" : "talks.none.help")}</Empty>
      ) : null}
      {rows.length > 0 ? <Virtual count={rows.length} height={68} even label={t("nav.conversations")} className="desk-rows" keyOf={(index) => rows[index]?.id ?? String(index)} selected={at} scrollTo={at}
        onEnd={more}
        row={(index) => { const row = rows[index]; return row ? <Row row={row} to={withQuery(place, { open: row.id })} here={row.id === open} /> : null; }} /> : null}
    </section>
  );
  if (narrow) {
    return <div className="desk">{open ? <Thread key={open} id={open} onBack={() => navigate(withQuery(place, { open: undefined }))} beside={false} /> : queueList}</div>;
  }
  return (
    <div className="desk">
      {queueList}
      {open ? <Thread key={open} id={open} beside={roomy} /> : (
        <section className="desk-empty"><Empty title={t("talks.choose")}>{t("talks.choose.help")}</Empty></section>
      )}
      {open && roomy ? <ShopperPane key={`pane ${open}`} conversation={open} /> : null}
    </div>
  );
}

function Row({ row: c, to, here }: { row: ConversationSummary; to: string; here: boolean }) {
  const assignee = nameOf(c.assignee) ?? c.agent;
  return (
    <a {...linkTo(to)} className="talk-row" data-here={here || undefined} aria-current={here ? "true" : undefined}>
      <span className="face" data-hue={hueOf(c.customer)} aria-hidden="true">{initials(c.customer, c.customerName)}</span>
      <span className="grow">
        <span className="talk-top"><span className="live-name" data-unread={(c.unread ?? 0) > 0 || undefined}>{shopperName(c.customer, c.customerName)}</span><span className="small figures">{ago(c.lastAt)}</span></span>
        <span className="talk-top">
          <span className="small q-text grow" lang={c.locale}>{c.lastText ?? ""}</span>
          {(c.unread ?? 0) > 0 ? <span className="unread" role="img" aria-label={t("talks.unread", { n: c.unread ?? 0 })}>{number(c.unread ?? 0)}</span>
            : waits(c) ? <span className="pill" data-hue="red">{t("queue.waiting")}</span>
            : c.mode === "bot" ? <span className="live-dim talk-bot" aria-label={t("talk.withBot")} role="img"><BotIcon size={15} /></span>
            : assignee ? <span className="pill" data-hue="grape">{assignee}</span> : null}
        </span>
      </span>
    </a>
  );
}

function Notify() {
  const [on, setOn] = useState(wantsNotifications);
  if (typeof Notification === "undefined") {
    return null;
  }
  const label = t(on ? "notify.off" as Key : "notify.on");
  return (
    <Tooltip label={label}>
      <ActionIcon variant={on ? "light" : "subtle"} color={on ? "indigo" : "gray"} aria-label={label} aria-pressed={on} onClick={() => void switchNotifications(!on).then((granted) => { setOn(granted); if (!on) { showDone(t(granted ? "notify.granted" : "notify.refused")); } })}><BellIcon /></ActionIcon>
    </Tooltip>
  );
}
