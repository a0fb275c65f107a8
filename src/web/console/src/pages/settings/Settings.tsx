import { Button, NavLink, NativeSelect, Text } from "@mantine/core";
import { lazy, Suspense, type ComponentType } from "react";
import { useSigned } from "../../context";
import { t, type Key } from "../../i18n";
import { Empty } from "../../parts/feedback";
import { Loading, Page } from "../../parts/page";
import { linkTo, navigate, usePlace } from "../../router";

const of = (load: () => Promise<{ default: ComponentType }>) => lazy(load);

interface Part {
  name: string;
  label: Key;
  about: Key;
  group: "store" | "desk" | "technical" | "people";
  needs: string;
  Body: ComponentType;
}

const parts: readonly Part[] = [
  { name: "store", label: "settings.store", about: "settings.store.about", group: "store", needs: "store.read", Body: of(() => import("./StorePart")) },
  { name: "policy", label: "settings.policy", about: "settings.policy.about", group: "store", needs: "store.read", Body: of(() => import("./PolicyPart").then((m) => ({ default: m.BotPart }))) },
  { name: "popups", label: "settings.popups", about: "settings.popups.about", group: "store", needs: "store.read", Body: of(() => import("./PolicyPart").then((m) => ({ default: m.PopupPart }))) },
  { name: "campaigns", label: "settings.campaigns", about: "settings.campaigns.about", group: "store", needs: "store.read", Body: of(() => import("./CampaignsPart")) },
  { name: "handoff", label: "settings.handoff", about: "settings.handoff.about", group: "desk", needs: "store.read", Body: of(() => import("./PolicyPart").then((m) => ({ default: m.HandOffPart }))) },
  { name: "hours", label: "settings.hours", about: "settings.hours.about", group: "desk", needs: "store.read", Body: of(() => import("./HoursPart")) },
  { name: "canned", label: "settings.canned", about: "settings.canned.about", group: "desk", needs: "canned.read", Body: of(() => import("./CannedPart")) },
  { name: "synonyms", label: "settings.synonyms", about: "settings.synonyms.about", group: "desk", needs: "knowledge.read", Body: of(() => import("./SynonymsPart")) },
  { name: "keys", label: "settings.keys", about: "settings.keys.about", group: "technical", needs: "keys.manage", Body: of(() => import("./KeysPart")) },
  { name: "webhooks", label: "settings.webhooks", about: "settings.webhooks.about", group: "technical", needs: "webhooks.manage", Body: of(() => import("./WebhooksPart")) },
  { name: "members", label: "settings.members", about: "settings.members.about", group: "people", needs: "members.read", Body: of(() => import("./MembersPart")) },
  { name: "audit", label: "settings.audit", about: "settings.audit.about", group: "people", needs: "audit.read", Body: of(() => import("./AuditPart")) },
  { name: "account", label: "settings.account", about: "settings.account.about", group: "people", needs: "member", Body: of(() => import("./AccountPart")) },
];

export default function Settings() {
  const { session } = useSigned();
  const place = usePlace();
  const mine = parts.filter((p) => (p.needs === "member" ? session.member !== undefined : session.may(p.needs)));
  const named = place.path.split("/")[2];
  const here = named === undefined || named === "" ? mine[0] : mine.find((p) => p.name === named);
  if (!here) {
    return <Page title={t("settings.nav")}><Empty title={t("settings.none")} action={<Button variant="default" component="a" {...linkTo("/")}>{t("nav.home")}</Button>}>{t("settings.none.help")}</Empty></Page>;
  }
  return (
    <Page title={t(here.label)} about={t(here.about)} wide>
      <div className="settings">
        <nav className="settings-nav" aria-label={t("settings.nav")}>
          {(["store", "desk", "technical", "people"] as const).map((group) => {
            const rows = mine.filter((p) => p.group === group);
            return rows.length === 0 ? null : (
              <div key={group} role="group" aria-label={t(`settings.group.${group}`)}>
                <Text size="xs" fw={600} c="dimmed" px={10} mt={8} aria-hidden="true">{t(`settings.group.${group}`)}</Text>
                {rows.map((p) => <NavLink key={p.name} {...linkTo(`/settings/${p.name}`)} label={t(p.label)} active={p === here} aria-current={p === here ? "page" : undefined} className="side-link" />)}
              </div>
            );
          })}
        </nav>
        <NativeSelect className="settings-choice" aria-label={t("settings.nav")} value={here.name} onChange={(event) => navigate(`/settings/${event.currentTarget.value}`)} data={mine.map((p) => ({ value: p.name, label: t(p.label) }))} />
        <div className="grow"><Suspense fallback={<Loading />}><here.Body key={here.name} /></Suspense></div>
      </div>
    </Page>
  );
}
