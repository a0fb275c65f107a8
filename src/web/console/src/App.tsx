import { Button, Center, Loader, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Api, demoKey } from "./api";
import { SignedContext } from "./context";
import { t } from "./i18n";
import { Live } from "./live/live";
import { ProblemAlert } from "./parts/feedback";
import { changeSession } from "./queries";
import { navigate, usePlace, withQuery, type Place } from "./router";
import { keySession, memberSession, nameIn, readKey, sessionOf, signIn, signOut, useKey, type Session } from "./session";
import { Shell } from "./Shell";
import type { SessionView } from "./types";

const SignIn = lazy(() => import("./pages/SignIn"));
const LinkPage = lazy(() => import("./pages/LinkPage"));

const Wait = () => <Center mih="80vh"><Loader aria-label={t("loading")} /></Center>;

export function App() {
  const place = usePlace();
  const key = useKey();
  const queries = useQueryClient();
  const [note, setNote] = useState<string>();
  const wanted = place.query.get("demo") ?? place.query.get("tenant") ?? undefined;
  const withKey = readKey(key);
  const asking = useDemoKey(place, wanted, withKey?.tenant, setNote);
  // A key wins over a cookie, as it does on the server.
  const member = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => memberSession(signal).then((view) => view ?? null), enabled: !withKey && !asking && place.path !== "/link", staleTime: Infinity });

  if (place.path === "/link") {
    return <Suspense fallback={<Wait />}><LinkPage onSignedIn={(view) => entered(view)} /></Suspense>;
  }
  if (asking) {
    return <Wait />;
  }
  function entered(view: SessionView) {
    signOut();
    changeSession(queries, view);
    setNote(undefined);
    navigate("/", { replace: true });
  }
  const left = (why: string | undefined) => {
    changeSession(queries, null);
    setNote(why);
    signOut();
  };
  if (withKey) {
    return <WithKey key={withKey.key} text={withKey.key} place={place} onLeft={left} />;
  }
  if (member.isError) {
    return <Center mih="80vh" p="md"><Stack maw={480}><ProblemAlert error={member.error} /><Button onClick={() => void member.refetch()}>{t("again")}</Button></Stack></Center>;
  }
  if (member.isPending) {
    return <Wait />;
  }
  if (!member.data) {
    return <Suspense fallback={<Wait />}><SignIn note={note} onSignedIn={(view) => { changeSession(queries, view); setNote(undefined); }} /></Suspense>;
  }
  return <Signed key={`${member.data.member?.id ?? ""} ${member.data.tenant}`} session={sessionOf(member.data)} place={place} onLeft={left} />;
}

function WithKey({ text, place, onLeft }: { text: string; place: Place; onLeft: (why: string | undefined) => void }) {
  const session = useMemo(() => {
    const key = readKey(text);
    return key ? keySession(key, nameIn()) : undefined;
  }, [text]);
  return session ? <Signed session={session} place={place} onLeft={onLeft} /> : null;
}

function Signed({ session: start, place, onLeft }: { session: Session; place: Place; onLeft: (why: string | undefined) => void }) {
  const queries = useQueryClient();
  const [api] = useState(() => new Api(start.key ?? "cookie", () => onLeft(t(start.key ? "connect.expired" : "signIn.ended")), start.key ? start.name : ""));
  // A key does not say which store it is of; the server does.
  const view = useQuery({ queryKey: [start.tenant, "session"], queryFn: ({ signal }) => api.get<SessionView>("/v1/session", signal), enabled: start.key !== undefined, staleTime: 300_000, retry: false });
  const session = useMemo(() => (start.key && view.data ? sessionOf(view.data, start.key, start.name) : start), [start, view.data]);
  const [live] = useState(() => new Live(api, queries, start.tenant));
  useEffect(() => (session.may("conversations.read") ? live.start() : undefined), [live]);
  const signed = useMemo(() => ({ api, session, live }), [api, session, live]);
  const leave = () => {
    if (!session.key) {
      void api.json("DELETE", "/v1/session").catch(() => undefined);
    }
    onLeft(undefined);
  };
  return <SignedContext.Provider value={signed}><Shell place={place} onLeave={leave} /></SignedContext.Provider>;
}

/** A demo store hands its key out; any other asks for one. @returns Whether it is being asked. */
function useDemoKey(place: Place, wanted: string | undefined, tenant: string | undefined, onNote: (note: string) => void): boolean {
  const asking = wanted !== undefined && tenant !== wanted;
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
        onNote(t("connect.noDemo", { tenant: wanted }));
      }
      settle();
    });
    return () => {
      gone = true;
    };
  }, [wanted]);
  return asking;
}
