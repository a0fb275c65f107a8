import { Group, Kbd, Modal, Stack, Switch, Text, Title } from "@mantine/core";
import { t } from "../i18n";
import { allShortcuts, paletteKeys, switchShortcuts, useShortcutsOn, type Shortcut } from "../keys";

const groups: { group: Shortcut["group"]; label: "keys.anywhere" | "keys.go" | "keys.here" }[] = [
  { group: "here", label: "keys.here" }, { group: "go", label: "keys.go" }, { group: "anywhere", label: "keys.anywhere" },
];

export function Keys({ keys }: { keys: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      {keys.split(" ").map((key, index) => <Group key={index} gap={4} wrap="nowrap">{index > 0 ? <Text size="xs" c="dimmed">{t("keys.then")}</Text> : null}<Kbd>{key}</Kbd></Group>)}
    </Group>
  );
}

/** "?": what each key does here, and the switch. */
export default function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const on = useShortcutsOn();
  const all = opened ? allShortcuts() : [];
  return (
    <Modal opened={opened} onClose={onClose} title={t("keys.title")} size="lg" closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="md">
        <Switch checked={on} onChange={(event) => switchShortcuts(event.currentTarget.checked)} label={t("keys.on")} description={t("keys.on.help", { palette: paletteKeys })} />
        <div className="sheet">
          {groups.map(({ group, label }) => {
            const rows = all.filter((s) => s.group === group);
            return rows.length === 0 ? null : (
              <section key={group} aria-label={t(label)} className="sheet-group">
                <Title order={2} size="h6" c="dimmed" mb={6}>{t(label)}</Title>
                <dl>
                  {rows.map((s) => <div key={s.keys} className="sheet-row" data-off={on ? undefined : true}><dt>{t(s.label)}</dt><dd><Keys keys={s.keys} /></dd></div>)}
                  {group === "anywhere" ? <div className="sheet-row"><dt>{t("keys.palette")}</dt><dd><Keys keys={paletteKeys.replace(" ", "+")} /></dd></div> : null}
                </dl>
              </section>
            );
          })}
        </div>
      </Stack>
    </Modal>
  );
}
