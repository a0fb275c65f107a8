import { Alert, Badge, Button, Code, Group, Modal, PasswordInput, PinInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ApiError } from "../../api";
import { useSigned } from "../../context";
import { ago, chooseLocale, t, type Locale } from "../../i18n";
import { ProblemAlert, showDone } from "../../parts/feedback";
import { LanguageChoice } from "../../parts/LanguageChoice";
import { saveAs } from "../../parts/save";
import { qrPath } from "../../qr";
import type { OwnSession, SessionView } from "../../types";
import { Box } from "./parts";

/** Who signed in: name, password, second factor, sessions. */
export default function AccountPart() {
  return <Stack gap="md"><Profile /><Password /><SecondFactor /><Sessions /></Stack>;
}

function Profile() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [name, setName] = useState(session.name);
  const save = useMutation({
    mutationFn: (change: { name?: string; locale?: string }) => api.json<SessionView>("PUT", "/v1/me", change),
    onSuccess: (view) => { queries.setQueryData(["session"], view); showDone(t("saved")); },
  });
  return (
    <Box title={t("me.profile")}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate({ name: name.trim() }); }}>
        <Group align="flex-end">
          <TextInput label={t("link.name")} required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} flex="1 1 200px" maw={320} />
          <Button type="submit" loading={save.isPending} disabled={name.trim() === "" || name === session.name}>{t("save")}</Button>
          <LanguageChoice onChosen={(locale: Locale) => { chooseLocale(locale); save.mutate({ locale }); }} />
        </Group>
      </form>
    </Box>
  );
}

function Password() {
  const { api, session } = useSigned();
  const [password, setPassword] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => api.json("PUT", "/v1/me/password", { password, next }), meta: { quiet: true },
    onSuccess: () => { setPassword(""); setNext(""); showDone(t("me.password.done")); },
  });
  const error = change.error instanceof ApiError ? change.error : undefined;
  return (
    <Box title={t("me.password")}>
      <form onSubmit={(event) => { event.preventDefault(); change.mutate(); }}>
        <Stack gap="sm" maw={360}>
          <input type="hidden" autoComplete="username" value={session.member?.mail ?? ""} readOnly />
          <PasswordInput label={t("me.password.present")} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={error?.code === "wrong_password" ? t("signIn.wrong") : undefined} visibilityToggleButtonProps={{ "aria-label": t("signIn.password.show") }} />
          <PasswordInput label={t("link.password.new")} description={t("link.password.help")} autoComplete="new-password" required minLength={10} maxLength={128} value={next} onChange={(event) => setNext(event.currentTarget.value)} error={error?.faults.map((f) => f.message).join(" ") || undefined} visibilityToggleButtonProps={{ "aria-label": t("signIn.password.show") }} />
          {error && error.code !== "wrong_password" && error.faults.length === 0 ? <ProblemAlert error={error} /> : null}
          <Group><Button type="submit" loading={change.isPending}>{t("me.password.change")}</Button></Group>
        </Stack>
      </form>
    </Box>
  );
}

