import { Alert, Badge, Button, Group, Modal, Radio, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSigned } from "../../context";
import { t } from "../../i18n";
import { ConfirmButton } from "../../parts/ConfirmButton";
import { ProblemAlert, showDone } from "../../parts/feedback";
import { When } from "../../parts/marks";
import { Loading } from "../../parts/page";
import { makeId } from "../../parts/save";
import type { ApiKey, SigningKey } from "../../types";
import { Copyable } from "../onboarding/StepBody";
import { Box } from "./parts";

export default function KeysPart() {
  return <Stack gap="md"><ApiKeys /><SigningKeys /></Stack>;
}

function ApiKeys() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "keys"];
  const keys = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await api.list<ApiKey>("keys", "/v1/tenant/keys", signal)).rows });
  const [making, setMaking] = useState(false);
  const [scope, setScope] = useState<ApiKey["scope"]>("agent");
  const [label, setLabel] = useState("");
  const make = useMutation({
    mutationFn: () => api.json<{ key: string }>("POST", "/v1/tenant/keys", { scope, ...(label.trim() ? { label: label.trim() } : {}) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  const revoke = useMutation({ mutationFn: (id: string) => api.json("DELETE", `/v1/tenant/keys/${encodeURIComponent(id)}`), onSuccess: async () => { showDone(t("keys.revoked")); await queries.invalidateQueries({ queryKey: key }); } });
  const close = () => { setMaking(false); make.reset(); setLabel(""); };
  return (
    <Box title={t("keys.api")} action={<Button size="xs" onClick={() => setMaking(true)}>{t("keys.new")}</Button>}>
      {keys.isPending ? <Loading rows={3} /> : null}
      {keys.isError ? <ProblemAlert error={keys.error} retry={() => void keys.refetch()} /> : null}
      <Table className="stacking" verticalSpacing="xs">
        <Table.Thead><Table.Tr><Table.Th>{t("keys.hint")}</Table.Th><Table.Th>{t("keys.scope")}</Table.Th><Table.Th>{t("keys.created")}</Table.Th><Table.Th w={110}><span className="sr-only">{t("keys.revoke")}</span></Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {(keys.data ?? []).map((k) => (
            <Table.Tr key={k.id}>
              <Table.Td className="wide"><Text size="sm" className="mono">{k.hint}</Text>{k.label ? <Text size="xs" c="dimmed">{k.label}</Text> : null}</Table.Td>
              <Table.Td><Badge variant="light" color={k.scope === "secret" ? "red" : k.scope === "agent" ? "grape" : "gray"}>{k.scope}</Badge></Table.Td>
              <Table.Td><Text size="xs" c="dimmed"><When at={k.createdAt} /></Text></Table.Td>
              <Table.Td>{k.revokedAt ? <Badge color="gray" variant="light">{t("keys.revoked")}</Badge> : <ConfirmButton size="compact-xs" variant="light" color="red" title={t("keys.revoke")} label={t("keys.revoke")} onConfirm={() => revoke.mutate(k.id)}>{t("keys.revoke.ask")}</ConfirmButton>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Modal opened={making} onClose={close} title={t("keys.new")} centered closeButtonProps={{ "aria-label": t("close") }}>
        {make.data ? <Stack><Alert color="yellow">{t("keys.made")}</Alert><Copyable text={make.data.key} secret /><Button onClick={close}>{t("done")}</Button></Stack> : (
          <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
            <Stack>
              <Radio.Group label={t("keys.scope")} value={scope} onChange={(value) => setScope(value as ApiKey["scope"])}><Stack gap={8} mt={6}>{(["publishable", "agent", "secret"] as const).map((value) => <Radio key={value} value={value} label={t(`keys.scope.${value}`)} />)}</Stack></Radio.Group>
              <TextInput label={t("keys.label")} maxLength={100} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
              <Group justify="flex-end"><Button variant="default" onClick={close}>{t("cancel")}</Button><Button type="submit" loading={make.isPending}>{t("keys.new")}</Button></Group>
            </Stack>
          </form>
        )}
      </Modal>
    </Box>
  );
}

function SigningKeys() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "signing-keys"];
  const keys = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await api.list<SigningKey>("keys", "/v1/tenant/signing-keys", signal)).rows });
  const [making, setMaking] = useState(false);
  const [algorithm, setAlgorithm] = useState("HS256");
  const [publicKey, setPublicKey] = useState("");
  const make = useMutation({
    mutationFn: () => api.json<{ secret?: string }>("POST", "/v1/tenant/signing-keys", { id: makeId("jwt"), algorithm, ...(algorithm === "EdDSA" ? { publicKey: publicKey.trim() } : {}) }),
    onSuccess: async (made) => { await queries.invalidateQueries({ queryKey: key }); if (!made.secret) { close(); showDone(t("saved")); } },
  });
  const revoke = useMutation({ mutationFn: (id: string) => api.json("DELETE", `/v1/tenant/signing-keys/${encodeURIComponent(id)}`), onSuccess: () => queries.invalidateQueries({ queryKey: key }) });
  const close = () => { setMaking(false); make.reset(); setPublicKey(""); };
  return (
    <Box title={t("keys.signing")} about={t("keys.signing.help")} action={<Button size="xs" variant="default" onClick={() => setMaking(true)}>{t("keys.signing.new")}</Button>}>
      {keys.isError ? <ProblemAlert error={keys.error} retry={() => void keys.refetch()} /> : null}
      {keys.data?.length === 0 ? <Text size="sm" c="dimmed">{t("syn.none")}</Text> : null}
      <Stack gap={6}>
        {(keys.data ?? []).map((k) => (
          <Group key={k.id} justify="space-between" wrap="nowrap">
            <div><Text size="sm" className="mono">{k.id}</Text><Text size="xs" c="dimmed">{k.algorithm} · <When at={k.createdAt} /></Text></div>
            {k.revokedAt ? <Badge color="gray" variant="light">{t("keys.revoked")}</Badge> : <ConfirmButton size="compact-xs" variant="light" color="red" title={t("keys.revoke")} label={t("keys.revoke")} onConfirm={() => revoke.mutate(k.id)}>{t("keys.revoke.ask")}</ConfirmButton>}
          </Group>
        ))}
      </Stack>
      <Modal opened={making} onClose={close} title={t("keys.signing.new")} centered closeButtonProps={{ "aria-label": t("close") }}>
        {make.data?.secret ? <Stack><Alert color="yellow">{t("keys.made")}</Alert><Copyable text={make.data.secret} secret /><Button onClick={close}>{t("done")}</Button></Stack> : (
          <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
            <Stack>
              <Select label={t("keys.algorithm")} allowDeselect={false} data={["HS256", "EdDSA"]} value={algorithm} onChange={(value) => setAlgorithm(value ?? "HS256")} />
              {algorithm === "EdDSA" ? <TextInput label={t("keys.signing.public")} required value={publicKey} onChange={(event) => setPublicKey(event.currentTarget.value)} /> : null}
              <Group justify="flex-end"><Button variant="default" onClick={close}>{t("cancel")}</Button><Button type="submit" loading={make.isPending}>{t("keys.signing.new")}</Button></Group>
            </Stack>
          </form>
        )}
      </Modal>
    </Box>
  );
}
