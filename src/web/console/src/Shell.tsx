import { ActionIcon, AppShell, Avatar, Badge, Burger, Group, Indicator, Kbd, Menu, NavLink, Popover, ScrollArea, SegmentedControl, Text, Tooltip, UnstyledButton, useComputedColorScheme, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { useSigned } from "./context";
import { chooseLocale, locale, number, t, type Key, type Locale } from "./i18n";
import { followKeys, paletteKeys, useShortcuts } from "./keys";
import { useConnection } from "./live/live";
import { useCalls } from "./live/calls";
import { PageOf } from "./pages";
import { Boundary } from "./parts/Boundary";
import { showProblem } from "./parts/feedback";
import { BookIcon, BrainIcon, ChartIcon, ChatIcon, FileIcon, GaugeIcon, GearIcon, HelpIcon, HomeIcon, InboxIcon, KeyboardIcon, LeaveIcon, MoonIcon, PeopleIcon, PlusIcon, PulseIcon, SearchIcon, ShieldIcon, ShipIcon, SunIcon, TryIcon } from "./parts/icons";
import { languageNames, LanguageChoice } from "./parts/LanguageChoice";
import { Loading } from "./parts/page";
import { changeSession } from "./queries";
import { linkTo, navigate, type Place } from "./router";
import type { SessionView } from "./types";
import { isAt, sections, type Section } from "./sections";

const Palette = lazy(() => import("./parts/Palette"));
const ShortcutSheet = lazy(() => import("./parts/ShortcutSheet"));

const icons: Record<string, typeof HomeIcon> = {
  "/": HomeIcon, "/live": PulseIcon, "/conversations": ChatIcon, "/customers": PeopleIcon, "/questions": FileIcon, "/unanswered": HelpIcon, "/candidates": InboxIcon,
  "/releases": ShipIcon, "/items": BookIcon, "/try": TryIcon, "/figures": ChartIcon, "/learning": BrainIcon, "/peak": GaugeIcon, "/settings": GearIcon,
};
const groups: { group: Section["group"]; label: Key }[] = [
  { group: "work", label: "nav.group.work" }, { group: "answers", label: "nav.group.answers" }, { group: "insight", label: "nav.group.insight" },
];

export function Shell({ place, onLeave }: { place: Place; onLeave: () => void }) {
  const [menu, { toggle, close }] = useDisclosure(false);
  const [palette, paletteIs] = useDisclosure(false);
  const [sheet, sheetIs] = useDisclosure(false);
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  useEffect(close, [place]);
  useEffect(followKeys, []);
  useCalls();
  // The list of pages of a language this long stays closed under the palette's own keys.
  useHotkeys([["mod+K", () => (palette ? paletteIs.close() : paletteIs.open())]], []);
  const otherScheme = () => setColorScheme(scheme === "dark" ? "light" : "dark");
  useShortcuts([
    { keys: "?", label: "keys.sheet", group: "anywhere", run: sheetIs.open },
    { keys: "/", label: "keys.search", group: "here", run: () => document.querySelector<HTMLInputElement>("main input[type=search]")?.focus() },
    { keys: "D", label: "keys.dark", group: "anywhere", run: otherScheme },
    ...sections.flatMap((s) => (s.key ? [{ keys: `g ${s.key}`, label: s.label, group: "go" as const, run: () => navigate(s.path) }] : [])),
  ]);
  const pages = sections.map((s) => {
    const Icon = icons[s.path] ?? HomeIcon;
    return { id: `page ${s.path}`, label: t(s.label), hidden: s.path, icon: <Icon />, ...(s.key ? { keys: `g ${s.key}` } : {}), run: () => navigate(s.path) };
  });
  const commands = [
    { id: "new-item", label: t("palette.newItem"), icon: <PlusIcon />, run: () => navigate("/new-item") },
    { id: "try", label: t("palette.try"), icon: <TryIcon />, run: () => navigate("/try") },
    { id: "files", label: t("palette.export"), icon: <FileIcon />, hidden: "csv json", run: () => navigate("/files") },
    { id: "scheme", label: t(scheme === "dark" ? "scheme.light" : "scheme.dark"), hidden: "dark light theme", icon: scheme === "dark" ? <SunIcon /> : <MoonIcon />, keys: "D", run: otherScheme },
    { id: "keys", label: t("keys.title"), icon: <KeyboardIcon />, keys: "?", run: sheetIs.open },
    ...(Object.keys(languageNames) as Locale[]).filter((l) => l !== locale()).map((l) => ({ id: `language ${l}`, label: t("palette.language", { language: languageNames[l] }), hidden: `language ${l}`, run: () => chooseLocale(l) })),
    { id: "leave", label: t("account.signOut"), icon: <LeaveIcon />, run: onLeave },
  ];

  return (
    <>
      <a className="skip" href="#content">{t("skip")}</a>
      <AppShell header={{ height: { base: 52, sm: 0 } }} navbar={{ width: 236, breakpoint: "sm", collapsed: { mobile: !menu } }} padding={{ base: "sm", sm: "lg" }} layout="alt">
        <AppShell.Header hiddenFrom="sm">
          <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap"><Burger opened={menu} onClick={toggle} size="sm" aria-label={t("menu")} aria-expanded={menu} /><StoreName /></Group>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("palette.title")} onClick={paletteIs.open}><SearchIcon /></ActionIcon>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar aria-label={t("menu")} className="side">
          <AppShell.Section p="sm" pb={6}>
            <Group justify="space-between" wrap="nowrap" mb="sm">
              <StoreName />
              <Burger opened={menu} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t("close")} />
            </Group>
            <UnstyledButton className="side-search" onClick={paletteIs.open}>
              <SearchIcon size={16} /><Text span size="sm" className="grow" truncate>{t("palette.open")}</Text><Kbd size="xs" visibleFrom="sm" aria-hidden="true">{paletteKeys}</Kbd>
            </UnstyledButton>
          </AppShell.Section>
          <AppShell.Section grow component={ScrollArea} px="sm" scrollbarSize={6}><Sections place={place} /></AppShell.Section>
          <AppShell.Section p="sm" className="side-foot"><Account onLeave={onLeave} onKeys={sheetIs.open} /></AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <Boundary key={place.path}>
            <Suspense fallback={<Loading />}><PageOf place={place} /></Suspense>
          </Boundary>
        </AppShell.Main>
      </AppShell>
      <Suspense fallback={null}>
        {palette ? <Palette opened onClose={paletteIs.close} pages={pages} commands={commands} /> : null}
        {sheet ? <ShortcutSheet opened onClose={sheetIs.close} /> : null}
      </Suspense>
    </>
  );
}

