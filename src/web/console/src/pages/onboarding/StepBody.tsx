import { Alert, Button, Code, CopyButton, Group, Radio, Select, SimpleGrid, Stack, Tabs, TagsInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../../context";
import { ago, number, t, textOr } from "../../i18n";
import { languageChoices } from "../../parts/languageChoices";
import { ProblemAlert, showDone } from "../../parts/feedback";
import { CopyIcon } from "../../parts/icons";
import { Loading } from "../../parts/page";
import { Link } from "../../router";
import type { OnboardingStep, Policy, Profile } from "../../types";
import { timeZones } from "../../zones";
import { Import } from "../Files";
import { TryForm } from "../Try";
import { OrderCurl } from "./OrderCurl";
import { OrderFile } from "./OrderFile";
import { PasteFaq } from "./PasteFaq";

export const tones = ["friendly", "formal", "playful"] as const;

/** What one step of the checklist does. */
export default function StepBody({ step, snippet, onDone }: { step: OnboardingStep; snippet: string; onDone: () => void }) {
  switch (step.step) {
    case "profile":
      return <ProfileStep onDone={onDone} />;
    case "visit":
      return <VisitStep step={step} snippet={snippet} />;
    case "knowledge":
      return (
        <Stack gap="sm">
          {step.count ? <Text size="sm">{t("step.knowledge.count", { n: number(step.count) })} <Link to="/items">{t("nav.items")}</Link></Text> : null}
          <Tabs defaultValue="paste" keepMounted={false}>
            <Tabs.List><Tabs.Tab value="paste">{t("step.knowledge.paste")}</Tabs.Tab><Tabs.Tab value="file">{t("step.knowledge.file")}</Tabs.Tab></Tabs.List>
            <Tabs.Panel value="paste" pt="md"><PasteFaq onDone={onDone} /></Tabs.Panel>
            <Tabs.Panel value="file" pt="md"><Import /></Tabs.Panel>
          </Tabs>
        </Stack>
      );
    case "order":
      return (
        <Tabs defaultValue="curl" keepMounted={false}>
          <Tabs.List><Tabs.Tab value="curl">{t("step.order.curl")}</Tabs.Tab><Tabs.Tab value="csv">{t("step.order.csv")}</Tabs.Tab></Tabs.List>
          <Tabs.Panel value="curl" pt="md"><OrderCurl /></Tabs.Panel>
          <Tabs.Panel value="csv" pt="md"><OrderFile onDone={onDone} /></Tabs.Panel>
        </Tabs>
      );
    case "trial":
      return <TryForm onTried={onDone} />;
    case "popups":
      return <PopupStep onDone={onDone} />;
    case "live":
      return <LiveStep onDone={onDone} />;
  }
}

export function usePolicy() {
  const { api, session } = useSigned();
  return useQuery({ queryKey: [session.tenant, "policy"], queryFn: ({ signal }) => api.get<Policy>("/v1/tenant/policy", signal) });
}

export function useSavePolicy(onDone?: () => void) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Policy> & { clear?: string[] }) => api.json<Policy>("PUT", "/v1/tenant/policy", change),
    onSuccess: (policy) => {
      queries.setQueryData([session.tenant, "policy"], policy);
      showDone(t("saved"));
      onDone?.();
    },
  });
}

export function ProfileStep({ onDone }: { onDone: () => void }) {
  const { api, session } = useSigned();
  const profile = useQuery({ queryKey: [session.tenant, "profile"], queryFn: ({ signal }) => api.get<Profile>("/v1/tenant", signal) });
  const policy = usePolicy();
  if (!profile.data || !policy.data) {
    return profile.isError || policy.isError ? <ProblemAlert error={profile.error ?? policy.error} /> : <Loading rows={2} />;
  }
  return <ProfileForm profile={profile.data} tone={policy.data.tone} onDone={onDone} />;
}

function ProfileForm({ profile, tone: present, onDone }: { profile: Profile; tone: string; onDone: () => void }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(profile);
  const [tone, setTone] = useState(present);
  const save = useMutation({
    mutationFn: async () => {
      const saved = await api.json<Profile>("PUT", "/v1/tenant", draft);
      await api.json("PUT", "/v1/tenant/policy", { tone });
      return saved;
    },
    onSuccess: async (saved) => {
      queries.setQueryData([session.tenant, "profile"], saved ?? draft);
      await queries.invalidateQueries({ queryKey: [session.tenant, "policy"] });
      void queries.invalidateQueries({ queryKey: ["session"] });
      showDone(t("saved"));
      onDone();
    },
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t("field.storeName")} required maxLength={100} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
          <Select label={t("field.locale")} data={languageChoices()} allowDeselect={false} value={draft.locale} onChange={(value) => setDraft({ ...draft, locale: value ?? draft.locale })} />
          <TextInput label={t("field.currency")} required maxLength={3} value={draft.currency} onChange={(event) => setDraft({ ...draft, currency: event.currentTarget.value.toUpperCase() })} />
          <Select label={t("field.timeZone")} searchable data={timeZones(draft.timeZone)} limit={60} allowDeselect={false} value={draft.timeZone} onChange={(value) => setDraft({ ...draft, timeZone: value ?? draft.timeZone })} />
        </SimpleGrid>
        <Radio.Group label={t("field.tone")} value={tone} onChange={setTone}><Group mt={6}>{tones.map((value) => <Radio key={value} value={value} label={textOr(`tone.${value}`, value)} />)}</Group></Radio.Group>
        <Group><Button type="submit" loading={save.isPending}>{t("save")}</Button></Group>
      </Stack>
    </form>
  );
}

