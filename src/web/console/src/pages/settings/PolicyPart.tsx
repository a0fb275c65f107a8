import { Alert, Badge, Checkbox, Group, Loader, MultiSelect, NumberInput, Radio, SegmentedControl, SimpleGrid, Slider, Stack, Switch, Table, TagsInput, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useSigned } from "../../context";
import { number, percent, t, textOr } from "../../i18n";
import { intentChoices, intentIds } from "../../intents";
import { ProblemAlert } from "../../parts/feedback";
import { Loading } from "../../parts/page";
import { Link } from "../../router";
import type { Policy, PolicyPreview } from "../../types";
import { tones, usePolicy, useSavePolicy } from "../onboarding/StepBody";
import { Box, SaveBar } from "./parts";

type Change = { [K in keyof Policy]?: Policy[K] extends object ? Partial<Policy[K]> | Policy[K] : Policy[K] } & { clear?: string[] };

/** What is live with what is changed, as it would be. */
export function merged(policy: Policy, change: Change): Policy {
  const next = { ...policy, ...change, popups: { ...policy.popups, ...change.popups }, bot: { ...policy.bot, ...change.bot }, ...(policy.handOff || change.handOff ? { handOff: { intents: [], ...policy.handOff, ...change.handOff } } : {}) } as Policy & { clear?: string[] };
  for (const name of change.clear ?? []) {
    delete next[name as keyof Policy];
  }
  delete next.clear;
  return next;
}

function Part({ children }: { children: (policy: Policy, set: (change: Change) => void, may: boolean) => ReactNode }) {
  const { session } = useSigned();
  const policy = usePolicy();
  const [change, setChange] = useState<Change>({});
  const save = useSavePolicy(() => setChange({}));
  const may = session.may("store.write");
  if (!policy.data) {
    return policy.isError ? <ProblemAlert error={policy.error} retry={() => void policy.refetch()} /> : <Loading />;
  }
  const set = (more: Change) => setChange((now) => ({
    ...now, ...more, ...(more.popups || now.popups ? { popups: { ...now.popups, ...more.popups } } : {}), ...(more.bot || now.bot ? { bot: { ...now.bot, ...more.bot } } : {}),
    ...(more.handOff || now.handOff ? { handOff: { ...policy.data?.handOff, ...now.handOff, ...more.handOff } as NonNullable<Policy["handOff"]> } : {}),
    clear: [...new Set([...(now.clear ?? []).filter((name) => !(name in more)), ...(more.clear ?? [])])],
  }));
  const asked: Change = { ...change };
  if (asked.clear?.length === 0) {
    delete asked.clear;
  }
  const dirty = Object.keys(asked).length > 0;
  return (
    <div className="policy">
      <Stack gap="md" className="grow">
        {may ? null : <Alert color="gray" variant="light">{t("settings.readonly")}</Alert>}
        <fieldset disabled={!may} className="plain-fieldset"><Stack gap="md">{children(merged(policy.data, change), set, may)}</Stack></fieldset>
        <SaveBar shown={dirty} busy={save.isPending} onSave={() => save.mutate(asked as Partial<Policy>)} onDiscard={() => setChange({})} />
      </Stack>
      <Preview change={dirty ? asked : undefined} />
    </div>
  );
}

