import { Alert, Button, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../../context";
import { t } from "../../i18n";
import { showDone } from "../../parts/feedback";
import type { PeakStore } from "../../types";
import { Box } from "../settings/parts";
import { rungChoices } from "./rungs";

/** Practises a rung with this store's own shoppers, for a time that ends by itself. */
export default function Rehearsal({ now, onChanged }: { now: PeakStore; onChanged: (next: PeakStore) => void }) {
  const { api, session } = useSigned();
  const [rung, setRung] = useState("queue");
  const [minutes, setMinutes] = useState<number | string>(10);
  const [rate, setRate] = useState<number | string>(1);
  const begin = useMutation({
    mutationFn: () => api.json<PeakStore>("POST", "/v1/peak/store/rehearsals", { rung, seconds: Number(minutes) * 60, perSecond: Number(rate) }),
    onSuccess: (next) => { onChanged(next); showDone(t("peak.rehearse.begun")); },
  });
  const end = useMutation({ mutationFn: () => api.json<PeakStore>("DELETE", "/v1/peak/store/rehearsals"), onSuccess: (next) => { onChanged(next); showDone(t("peak.rehearse.over")); } });
  return (
    <Box title={t("peak.rehearse")} about={t("peak.rehearse.about")} action={now.rehearsal && session.may("store.write") ? <Button size="xs" color="red" variant="light" loading={end.isPending} onClick={() => end.mutate()}>{t("peak.rehearse.end")}</Button> : null}>
      {session.may("store.write") ? (
        <form onSubmit={(event) => { event.preventDefault(); begin.mutate(); }}>
          <Stack gap="sm">
            <Alert color="yellow" variant="light">{t("peak.rehearse.warn")}</Alert>
            <Group align="flex-end" gap="sm">
              <Select flex="2 1 200px" label={t("peak.rehearse.rung")} allowDeselect={false} data={rungChoices().slice(1)} value={rung} onChange={(value) => setRung(value ?? "queue")} />
              <NumberInput flex="1 1 110px" label={t("peak.rehearse.minutes")} min={1} max={60} clampBehavior="strict" allowDecimal={false} value={minutes} onChange={setMinutes} required />
              {rung === "queue" || rung === "call_back" ? <NumberInput flex="1 1 130px" label={t("peak.rehearse.rate")} min={0.1} max={1000} step={0.5} value={rate} onChange={setRate} required /> : null}
              <Button type="submit" loading={begin.isPending}>{t("peak.rehearse.go")}</Button>
            </Group>
          </Stack>
        </form>
      ) : <Text size="sm" c="dimmed">{t("peak.rehearse.readonly")}</Text>}
    </Box>
  );
}
