import { Button, Group, Modal, Text, type ButtonProps } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { t } from "../i18n";

/** A button whose deed cannot simply be undone: asks once, saying what will happen. */
export function ConfirmButton({ title, children, label, onConfirm, loading, ...rest }: { title: string; children: ReactNode; label: string; onConfirm: () => void } & Omit<ButtonProps, "children">) {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button {...rest} loading={loading ?? false} onClick={() => setAsked(true)}>{label}</Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={title} centered closeButtonProps={{ "aria-label": t("close") }}>
        <Text size="sm">{children}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsked(false)}>{t("cancel")}</Button>
          <Button color={rest.color ?? "blue"} onClick={() => { setAsked(false); onConfirm(); }}>{label}</Button>
        </Group>
      </Modal>
    </>
  );
}