/** Yesterday, answered again under the settings as they stand in the form. */
function Preview({ change }: { change: Change | undefined }) {
  const { api, session } = useSigned();
  const [days, setDays] = useState("1");
  const [settled] = useDebouncedValue(change, 500);
  const preview = useQuery({
    queryKey: [session.tenant, "preview", days, settled],
    queryFn: ({ signal }) => api.json<PolicyPreview>("POST", "/v1/tenant/policy/preview", { days: Number(days), policy: settled }, signal),
    enabled: settled !== undefined && change !== undefined, placeholderData: keepPreviousData, staleTime: 60_000, retry: false,
  });
  const p = change === undefined ? undefined : preview.data;
  const row = (label: string, before: number, after: number, better: "more" | "less") => (
    <Table.Tr key={label}><Table.Td>{label}</Table.Td><Table.Td ta="right" className="figures">{number(before)}</Table.Td><Table.Td ta="right" className="figures"><Text span size="sm" fw={600} c={after === before ? "dimmed" : (after > before) === (better === "more") ? "teal" : "orange"}>{number(after)}</Text></Table.Td></Table.Tr>
  );
  return (
    <aside className="preview" aria-label={t("preview.title")}>
      <Box title={t("preview.title")} about={t("preview.about", { n: days })} action={preview.isFetching ? <Loader size="xs" aria-label={t("preview.busy")} /> : null}>
        <Stack gap="sm">
          <SegmentedControl size="xs" aria-label={t("preview.days")} value={days} onChange={setDays} data={["1", "3", "7"].map((value) => ({ value, label: t("days.short", { n: value }) }))} />
          {preview.isError && change !== undefined ? <ProblemAlert error={preview.error} /> : null}
          {p === undefined ? <Text size="sm" c="dimmed">{t("preview.change")}</Text> : (
            <>
              <Text size="sm" fw={550} role="status">{p.changed === 0 ? t("preview.none", { of: number(p.questions) }) : t("preview.changed", { n: number(p.changed), of: number(p.questions) })}</Text>
              <Table verticalSpacing={4}>
                <Table.Thead><Table.Tr><Table.Th /><Table.Th ta="right">{t("diff.before")}</Table.Th><Table.Th ta="right">{t("diff.after")}</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>
                  {row(t("preview.answered"), p.before.answered, p.after.answered, "more")}
                  {row(t("preview.clarified"), p.before.clarified, p.after.clarified, "less")}
                  {row(t("preview.handedOff"), p.before.handedOff, p.after.handedOff, "less")}
                  {row(t("preview.popups"), p.popups.before, p.popups.after, "more")}
                </Table.Tbody>
              </Table>
              <Stack gap={8} className="preview-list">
                {p.changes.slice(0, 20).map((c) => (
                  <div key={`${c.conversation}:${c.number}`}>
                    <Link to={`/questions?open=${encodeURIComponent(c.conversation)}:${c.number}`} className="row-title foreign break">{c.question}</Link>
                    <Group gap={6}><Badge size="xs" variant="light" color="gray">{textOr(`outcome.${c.before}`, textOr(`try.${c.before}`, c.before))}</Badge><Text size="xs">→</Text><Badge size="xs" variant="light">{textOr(`outcome.${c.after}`, textOr(`try.${c.after}`, c.after))}</Badge><Text size="xs" c="dimmed">{percent(c.confidence)}</Text></Group>
                  </div>
                ))}
              </Stack>
            </>
          )}
        </Stack>
      </Box>
    </aside>
  );
}

function Share({ label, help, value, onChange, disabled, max = 1 }: { label: string; help?: string; value: number; onChange: (value: number) => void; disabled: boolean; max?: number }) {
  return (
    <div>
      <Group justify="space-between"><Text size="sm" fw={500}>{label}</Text><Text size="sm" className="figures">{percent(value)}</Text></Group>
      {help ? <Text size="xs" c="dimmed">{help}</Text> : null}
      <Slider mt={6} mb={4} min={0} max={max * 100} step={1} label={null} value={Math.round(value * 100)} onChange={(v) => onChange(v / 100)} disabled={disabled} thumbLabel={label} thumbSize={18} />
    </div>
  );
}

const whole = (value: string | number): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

