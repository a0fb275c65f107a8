import { ActionIcon, AppShell, Badge, Burger, Button, Center, Group, Loader, NavLink, NativeSelect, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Api, demoKey } from "./api";
import { SignedContext } from "./context";
import { chooseLocale, locale, t, type Locale } from "./i18n";
import { Boundary } from "./parts/Boundary";
import { BookIcon, ChatIcon, FileIcon, HelpIcon, InboxIcon, LeaveIcon, MoonIcon, ShipIcon, SunIcon, TryIcon } from "./parts/icons";
import { Loading, Page } from "./parts/page";
import { linkTo, navigate, usePlace, withQuery, type Place } from "./router";
import { nameIn, readKey, signIn, signOut, useKey } from "./session";

const Connect = lazy(() => import("./pages/Connect"));
const Questions = lazy(() => import("./pages/Questions"));
const Unanswered = lazy(() => import("./pages/Unanswered"));
const Candidates = lazy(() => import("./pages/Candidates"));
const Releases = lazy(() => import("./pages/Releases"));
const ReleaseDetail = lazy(() => import("./pages/ReleaseDetail"));
const Items = lazy(() => import("./pages/Items"));
const ItemPage = lazy(() => import("./pages/ItemPage"));
const Files = lazy(() => import("./pages/Files"));
const Try = lazy(() => import("./pages/Try"));

const sections = [
  { path: "/questions", label: "nav.questions", Icon: ChatIcon },
  { path: "/unanswered", label: "nav.unanswered", Icon: HelpIcon },
  { path: "/candidates", label: "nav.candidates", Icon: InboxIcon },
  { path: "/releases", label: "nav.releases", Icon: ShipIcon },
  { path: "/items", label: "nav.items", Icon: BookIcon },
  { path: "/files", label: "nav.files", Icon: FileIcon },
  { path: "/try", label: "nav.try", Icon: TryIcon },
] as const;

/** Pages that belong to a section without standing in the menu. */
const also: Record<string, string[]> = { "/questions": ["/"], "/releases": ["/release"], "/items": ["/item", "/new-item"] };

/** Which page an address means. */
function PageOf({ place }: { place: Place }) {
  const id = place.query.get("id");
  switch (place.path.replace(/\/$/, "")) {
    case "":
    case "/questions":
      return <Questions />;
    case "/unanswered":
      return <Unanswered />;
    case "/candidates":
      return <Candidates />;
    case "/releases":
      return <Releases />;
    case "/release":
      return id ? <ReleaseDetail key={id} id={id} /> : <Nowhere />;
    case "/items":
      return <Items />;
    case "/item":
      return id ? <ItemPage key={id} id={id} /> : <Nowhere />;
    case "/new-item":
      return <ItemPage key="new" id={undefined} />;
    case "/files":
      return <Files />;
    case "/try":
      return <Try />;
    default:
      return <Nowhere />;
  }
}

function Nowhere() {
  return (
    <Page title={t("nowhere")} about={t("nowhere.help")}>
      <Group><Button component="a" {...linkTo("/questions")}>{t("nav.questions")}</Button></Group>
    </Page>
  );
}

export function App() {
  const place = usePlace();
  const key = useKey();
  const [note, setNote] = useState<string>();
  const wanted = place.query.get("demo") ?? place.query.get("tenant") ?? undefined;
  const session = readKey(key);
  const asking = wanted !== undefined && session?.tenant !== wanted;

  // A demo store hands its key out; any other asks for one.
  useEffect(() => {
    if (wanted === undefined) {
      return;
    }
    let gone = false;
    const settle = () => navigate(withQuery(place, { demo: undefined, tenant: undefined }), { replace: true });
    if (!asking) {
      settle();
      return;
    }
    void demoKey(wanted).then((offered) => {
      if (gone) {
        return;
      }
      if (offered && readKey(offered)) {
        signIn(offered);
      } else {
        signOut();
        setNote(t("connect.noDemo", { tenant: wanted }));
      }
      settle();
    });
    return () => {
      gone = true;
    };
  }, [wanted]);

  if (asking) {
    return <Center mih="80vh"><Loader aria-label={t("loading")} /></Center>;
  }
  if (!session) {
    return <Suspense fallback={null}><Connect note={note} /></Suspense>;
  }
  return <Shell key={session.key} sessionKey={session.key} place={place} onRefused={() => setNote(t("connect.expired"))} />;
}

function Shell({ sessionKey, place, onRefused }: { sessionKey: string; place: Place; onRefused: () => void }) {
  const queries = useQueryClient();
  const [menu, { toggle, close }] = useDisclosure(false);
  const session = readKey(sessionKey);
  const signed = useMemo(() => {
    const refused = () => {
      queries.clear();
      onRefused();
      signOut();
    };
    return session ? { api: new Api(sessionKey, refused, nameIn()), session } : undefined;
  }, [sessionKey]);
  useEffect(close, [place]);
  const leave = () => {
    signOut();
    // Nothing of one store stays in memory for the next who sits down here.
    queries.clear();
  };

  return (
    <SignedContext.Provider value={signed}>
      <a className="skip" href="#content">{t("skip")}</a>
      <AppShell header={{ height: 56 }} navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !menu } }} padding="md">
        <AppShell.Header>
          <Group h="100%" px="md" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger opened={menu} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t("menu")} aria-expanded={menu} />
              <Text fw={700} visibleFrom="xs">SmartService</Text>
              <Tooltip label={t("connect.store")}><Badge variant="light" size="lg">{session?.tenant}</Badge></Tooltip>
            </Group>
            <Group gap={6} wrap="nowrap">
              <NativeSelect aria-label={t("ui.language")} size="xs" w={96} value={locale()} onChange={(event) => chooseLocale(event.currentTarget.value as Locale)} data={[{ value: "en", label: "English" }, { value: "ko", label: "한국어" }, { value: "zh", label: "中文" }]} />
              <SchemeToggle />
              <Tooltip label={t("leave")}><ActionIcon variant="default" size="lg" aria-label={t("leave")} onClick={leave}><LeaveIcon /></ActionIcon></Tooltip>
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" aria-label={t("menu")}>
          {sections.map(({ path: to, label, Icon }) => {
            const active = place.path === to || (also[to] ?? []).includes(place.path);
            return <NavLink key={to} {...linkTo(to)} label={t(label)} leftSection={<Icon />} active={active} aria-current={active ? "page" : undefined} />;
          })}
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <Boundary key={place.path}>
            <Suspense fallback={<Loading />}><PageOf place={place} /></Suspense>
          </Boundary>
        </AppShell.Main>
      </AppShell>
    </SignedContext.Provider>
  );
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const label = t(scheme === "dark" ? "scheme.light" : "scheme.dark");
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="lg" aria-label={label} onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}>{scheme === "dark" ? <SunIcon /> : <MoonIcon />}</ActionIcon>
    </Tooltip>
  );
}
