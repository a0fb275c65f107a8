import { Alert, Anchor, Button, Card, Center, Code, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Api } from "../api";
import { t } from "../i18n";
import { asProblem } from "../parts/feedback";
import { nameIn, readKey, signIn } from "../session";

/** Asks for a key and tries it before keeping it. */
export default function Connect({ note }: { note: string | undefined }) {
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
    <Center mih="80vh" px="md">
      <Card withBorder radius="md" padding="xl" w="100%" maw={480}>
        <form onSubmit={(event) => void connect(event)} noValidate>
          <Stack>
            <Title order={1} size="h3">{t("connect.title")}</Title>
            <Text c="dimmed" size="sm">{t("connect.about")}</Text>
            {note ? <Alert color="yellow">{note}</Alert> : null}
            <PasswordInput label={t("connect.key")} placeholder="ak_…" autoComplete="off" spellCheck={false} data-autofocus autoFocus value={text} error={fault}
              visibilityToggleButtonProps={{ "aria-label": t("connect.show") }}
              onChange={(event) => { setText(event.currentTarget.value); setFault(undefined); }} />
            {session ? <Text size="sm">{t("connect.store")} <Code>{session.tenant}</Code> · {t(session.scope === "agent" ? "scope.agent" : "scope.secret")}</Text> : null}
            <TextInput label={t("connect.name")} description={t("connect.name.help")} autoComplete="name" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" loading={busy}>{t("connect.go")}</Button>
            <Text size="xs" c="dimmed">{t("connect.kept")} <Anchor size="xs" underline="always" href="/openapi/v1.json" rel="noopener">{t("connect.api")}</Anchor></Text>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