export function BotPart() {
  return (
    <Part>
      {(p, set, may) => (
        <>
          <Box>
            <Stack gap="md">
              <Switch label={t("policy.autonomy")} description={t("policy.autonomy.help")} checked={p.bot.autonomy} onChange={(event) => set({ bot: { autonomy: event.currentTarget.checked } })} />
              <Share label={t("policy.answerFrom")} help={t("policy.answerFrom.help")} value={p.bot.answerFrom} onChange={(answerFrom) => set({ bot: { answerFrom } })} disabled={!may} />
              <Share label={t("policy.clarifyFrom")} value={p.bot.clarifyFrom} onChange={(clarifyFrom) => set({ bot: { clarifyFrom } })} disabled={!may} />
              <NumberInput label={t("policy.clarifications")} min={0} max={5} maw={220} value={p.bot.maxClarifications} onChange={(v) => { const n = whole(v); if (n !== undefined) { set({ bot: { maxClarifications: n } }); } }} />
            </Stack>
          </Box>
          <Box>
            <Stack gap="md">
              <Radio.Group label={t("field.tone")} value={p.tone} onChange={(tone) => set({ tone })}><Group mt={6}>{tones.map((value) => <Radio key={value} value={value} label={textOr(`tone.${value}`, value)} />)}</Group></Radio.Group>
              <TagsInput label={t("policy.forbidden")} description={t("policy.forbidden.help")} maxTags={200} value={p.forbiddenWords} onChange={(forbiddenWords) => set({ forbiddenWords })} acceptValueOnBlur />
              <Checkbox.Group label={t("policy.languages")} value={p.languages && p.languages.length > 0 ? p.languages : ["ko", "zh", "en"]} onChange={(languages) => set({ languages })}><Group mt={6}>{(["ko", "zh", "en"] as const).map((value) => <Checkbox key={value} value={value} label={t(`language.${value}`)} />)}</Group></Checkbox.Group>
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <NumberInput label={t("policy.discount")} description={t("policy.discount.help")} suffix=" %" min={0} max={100} value={p.discountLimit ?? ""} onChange={(v) => { const n = whole(v); set(n === undefined ? { clear: ["discountLimit"] } : { discountLimit: n }); }} />
                <NumberInput label={t("policy.retention")} description={t("policy.retention.help")} min={7} max={3650} value={p.retentionDays ?? ""} onChange={(v) => { const n = whole(v); set(n === undefined ? { clear: ["retentionDays"] } : { retentionDays: n }); }} />
                <NumberInput label={t("policy.rate")} min={1} max={600} value={p.messagesPerMinute} onChange={(v) => { const n = whole(v); if (n !== undefined) { set({ messagesPerMinute: n }); } }} />
              </SimpleGrid>
            </Stack>
          </Box>
        </>
      )}
    </Part>
  );
}

export function PopupPart() {
  return (
    <Part>
      {(p, set, may) => (
        <Box>
          <Stack gap="md">
            <Switch label={t("policy.popups.on")} checked={p.popups.enabled} onChange={(event) => set({ popups: { enabled: event.currentTarget.checked } })} />
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              <NumberInput label={t("policy.perSession")} min={0} max={20} value={p.popups.perSession} onChange={(v) => { const n = whole(v); if (n !== undefined) { set({ popups: { perSession: n } }); } }} />
              <NumberInput label={t("policy.perDay")} min={0} max={100} value={p.popups.perDay} onChange={(v) => { const n = whole(v); if (n !== undefined) { set({ popups: { perDay: n } }); } }} />
              <NumberInput label={t("policy.pause")} min={0} max={86400} value={p.popups.pauseSeconds} onChange={(v) => { const n = whole(v); if (n !== undefined) { set({ popups: { pauseSeconds: n } }); } }} />
            </SimpleGrid>
            <Share label={t("policy.precision")} help={t("policy.precision.help")} value={p.popups.precision} onChange={(precision) => set({ popups: { precision } })} disabled={!may} />
            <Share label={t("policy.minProbability")} value={p.popups.minProbability} onChange={(minProbability) => set({ popups: { minProbability } })} disabled={!may} />
            <Share label={t("policy.holdout")} help={t("policy.holdout.help")} value={p.popups.holdoutShare} onChange={(holdoutShare) => set({ popups: { holdoutShare } })} disabled={!may} max={0.5} />
            <Share label={t("policy.explore")} value={p.popups.exploreShare} onChange={(exploreShare) => set({ popups: { exploreShare } })} disabled={!may} max={0.5} />
          </Stack>
        </Box>
      )}
    </Part>
  );
}

export function HandOffPart() {
  const known = new Set(intentIds());
  return (
    <Part>
      {(p, set) => (
        <Box>
          <Stack gap="md">
            <MultiSelect label={t("policy.handOff.intents")} description={t("policy.handOff.intents.help")} searchable clearable nothingFoundMessage={t("nothing")}
              data={[...intentChoices(), ...((p.handOff?.intents ?? []).some((i) => !known.has(i)) ? [{ group: "…", items: (p.handOff?.intents ?? []).filter((i) => !known.has(i)).map((value) => ({ value, label: value })) }] : [])]}
              value={p.handOff?.intents ?? []} onChange={(intents) => set({ handOff: { intents } })} />
            <NumberInput label={t("policy.handOff.after")} description={t("policy.handOff.after.help")} min={1} max={10} maw={260} value={p.handOff?.afterFailures ?? ""} onChange={(v) => { const n = whole(v); if (n !== undefined) { set({ handOff: { intents: p.handOff?.intents ?? [], afterFailures: n } }); } }} />
          </Stack>
        </Box>
      )}
    </Part>
  );
}
