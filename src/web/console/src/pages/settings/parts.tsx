import { Button, Group, Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../../i18n";

/** A box of settings that belong together. */
export function Box({ title, about, action, children }: { title?: string; about?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <Paper withBorder p="md" radius="md" component="section" {...(title ? { "aria-label": title } : {})}>
      {title ? <Group justify="space-between" align="flex-start" mb="sm" wrap="nowrap"><div><Title order={2} size="h5">{title}</Title>{about ? <Text size="xs" c="dimmed">{about}</Text> : null}</div>{action}</Group> : null}
      {children}
    </Paper>
  );
}

/** Stands at the bottom while something is not saved. */
export function SaveBar({ shown, busy, disabled = false, onSave, onDiscard }: { shown: boolean; busy: boolean; disabled?: boolean; onSave: () => void; onDiscard: () => void }) {
  return shown ? (
    <div className="save-bar" role="status">
      <Text size="sm" fw={500}>{t("settings.unsaved")}</Text>
      <Group gap="xs"><Button variant="default" size="xs" onClick={onDiscard}>{t("settings.discard")}</Button><Button size="xs" loading={busy} disabled={disabled} onClick={onSave}>{t("save")}</Button></Group>
    </div>
  ) : null;
}
