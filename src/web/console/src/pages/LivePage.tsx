import { Button, Group, Paper, SegmentedControl, SimpleGrid, Text, TextInput, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { memo, useEffect, useRef, useState, type ReactNode } from "react";
import { useSigned } from "../context";
import { ago, number, percent, t } from "../i18n";
import { intentLabel } from "../intents";
import { useShortcuts } from "../keys";
import { useConnection, useOne, useShopperIds, type Live } from "../live/live";
import { Empty } from "../parts/feedback";
import { BotIcon, PersonIcon, SearchIcon } from "../parts/icons";
import { Loading, Page } from "../parts/page";
import { hueOf, initials, shopperName } from "../parts/people";
import { Virtual } from "../parts/Virtual";
import { conversationAt, customerAt, linkTo, navigate, usePlace, withQuery } from "../router";
import type { LiveShopper } from "../types";

const shows = ["all", "talking", "popup", "known"] as const;
type Show = (typeof shows)[number];

function fits(s: LiveShopper, show: Show, words: string): boolean {
  return (show === "all" || (show === "talking" ? s.conversation !== undefined : show === "popup" ? s.popup !== undefined && !s.popup.withheld : s.identified))
    && (words === "" || `${s.name ?? ""} ${s.customer} ${s.page} ${s.subject ?? ""} ${s.forecast[0]?.intent ?? ""}`.toLowerCase().includes(words));
}

/** Who is in the store now. */
export default function LivePage() {
  const { live, session } = useSigned();
  const place = usePlace();
  const show = shows.find((s) => s === place.query.get("show")) ?? "all";
  const [words, setWords] = useState("");
  const [paused, setPaused] = useState(false);
  const connection = useConnection(live);
  const seeding = useQuery({ queryKey: [session.tenant, "live", connection === "live"], queryFn: ({ signal }) => live.seed(signal).then(() => Date.now()), retry: 1, staleTime: 30_000 });
  const now = useShopperIds(live);
  const still = useRef(now);
  if (!paused) {
    still.current = now;
  }
  const narrow = useMediaQuery("(max-width: 62em)") ?? false;
  const ids = show === "all" && words === "" ? still.current : still.current.filter((id) => { const s = live.shoppers.get(id); return s !== undefined && fits(s, show, words.trim().toLowerCase()); });
  useShortcuts([{ keys: "p", label: "live.pause", group: "here", run: () => setPaused((was) => !was) }]);
  return (
    <Page title={t("nav.live")} about={t("live.about")} wide
      actions={<Button variant={paused ? "filled" : "default"} size="sm" onClick={() => setPaused(!paused)} aria-pressed={paused}>{t(paused ? "live.resume" : "live.pause")}</Button>}>
      <Tiles live={live} />
      <Group gap="sm">
        <SegmentedControl size="sm" aria-label={t("live.show")} value={show} onChange={(value) => navigate(withQuery(place, { show: value === "all" ? undefined : value }), { replace: true })} data={shows.map((value) => ({ value, label: t(`live.show.${value}`) }))} />
        <TextInput type="search" aria-label={t("live.search")} placeholder={t("live.search")} leftSection={<SearchIcon />} value={words} onChange={(event) => setWords(event.currentTarget.value)} flex="1 1 200px" maw={360} />
        {paused ? <Text size="sm" c="dimmed" role="status">{t("live.paused")}</Text> : null}
      </Group>
      {ids.length > 0 ? (
        <Paper withBorder radius="md" className="live-box">
          {narrow ? null : (
            <div className="live-row live-head" aria-hidden="true">
              <Text size="xs" fw={600} c="dimmed">{t("live.col.shopper")}</Text><Text size="xs" fw={600} c="dimmed">{t("live.col.page")}</Text><Text size="xs" fw={600} c="dimmed">{t("live.col.forecast")}</Text><Text size="xs" fw={600} c="dimmed">{t("live.col.popup")}</Text><Text size="xs" fw={600} c="dimmed">{t("live.col.talk")}</Text>
            </div>
          )}
          <Virtual count={ids.length} height={narrow ? 116 : 56} even={!narrow} label={t("live.now")} className="live-rows" keyOf={(index) => ids[index] ?? String(index)} row={(index) => <Row id={ids[index] ?? ""} live={live} />} />
        </Paper>
      ) : seeding.isPending ? <Loading rows={8} height={48} /> : now.length === 0 ? <Empty title={t("live.none")} action={<Button component="a" variant="default" {...linkTo("/")}>{t("nav.home")}</Button>}>{t("live.none.help")}</Empty>
        : <Empty title={t("live.none.filtered")} action={<Button variant="default" onClick={() => { setWords(""); navigate("/live", { replace: true }); }}>{t("live.show.all")}</Button>}>{t("live.none.filtered.help")}</Empty>}
    </Page>
  );
}

/** Counted once a second, not once an event. */
function Tiles({ live }: { live: Live }) {
  const count = () => {
    let talking = 0, waiting = 0, popups = 0;
    for (const s of live.shoppers.values()) {
      talking += s.conversation ? 1 : 0;
      waiting += s.conversation?.mode === "human" && !s.conversation.agent ? 1 : 0;
      popups += s.popup && !s.popup.withheld && (s.popup.outcome === "offered" || s.popup.outcome === "seen") ? 1 : 0;
    }
    return { now: live.shoppers.size, talking, waiting, popups };
  };
  const [counts, setCounts] = useState(count);
  useEffect(() => {
    const timer = setInterval(() => setCounts((was) => { const next = count(); return JSON.stringify(was) === JSON.stringify(next) ? was : next; }), 1_000);
    return () => clearInterval(timer);
  }, [live]);
  const tile = (label: string, value: number, help?: string, to?: string): ReactNode => (
    <Tooltip key={label} label={help ?? label} disabled={!help}>
      <Paper withBorder p="sm" radius="md" {...(to ? { component: "a", ...linkTo(to), className: "tile tile-link" } : { className: "tile" })}>
        <Text size="xs" c="dimmed">{label}</Text>
        <Text fz={26} lh={1.2} fw={650} className="figures">{number(value)}</Text>
      </Paper>
    </Tooltip>
  );
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      {tile(t("live.now"), counts.now, t("live.now.help"))}
      {tile(t("live.talking"), counts.talking, undefined, "/live?show=talking")}
      {tile(t("live.waiting"), counts.waiting, undefined, "/conversations?queue=waiting")}
      {tile(t("live.popups"), counts.popups, undefined, "/live?show=popup")}
    </SimpleGrid>
  );
}