function VisitStep({ step, snippet }: { step: OnboardingStep; snippet: string }) {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const origins = useQuery({ queryKey: [session.tenant, "origins"], queryFn: ({ signal }) => api.get<{ origins: string[] }>("/v1/tenant/origins", signal) });
  const save = useMutation({
    mutationFn: (list: string[]) => api.json<{ origins: string[] }>("PUT", "/v1/tenant/origins", { origins: list }),
    onSuccess: (answer, list) => { queries.setQueryData([session.tenant, "origins"], answer ?? { origins: list }); showDone(t("saved")); },
  });
  const make = useMutation({ mutationFn: () => api.json<{ key: string }>("POST", "/v1/tenant/keys", { scope: "publishable", label: "widget" }) });
  return (
    <Stack gap="sm">
      <Copyable text={make.data ? snippet.replace(/pk_[^"]*/, make.data.key) : snippet} />
      {snippet.includes("…") && !make.data ? <Group gap="sm"><Text size="sm" c="dimmed" className="grow">{t("step.visit.key.help")}</Text>{session.may("keys.manage") ? <Button size="xs" variant="default" loading={make.isPending} onClick={() => make.mutate()}>{t("step.visit.key")}</Button> : null}</Group> : null}
      {step.done ? <Alert color="teal" variant="light">{t("step.visit.seen", { when: step.at ? ago(step.at) : "" })}</Alert>
        : <Text size="sm" c="dimmed" role="status" className="waiting-line"><span className="dots" aria-hidden="true"><i /><i /><i /></span> {t("step.visit.waiting")}</Text>}
      <TagsInput label={t("step.visit.origins")} description={t("step.visit.origins.help")} placeholder="https://" value={save.variables ?? origins.data?.origins ?? []} onChange={(list) => save.mutate(list.map((o) => o.trim().replace(/\/+$/, "")))} disabled={!session.may("store.write") || !origins.data} acceptValueOnBlur />
    </Stack>
  );
}

export function Copyable({ text, secret }: { text: string; secret?: boolean }) {
  return (
    <div className="copyable">
      <Code block className="copyable-text" data-secret={secret || undefined} tabIndex={0}>{text}</Code>
      <CopyButton value={text}>{({ copied, copy }) => <Button size="xs" variant="default" leftSection={<CopyIcon size={14} />} onClick={copy}>{t(copied ? "copied" : "copy")}</Button>}</CopyButton>
    </div>
  );
}

const budgets = [
  { name: "calm", popups: { enabled: true, perSession: 1, perDay: 2, precision: 0.8 } },
  { name: "usual", popups: { enabled: true, perSession: 2, perDay: 4, precision: 0.6 } },
  { name: "eager", popups: { enabled: true, perSession: 3, perDay: 8, precision: 0.4 } },
  { name: "off", popups: { enabled: false } },
] as const;

function PopupStep({ onDone }: { onDone: () => void }) {
  const policy = usePolicy();
  const save = useSavePolicy(onDone);
  const p = policy.data?.popups;
  const present = !p ? null : !p.enabled ? "off" : budgets.find((b) => "perSession" in b.popups && b.popups.perSession === p.perSession && b.popups.perDay === p.perDay)?.name ?? null;
  const chosen = save.variables ? budgets.find((b) => b.popups === save.variables?.popups)?.name ?? present : present;
  return (
    <Radio.Group value={chosen} onChange={(value) => { const budget = budgets.find((b) => b.name === value); if (budget) { save.mutate({ popups: budget.popups as Policy["popups"] }); } }} aria-label={t("step.popups")}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        {budgets.map((b) => (
          <Radio.Card key={b.name} value={b.name} p="md" radius="md" className="choice-card" aria-label={t(`step.popups.${b.name}`)}>
            <Group wrap="nowrap" align="flex-start" gap="sm"><Radio.Indicator mt={2} /><div><Text fw={600} size="sm">{t(`step.popups.${b.name}`)}</Text><Text size="xs" c="dimmed">{t(`step.popups.${b.name}.help`)}</Text></div></Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

function LiveStep({ onDone }: { onDone: () => void }) {
  const policy = usePolicy();
  const save = useSavePolicy(onDone);
  const on = policy.data?.bot.autonomy === true;
  return (
    <Group>
      <Text size="sm" className="grow">{t(on ? "step.live.on" : "step.live.about")}</Text>
      <Button loading={save.isPending} variant={on ? "default" : "filled"} disabled={!policy.data} onClick={() => save.mutate({ bot: { autonomy: !on } as Policy["bot"] })}>{t(on ? "step.live.stop" : "step.live.go")}</Button>
    </Group>
  );
}
