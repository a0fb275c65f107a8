import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Api, ApiError } from "../api";
import { locale, t, type Key } from "../i18n";
import { asProblem, ProblemAlert } from "../parts/feedback";
import { Loading } from "../parts/page";
import { linkTo } from "../router";
import type { LinkView, SessionView } from "../types";
import { Card1, refusal } from "./SignIn";

/** An invitation or a reset: the token stands behind the "#", where no server's log sees it. */
export default function LinkPage({ onSignedIn }: { onSignedIn: (view: SessionView) => void }) {
  const [token] = useState(() => location.hash.slice(1));
  const [api] = useState(() => new Api("cookie"));
  const link = useQuery({ queryKey: ["link", token], queryFn: () => api.json<LinkView>("POST", "/v1/links/open", { token }), retry: false, staleTime: Infinity, enabled: token !== "" });
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string>();
  const [fault, setFault] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const l = link.data;
  const chooses = l !== undefined && (l.kind === "reset" || !l.hasAccount);

  async function redeem(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const view = await api.json<SessionView>("POST", "/v1/links/redeem", { token, password, locale: locale(), ...(l?.kind === "invitation" && !l.hasAccount ? { name: name.trim() } : {}), ...(code ? { code } : {}) });
      // The token must not stay in the history of this browser.
      history.replaceState(null, "", location.pathname);
      onSignedIn(view);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === "second_factor_needed") {
        setCode((now) => now ?? "");
      }
      setFault(problem);
    } finally {
      setBusy(false);
    }
  }

  if (token === "" || (link.isError && asProblem(link.error).status === 404)) {
    return <Card1 title={t("link.dead")} about={t("link.dead.help")}><Anchor {...linkTo("/")}>{t("link.toSignIn")}</Anchor></Card1>;
  }
  if (!l) {
    return <Card1 title={t("brand")}>{link.isError ? <ProblemAlert error={link.error} retry={() => void link.refetch()} /> : <Loading rows={3} />}</Card1>;
  }
  const said = (field: string) => fault?.faults.filter((f) => f.field === field).map((f) => f.message).join(" ") || undefined;
  const whole = fault && fault.code !== "second_factor_needed" && fault.faults.length === 0 ? refusal(fault) : undefined;
  return (
    <Card1 title={l.kind === "reset" ? t("link.reset") : t("link.invitation", { store: l.store ?? l.tenant ?? "" })}
      about={l.kind === "reset" ? t("link.reset.about", { mail: l.mail }) : t("link.invitation.about", { role: t(`role.${l.role ?? "agent"}` as Key), mail: l.mail })}>
      <form onSubmit={(event) => void redeem(event)}>
        <Stack>
          {whole ? <Alert color="red" role="alert">{whole}</Alert> : null}
          <input type="hidden" autoComplete="username" value={l.mail} readOnly />
          {l.kind === "invitation" && !l.hasAccount ? <TextInput label={t("link.name")} description={t("link.name.help")} required autoComplete="name" maxLength={100} autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} error={said("name")} /> : null}
          <PasswordInput label={t(l.kind === "reset" || chooses ? "link.password.new" : "link.password.present")} description={chooses ? t("link.password.help") : undefined} required minLength={chooses ? 10 : 1} maxLength={128}
            autoComplete={chooses ? "new-password" : "current-password"} value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={said("password")} visibilityToggleButtonProps={{ "aria-label": t("signIn.password.show") }} />
          {code === undefined ? null : <TextInput label={t("signIn.code")} description={t("signIn.code.help")} inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.currentTarget.value)} autoFocus />}
          <Button type="submit" loading={busy}>{t(l.kind === "reset" ? "link.change" : "link.join")}</Button>
        </Stack>
      </form>
    </Card1>
  );
}
