import { Alert, Anchor, Button, Card, Center, Code, PasswordInput, PinInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { Api, ApiError } from "../api";
import { t } from "../i18n";
import { asProblem } from "../parts/feedback";
import { LanguageChoice } from "../parts/LanguageChoice";
import { nameIn, readKey, signIn } from "../session";
import type { SessionView } from "../types";

/** A card in the middle of an otherwise empty page. */
export function Card1({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <Center component="main" mih="100dvh" px="md" py="xl" className="door">
      <Stack w="100%" maw={440} gap="md">
        <Text fw={700} ta="center" c="dimmed">{t("brand")}</Text>
        <Card withBorder radius="lg" padding="xl" shadow="sm">
          <Stack>
            <div><Title order={1} size="h3">{title}</Title>{about ? <Text c="dimmed" size="sm" mt={4} component="div">{about}</Text> : null}</div>
            {children}
          </Stack>
        </Card>
        <LanguageChoice />
      </Stack>
    </Center>
  );
}

export default function SignIn({ note, onSignedIn }: { note: string | undefined; onSignedIn: (view: SessionView) => void }) {
  const [byKey, setByKey] = useState(note === t("connect.expired"));
  return byKey ? <ByKey note={note} onMail={() => setByKey(false)} /> : <ByMail note={note} onSignedIn={onSignedIn} onKey={() => setByKey(true)} />;
}

/** Why a sign-in was refused, in the reader's language. */
export function refusal(error: unknown): string {
  const problem = asProblem(error);
  switch (problem.code) {
    case "wrong_credentials":
      return t("signIn.wrong");
    case "locked":
      return t("signIn.locked", { n: Math.ceil((problem.retryAfter ?? 900) / 60) });
    case "no_store":
      return t("signIn.noStore");
    case "wrong_code":
      return t("signIn.code.wrong");
    default:
      return [problem.title, problem.detail, ...problem.faults.map((f) => f.message)].filter((text) => text !== "").join(" ");
  }
}

function ByMail({ note, onSignedIn, onKey }: { note: string | undefined; onSignedIn: (view: SessionView) => void; onKey: () => void }) {
  const [mail, setMail] = useState("");
  const [password, setPassword] = useState("");
  const [second, setSecond] = useState<"code" | "recovery">();
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function enter(typed: string) {
    setBusy(true);
    setFault(undefined);
    try {
      onSignedIn(await new Api("cookie").json<SessionView>("POST", "/v1/session", {
        mail: mail.trim(), password, ...(second === "code" && typed !== "" ? { code: typed } : {}), ...(second === "recovery" && typed !== "" ? { recoveryCode: typed.trim() } : {}),
      }));
    } catch (error) {
      if (error instanceof ApiError && error.code === "second_factor_needed") {
        setFault(second ? t("signIn.code.wrong") : undefined);
        setSecond((now) => now ?? "code");
      } else {
        setFault(second && error instanceof ApiError && error.code === "wrong_credentials" ? t("signIn.code.wrong") : refusal(error));
      }
      setCode("");
    } finally {
      setBusy(false);
    }
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(code);
  };

  if (second) {
    return (
      <Card1 title={t(second === "code" ? "signIn.code" : "signIn.recovery.code")} about={t(second === "code" ? "signIn.code.help" : "signIn.recovery.help")}>
        <form onSubmit={submit}>
          <Stack>
            {fault ? <Alert color="red" role="alert">{fault}</Alert> : null}
            {second === "code"
              ? <PinInput key="code" length={6} type="number" oneTimeCode autoFocus size="lg" ariaLabel={t("signIn.code")} value={code} onChange={setCode} onComplete={(typed) => void enter(typed)} error={fault !== undefined} />
              : <TextInput label={t("signIn.recovery.code")} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="off" spellCheck={false} autoFocus />}
            <Button type="submit" loading={busy} disabled={code.trim() === ""}>{t("signIn.go")}</Button>
            <Button variant="subtle" size="xs" onClick={() => { setSecond(second === "code" ? "recovery" : "code"); setCode(""); setFault(undefined); }}>{t(second === "code" ? "signIn.recovery" : "signIn.useCode")}</Button>
            <Button variant="subtle" color="gray" size="xs" onClick={() => { setSecond(undefined); setPassword(""); setCode(""); setFault(undefined); }}>{t("signIn.again")}</Button>
          </Stack>
        </form>
      </Card1>
    );
  }
  return (
    <Card1 title={t("signIn.title")} about={t("signIn.about")}>
      <form onSubmit={submit}>
        <Stack>
          {note ? <Alert color="yellow">{note}</Alert> : null}
          {fault ? <Alert color="red" role="alert">{fault}</Alert> : null}
          <TextInput type="email" label={t("signIn.mail")} autoComplete="username" required autoFocus withAsterisk={false} value={mail} onChange={(event) => setMail(event.currentTarget.value)} />
          <PasswordInput label={t("signIn.password")} autoComplete="current-password" required withAsterisk={false} value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": t("signIn.password.show") }} />
          <Button type="submit" loading={busy}>{t("signIn.go")}</Button>
          <Text size="xs" c="dimmed">{t("signIn.forgot")}</Text>
          <Button variant="subtle" size="xs" onClick={onKey}>{t("signIn.withKey")}</Button>
        </Stack>
      </form>
    </Card1>
  );
}

/** Asks for a key and tries it before keeping it. */
function ByKey({ note, onMail }: { note: string | undefined; onMail: () => void }) {
  const [text, setText] = useState("");
  const [name, setName] = useState(nameIn);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const session = readKey(text);

  async function connect(event: FormEvent) {
    event.preventDefault();
    if (!session) {
      setFault(text.trim().startsWith("pk_") ? t("connect.publishable") : t("connect.notAKey"));
      return;
    }
    setBusy(true);
    try {
      await new Api(session.key).questions({ limit: 1 });
      signIn(session.key, name);
    } catch (error) {
      const problem = asProblem(error);
      setFault(problem.status === 401 ? t("connect.refused") : problem.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card1 title={t("connect.title")} about={t("connect.about")}>
      <form onSubmit={(event) => void connect(event)} noValidate>
        <Stack>
          {note ? <Alert color="yellow">{note}</Alert> : null}
          <PasswordInput label={t("connect.key")} placeholder="ak_…" autoComplete="off" spellCheck={false} autoFocus value={text} error={fault}
            visibilityToggleButtonProps={{ "aria-label": t("connect.show") }}
            onChange={(event) => { setText(event.currentTarget.value); setFault(undefined); }} />
          {session ? <Text size="sm">{t("connect.store")} <Code>{session.tenant}</Code> · {t(session.scope === "agent" ? "scope.agent" : "scope.secret")}</Text> : null}
          <TextInput label={t("connect.name")} description={t("connect.name.help")} autoComplete="name" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" loading={busy}>{t("connect.go")}</Button>
          <Text size="xs" c="dimmed">{t("connect.kept")} <Anchor size="xs" underline="always" href="/openapi/v1.json" rel="noopener">{t("connect.api")}</Anchor></Text>
          <Button variant="subtle" size="xs" onClick={onMail}>{t("signIn.withMail")}</Button>
        </Stack>
      </form>
    </Card1>
  );
}