/** Plain elements: this is drawn again at every visit of a shopper, and a thousand of them walk about. */
const Row = memo(function Row({ id, live }: { id: string; live: Live }) {
  const s = useOne(live.shoppers, id);
  if (!s) {
    return null;
  }
  const [first] = s.forecast;
  return (
    <div className="live-row">
      <a className="plain-link live-who" {...linkTo(customerAt(s.customer))}>
        <span className="face" data-hue={hueOf(s.customer)} aria-hidden="true">{initials(s.customer, s.name)}</span>
        <span className="live-cell"><span className="live-name">{shopperName(s.customer, s.name)}</span>{s.tier === "standard" ? null : <span className="live-small">{t(`tier.${s.tier}`)}</span>}</span>
      </a>
      <div className="live-cell"><span className="live-line">{t(`page.${s.page ?? "other"}`)}{s.subject ? <span className="live-dim"> · {s.subject}</span> : null}</span><span className="live-small">{s.pages > 0 ? `${t("live.pages", { n: s.pages })} · ` : ""}{ago(s.lastSeenAt)}</span></div>
      <div className="live-cell">{first ? <><span className="live-line">{intentLabel(first.intent)}</span><span className="meter" role="img" aria-label={percent(first.probability)}><i style={{ width: `${Math.max(2, first.probability * 100)}%` }} /><span>{percent(first.probability)}</span></span></> : <span className="live-dim">–</span>}</div>
      <div className="live-cell">{s.popup ? <><span className="live-mark" data-state={s.popup.withheld ? "withheld" : s.popup.outcome}>{s.popup.withheld ? t("popup.withheld") : t(`popup.${s.popup.outcome}`)}</span><span className="live-small">{intentLabel(s.popup.topic)}</span></> : <span className="live-dim">–</span>}</div>
      <div className="live-cell">
        {s.conversation ? (
          <a className="plain-link live-talk" {...linkTo(conversationAt(s.conversation.id))}>
            <span className="live-mode" data-mode={s.conversation.mode}>{s.conversation.mode === "bot" ? <BotIcon size={15} /> : <PersonIcon size={15} />}</span>
            <span className="live-line">{s.conversation.lastText ?? t(s.conversation.mode === "bot" ? "talk.withBot" : "talk.waits")}</span>
          </a>
        ) : <span className="live-dim">–</span>}
      </div>
    </div>
  );
});