function StoreName() {
  const { session, live } = useSigned();
  const state = useConnection(live);
  const label = t(state === "live" ? "stream.live" : state === "waiting" ? "stream.waiting" : "stream.refused");
  const queries = useQueryClient();
  const { api } = useSigned();
  const name = session.store?.name ?? session.tenant;
  const mark = (
    <Group gap={8} wrap="nowrap" miw={0}>
      <Tooltip label={label} events={{ hover: true, focus: true, touch: true }}>
        <Indicator position="bottom-end" offset={3} size={10} withBorder color={state === "live" ? "teal" : state === "waiting" ? "yellow" : "gray"} role="img" aria-label={label}>
          <Avatar size={30} radius="md" color="indigo" variant="filled" aria-hidden="true">{[...name][0]?.toUpperCase()}</Avatar>
        </Indicator>
      </Tooltip>
      <Text fw={650} size="sm" truncate>{name}</Text>
    </Group>
  );
  if (session.tenants.length < 2) {
    return mark;
  }
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target><UnstyledButton>{mark}<span className="sr-only"> – {t("connect.store")}</span></UnstyledButton></Menu.Target>
      <Menu.Dropdown>
        {session.tenants.map((other) => (
          <Menu.Item key={other.id} disabled={other.id === session.tenant} onClick={() => void api.json("PUT", "/v1/session/tenant", { tenant: other.id }).then((view) => changeSession(queries, view as SessionView), showProblem)}>{other.name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** How many conversations wait for somebody, for the menu's badge. */
function useWaiting(): number {
  const { api, session } = useSigned();
  const waiting = useQuery({
    queryKey: [session.tenant, "conversations", "waiting-count"],
    queryFn: async ({ signal }) => (await api.conversations({ mode: "human", open: true, limit: 100 }, signal)).rows.filter((c) => (c.unread ?? (c.agent ? 0 : 1)) > 0 || !c.agent).length,
    enabled: session.may("conversations.read"), staleTime: 5_000, retry: false,
  });
  return waiting.data ?? 0;
}

function Sections({ place }: { place: Place }) {
  const waiting = useWaiting();
  const link = (section: Section) => {
    const active = isAt(section, place.path);
    const Icon = icons[section.path] ?? HomeIcon;
    return (
      <NavLink key={section.path} {...linkTo(section.path)} label={t(section.label)} leftSection={<Icon />} active={active} aria-current={active ? "page" : undefined} className="side-link"
        rightSection={section.path === "/conversations" && waiting > 0 ? <Badge size="sm" color="red" variant="filled" aria-label={t("nav.needsPerson", { n: number(waiting) })}>{waiting >= 100 ? "99+" : number(waiting)}</Badge> : null} />
    );
  };
  return (
    <>
      {sections.filter((s) => s.path === "/").map(link)}
      {groups.map(({ group, label }) => (
        <div key={group} role="group" aria-label={t(label)}>
          <Text size="xs" fw={600} c="dimmed" px={10} mt={10} mb={2} aria-hidden="true">{t(label)}</Text>
          {sections.filter((s) => s.group === group).map(link)}
        </div>
      ))}
      <div className="side-gap" />
      {sections.filter((s) => s.path === "/settings").map(link)}
    </>
  );
}

function Account({ onLeave, onKeys }: { onLeave: () => void; onKeys: () => void }) {
  const { session } = useSigned();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [shown, shownIs] = useDisclosure(false);
  const name = session.name === "" ? t("account.key") : session.name;
  const then = (deed: () => void) => () => {
    shownIs.close();
    deed();
  };
  return (
    <Popover opened={shown} onChange={(to) => (to ? shownIs.open() : shownIs.close())} position="top-start" width={272} trapFocus>
      <Popover.Target>
        <UnstyledButton className="side-account" onClick={shownIs.toggle}>
          <Avatar size={30} radius="xl" color="grape" aria-hidden="true">{[...name][0]?.toUpperCase()}</Avatar>
          <span className="grow"><span className="sr-only">{t("account")}: </span><Text span size="sm" fw={500} truncate display="block">{name}</Text><Text span size="xs" c="dimmed" truncate display="block">{session.role ? t(`role.${session.role}` as Key) : session.key ? t(session.key.scope === "agent" ? "scope.agent" : "scope.secret") : ""}</Text></span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t("account")}>
        <Text size="xs" c="dimmed" px={8} pt={4}>{t("account.appearance")}</Text>
        <div className="side-choice">
          <SegmentedControl fullWidth size="xs" aria-label={t("account.appearance")} value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}
            data={[{ value: "light", label: t("scheme.light") }, { value: "dark", label: t("scheme.dark") }, { value: "auto", label: t("account.system") }]} />
        </div>
        <Text size="xs" c="dimmed" px={8}>{t("ui.language")}</Text>
        <div className="side-choice"><LanguageChoice fullWidth /></div>
        {session.member ? <Choice Icon={ShieldIcon} label={t("account.security")} onClick={then(() => navigate("/settings/account"))} /> : null}
        <Choice Icon={KeyboardIcon} label={t("keys.title")} onClick={then(onKeys)} />
        <Choice Icon={LeaveIcon} label={t("account.signOut")} onClick={then(onLeave)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice({ Icon, label, onClick }: { Icon: typeof LeaveIcon; label: string; onClick: () => void }) {
  return <UnstyledButton className="side-do" onClick={onClick}><Icon size={16} /> {label}</UnstyledButton>;
}
