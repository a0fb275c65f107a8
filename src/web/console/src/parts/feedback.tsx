import { Alert, Button, Center, Group, List, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { ApiError } from "../api";
import { t } from "../i18n";
import type { ProblemFault } from "../types";

const shownFaults = 8;
export const closable = () => ({ closeButtonProps: { "aria-label": t("close") } });

const placeOf = (fault: ProblemFault): string =>
  [fault.line === undefined ? "" : t("fault.line", { line: fault.line }), fault.field ?? ""].filter((part) => part !== "").join(" · ");

function FaultList({ faults }: { faults: ProblemFault[] }) {
  return faults.length === 0 ? null : (
    <List size="sm" spacing={2} mt={4}>
      {faults.slice(0, shownFaults).map((fault, index) => (
        <List.Item key={index}>
          {placeOf(fault) === "" ? null : <Text span fw={600}>{placeOf(fault)}: </Text>}
          {fault.message}
        </List.Item>
      ))}
      {faults.length > shownFaults ? <List.Item>{t("fault.more", { n: faults.length - shownFaults })}</List.Item> : null}
    </List>
  );
}

export function asProblem(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError({ status: 0, title: t("problem.unexpected"), detail: error instanceof Error ? error.message : String(error) });
}

function ProblemBody({ error }: { error: ApiError }) {
  return (
    <>
      {error.detail === "" ? null : <Text size="sm">{error.detail}</Text>}
      {error.retryAfter === undefined ? null : <Text size="sm">{t("problem.retryAfter", { n: error.retryAfter })}</Text>}
      <FaultList faults={error.faults} />
      {error.traceId && error.status >= 500 ? <Text size="xs" c="dimmed">{t("problem.trace", { id: error.traceId })}</Text> : null}
    </>
  );
}

/** An action failed: says what the server said, and stays long enough to be read. */
export function showProblem(error: unknown): void {
  const problem = asProblem(error);
  notifications.show({ color: "red", title: problem.title, message: <ProblemBody error={problem} />, autoClose: problem.faults.length > 0 ? 20_000 : 9_000, withBorder: true, ...closable() });
}

export function showDone(message: ReactNode): void {
  notifications.show({ color: "teal", message, withBorder: true, ...closable() });
}

/** Something was done that can be taken back: says so, and how. */
export function showUndo(message: string, undo: () => void): void {
  const id = `undo-${Date.now()}`;
  notifications.show({
    id, color: "teal", autoClose: 7_000, withBorder: true, ...closable(),
    message: <Group justify="space-between" wrap="nowrap"><Text size="sm">{message}</Text><Button size="compact-sm" variant="light" onClick={() => { notifications.hide(id); undo(); }}>{t("undo")}</Button></Group>,
  });
}

/** A list or page could not be loaded. */
export function ProblemAlert({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = asProblem(error);
  return (
    <Alert color="red" title={problem.title} role="alert">
      <ProblemBody error={problem} />
      {retry ? <Button mt="sm" size="xs" variant="default" onClick={retry}>{t("again")}</Button> : null}
    </Alert>
  );
}

/** Nothing here yet: says what would appear and what to do for it. */
export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="xs" maw={460}>
        <Title order={3} size="h4" ta="center">{title}</Title>
        <Text c="dimmed" ta="center" size="sm">{children}</Text>
        {action ? <Group mt="sm">{action}</Group> : null}
      </Stack>
    </Center>
  );
}