function SecondFactor() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const on = session.member?.secondFactor === true;
  const [asked, setAsked] = useState<"start" | "off" | "codes">();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [made, setMade] = useState<{ key: string; uri: string }>();
  const [codes, setCodes] = useState<string[]>();
  const renew = () => queries.fetchQuery({ queryKey: ["session"], queryFn: () => api.get<SessionView>("/v1/session"), staleTime: 0 });
  const close = () => { setAsked(undefined); setMade(undefined); setCodes(undefined); setPassword(""); setCode(""); };
  const begin = useMutation({
    mutationFn: async () => {
      if (asked === "start") {
        setMade(await api.json<{ key: string; uri: string }>("POST", "/v1/me/second-factor", { password }));
      } else if (asked === "codes") {
        setCodes((await api.json<{ recoveryCodes: string[] }>("POST", "/v1/me/recovery-codes", { password })).recoveryCodes);
      } else {
        await api.json("DELETE", "/v1/me/second-factor", { password });
        showDone(t("me.second.turnedOff"));
        close();
      }
      setPassword("");
      await renew();
    },
  });
  const confirm = useMutation({
    mutationFn: async (typed: string) => { setCodes((await api.json<{ recoveryCodes: string[] }>("PUT", "/v1/me/second-factor", { code: typed })).recoveryCodes); await renew(); },
    onError: () => setCode(""),
  });
  return (
    <Box title={t("me.second")}>
      <Group justify="space-between">
        <Text size="sm" className="grow">{on ? t("me.second.on", { n: session.member?.recoveryCodesLeft ?? 0 }) : t("me.second.off")}</Text>
        {on ? <Group gap="xs"><Button size="xs" variant="default" onClick={() => setAsked("codes")}>{t("me.codes.new")}</Button><Button size="xs" variant="light" color="red" onClick={() => setAsked("off")}>{t("me.second.turnOff")}</Button></Group> : <Button size="xs" onClick={() => setAsked("start")}>{t("me.second.start")}</Button>}
      </Group>
      <Modal opened={asked !== undefined} onClose={close} title={t("me.second")} centered closeButtonProps={{ "aria-label": t("close") }}>
        {codes ? (
          <Stack>
            <Alert color="yellow">{t("me.codes")}</Alert>
            <Code block className="codes">{codes.join("\n")}</Code>
            <Group justify="flex-end"><Button variant="default" onClick={() => saveAs(new Blob([codes.join("\n")], { type: "text/plain" }), "recovery-codes.txt")}>{t("me.codes.save")}</Button><Button onClick={close}>{t("done")}</Button></Group>
          </Stack>
        ) : made ? (
          <form onSubmit={(event) => { event.preventDefault(); confirm.mutate(code); }}>
            <Stack align="center">
              <Text size="sm">{t("me.second.scan")}</Text>
              <Qr text={made.uri} />
              <Text size="xs" c="dimmed">{t("me.second.key")}</Text><Code>{made.key}</Code>
              <PinInput length={6} type="number" oneTimeCode ariaLabel={t("signIn.code")} value={code} onChange={setCode} onComplete={(typed) => confirm.mutate(typed)} error={confirm.isError} />
              <Button type="submit" loading={confirm.isPending} disabled={code.length < 6}>{t("me.second.confirm")}</Button>
            </Stack>
          </form>
        ) : (
          <form onSubmit={(event) => { event.preventDefault(); begin.mutate(); }}>
            <Stack>
              <PasswordInput label={t("me.password.present")} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} data-autofocus visibilityToggleButtonProps={{ "aria-label": t("signIn.password.show") }} />
              <Group justify="flex-end"><Button variant="default" onClick={close}>{t("cancel")}</Button><Button type="submit" loading={begin.isPending} color={asked === "off" ? "red" : "indigo"}>{t(asked === "off" ? "me.second.turnOff" : asked === "codes" ? "me.codes.new" : "me.second.start")}</Button></Group>
            </Stack>
          </form>
        )}
      </Modal>
    </Box>
  );
}

function Qr({ text }: { text: string }) {
  const { path, size } = useMemo(() => qrPath(text), [text]);
  return <svg viewBox={`-4 -4 ${size + 8} ${size + 8}`} width={220} height={220} role="img" aria-label={t("me.second.qr")} shapeRendering="crispEdges"><rect x={-4} y={-4} width={size + 8} height={size + 8} fill="#fff" /><path d={path} fill="#000" /></svg>;
}

function Sessions() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "own-sessions"];
  const list = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await api.list<OwnSession>("sessions", "/v1/sessions", signal)).rows });
  const end = useMutation({ mutationFn: (id: string | undefined) => api.json("DELETE", id ? `/v1/sessions/${encodeURIComponent(id)}` : "/v1/sessions"), onSuccess: async () => { showDone(t("me.session.ended")); await queries.invalidateQueries({ queryKey: key }); } });
  const rows = list.data ?? [];
  return (
    <Box title={t("me.sessions")} action={rows.length > 1 ? <Button size="xs" variant="default" onClick={() => end.mutate(undefined)}>{t("me.session.endAll")}</Button> : null}>
      {list.isError ? <ProblemAlert error={list.error} /> : null}
      <Stack gap={8}>
        {rows.map((s) => (
          <Group key={s.id} justify="space-between" wrap="nowrap">
            <div className="grow"><Group gap={6}><Text size="sm" className="break">{agentName(s.agent)}</Text>{s.current ? <Badge size="xs" color="teal" variant="light">{t("me.session.current")}</Badge> : null}</Group><Text size="xs" c="dimmed">{s.address ?? ""} · {t("me.session.last", { when: ago(s.lastSeenAt) })}</Text></div>
            {s.current ? null : <Button size="compact-xs" variant="default" onClick={() => end.mutate(s.id)}>{t("me.session.end")}</Button>}
          </Group>
        ))}
      </Stack>
    </Box>
  );
}

/** "Chrome, Windows" out of what a browser says of itself; the whole of it where it says nothing known. */
export function agentName(agent: string | undefined): string {
  if (!agent) {
    return "–";
  }
  const browser = /Edg\//.test(agent) ? "Edge" : /OPR\//.test(agent) ? "Opera" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : undefined;
  const system = /Windows/.test(agent) ? "Windows" : /iPhone|iPad/.test(agent) ? "iOS" : /Mac OS/.test(agent) ? "macOS" : /Android/.test(agent) ? "Android" : /Linux/.test(agent) ? "Linux" : undefined;
  return browser ? [browser, system].filter(Boolean).join(", ") : agent.slice(0, 80);
}
