import { ActionIcon, Alert, Badge, Button, Group, Menu, Modal, Paper, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSigned } from "../../context";
import { ago, t, textOr } from "../../i18n";
import { ProblemAlert, showDone } from "../../parts/feedback";
import { CheckIcon } from "../../parts/icons";
import { Loading } from "../../parts/page";
import { Scroll } from "../../parts/Scroll";
import { Face } from "../../parts/people";
import { Virtual } from "../../parts/Virtual";
import { Link, usePlace, withQuery } from "../../router";
import type { Invitation, StaffMember } from "../../types";
import { Copyable } from "../onboarding/StepBody";
import { Box } from "./parts";

const roles = ["owner", "manager", "reviewer", "agent", "analyst", "reader"] as const;
const roleChoices = () => roles.map((value) => ({ value: value as string, label: t(`role.${value}`) }));

export default function MembersPart() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "members"];
  const members = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await api.list<StaffMember>("members", "/v1/members", signal)).rows });
  const invitations = useQuery({ queryKey: [session.tenant, "invitations"], queryFn: async ({ signal }) => (await api.list<Invitation>("invitations", "/v1/invitations", signal)).rows });
  const may = session.may("members.manage");
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<StaffMember>();
  const [link, setLink] = useState<string>();
  const changed = () => queries.invalidateQueries({ queryKey: key });
  const at = (m: StaffMember) => `/v1/members/${encodeURIComponent(m.id)}`;
  const role = useMutation({
    mutationFn: ({ member, to }: { member: StaffMember; to: StaffMember["role"] }) => api.json("PUT", at(member), { role: to }),
    onMutate: ({ member, to }) => { const before = queries.getQueryData<StaffMember[]>(key); queries.setQueryData<StaffMember[]>(key, (now) => now?.map((m) => (m.id === member.id ? { ...m, role: to } : m))); return before; },
    onError: (_, __, before) => queries.setQueryData(key, before),
    onSuccess: () => showDone(t("saved")),
  });
  const unlock = useMutation({ mutationFn: (m: StaffMember) => api.json("POST", `${at(m)}/unlock`), onSuccess: changed });
  const reset = useMutation({ mutationFn: (m: StaffMember) => api.json<{ link: string }>("POST", `${at(m)}/reset`), onSuccess: (made) => setLink(made.link) });
  const remove = useMutation({ mutationFn: (m: StaffMember) => api.json("DELETE", at(m)), onSuccess: async () => { showDone(t("members.removed")); await changed(); } });
  const withdraw = useMutation({ mutationFn: (i: Invitation) => api.json("DELETE", `/v1/invitations/${encodeURIComponent(i.id)}`), onSuccess: async () => { showDone(t("members.withdrawn")); await queries.invalidateQueries({ queryKey: [session.tenant, "invitations"] }); } });
  const place = usePlace();
  const open = place.query.get("open") ?? undefined;
  const [words, setWords] = useState("");
  const people = useMemo(() => (members.data ?? []).filter((m) => `${m.name} ${m.mail} ${m.role}`.toLowerCase().includes(words.trim().toLowerCase())), [members.data, words]);
  const iAmOwner = session.role === "owner" || session.key !== undefined;
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <TextInput type="search" aria-label={t("members.search")} placeholder={t("members.search")} flex="1 1 200px" maw={340} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        {may ? <Button onClick={() => setInviting(true)}>{t("members.invite")}</Button> : null}
      </Group>
      {members.isPending ? <Loading rows={3} height={60} /> : null}
      {members.isError ? <ProblemAlert error={members.error} retry={() => void members.refetch()} /> : null}
      {people.length > 0 ? (
        <Virtual count={people.length} height={74} label={t("settings.members")} className={people.length > 8 ? "member-rows" : "member-rows member-rows-few"} keyOf={(index) => people[index]?.id ?? String(index)} scrollTo={people.findIndex((m) => m.id === open)}
          row={(index) => {
            const m = people[index];
            return m ? (
              <Paper withBorder p="sm" radius="md" className="card-row" data-here={m.id === open || undefined}>
                <Group justify="space-between" gap="sm" className="member-row">
                  <Group gap="sm" wrap="nowrap" className="grow">
                    <Face id={m.id} name={m.name} size={36} />
                    <div className="grow">
                      <Group gap={6}><Link to={withQuery(place, { open: m.id })} className="row-title break">{m.name}</Link>{m.id === session.member?.id ? <Badge size="xs" variant="default">{t("members.you")}</Badge> : null}{m.locked ? <Badge size="xs" color="red" variant="light">{t("members.locked")}</Badge> : null}{m.secondFactor ? <Badge size="xs" color="teal" variant="light">{t("members.second")}</Badge> : null}</Group>
                      <Text size="xs" c="dimmed" className="break">{m.mail} · {t("customer.lastSeen")}: {m.lastSeenAt ? ago(m.lastSeenAt) : t("members.never")}</Text>
                    </div>
                  </Group>
                  <Group gap="xs" wrap="nowrap">
                    <Select size="xs" w={130} aria-label={t("members.roleOf", { name: m.name })} allowDeselect={false} data={roleChoices()} value={m.role} disabled={!may || (m.role === "owner" && !iAmOwner)} onChange={(to) => { if (to && to !== m.role) { role.mutate({ member: m, to: to as StaffMember["role"] }); } }} />
                    {may ? (
                      <Menu position="bottom-end">
                        <Menu.Target><ActionIcon variant="default" size={30} aria-label={t("members.actions", { name: m.name })}>⋯</ActionIcon></Menu.Target>
                        <Menu.Dropdown>
                          {m.locked ? <Menu.Item onClick={() => unlock.mutate(m)}>{t("members.unlock")}</Menu.Item> : null}
                          <Menu.Item onClick={() => reset.mutate(m)}>{t("members.reset")}</Menu.Item>
                          <Menu.Item color="red" onClick={() => setRemoving(m)}>{t("members.remove")}</Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    ) : null}
                  </Group>
                </Group>
              </Paper>
            ) : null;
          }} />
      ) : members.isSuccess ? <Text size="sm" c="dimmed">{t("members.none")}</Text> : null}
      {(invitations.data ?? []).length > 0 ? (
        <Box title={t("members.invitations")}>
          <Stack gap={8}>
            {(invitations.data ?? []).map((i) => (
              <Group key={i.id} justify="space-between" wrap="nowrap">
                <div className="grow"><Text size="sm" className="break">{i.mail}</Text><Text size="xs" c="dimmed">{textOr(`role.${i.role}`, i.role)} · {t("members.expires", { when: ago(i.expiresAt) })}</Text></div>
                {may ? <Button size="compact-xs" variant="default" onClick={() => withdraw.mutate(i)}>{t("members.withdraw")}</Button> : null}
              </Group>
            ))}
          </Stack>
        </Box>
      ) : null}
      <Roles />
      <Invite opened={inviting} onClose={() => setInviting(false)} onMade={() => void queries.invalidateQueries({ queryKey: [session.tenant, "invitations"] })} owner={iAmOwner} />
      <Modal opened={link !== undefined} onClose={() => setLink(undefined)} title={t("members.reset")} centered closeButtonProps={{ "aria-label": t("close") }}>
        <Stack><Alert color="yellow">{t("members.link.reset")}</Alert><Copyable text={link ?? ""} secret /></Stack>
      </Modal>
      <Modal opened={removing !== undefined} onClose={() => setRemoving(undefined)} title={t("members.remove")} centered closeButtonProps={{ "aria-label": t("close") }}>
        <Text size="sm">{t("members.remove.ask", { name: removing?.name ?? "" })}</Text>
        <Group justify="flex-end" mt="lg"><Button variant="default" onClick={() => setRemoving(undefined)}>{t("cancel")}</Button><Button color="red" onClick={() => { if (removing) { remove.mutate(removing); } setRemoving(undefined); }}>{t("members.remove")}</Button></Group>
      </Modal>
    </Stack>
  );
}

function Invite({ opened, onClose, onMade, owner }: { opened: boolean; onClose: () => void; onMade: () => void; owner: boolean }) {
  const { api } = useSigned();
  const [mail, setMail] = useState("");
  const [role, setRole] = useState("agent");
  const make = useMutation({ mutationFn: () => api.json<Invitation>("POST", "/v1/invitations", { mail: mail.trim(), role }), onSuccess: onMade });
  const close = () => { onClose(); make.reset(); setMail(""); };
  return (
    <Modal opened={opened} onClose={close} title={t("members.invite")} centered closeButtonProps={{ "aria-label": t("close") }}>
      {make.data?.link ? <Stack><Alert color="yellow">{t("members.link")}</Alert><Copyable text={make.data.link} secret /><Button onClick={close}>{t("done")}</Button></Stack> : (
        <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
          <Stack>
            <TextInput type="email" label={t("signIn.mail")} required value={mail} onChange={(event) => setMail(event.currentTarget.value)} data-autofocus />
            <Select label={t("members.role")} allowDeselect={false} data={roleChoices().filter((r) => owner || r.value !== "owner")} value={role} onChange={(value) => setRole(value ?? "agent")} />
            <Group justify="flex-end"><Button variant="default" onClick={close}>{t("cancel")}</Button><Button type="submit" loading={make.isPending}>{t("members.invite")}</Button></Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** The server's own table of roles, as it decides by. */
function Roles() {
  const { api, session } = useSigned();
  const table = useQuery({ queryKey: [session.tenant, "roles"], queryFn: async ({ signal }) => (await api.list<{ role: string; permissions: string[] }>("roles", "/v1/roles", signal)).rows, staleTime: Infinity });
  const rows = table.data ?? [];
  const all = [...new Set(rows.flatMap((r) => r.permissions))];
  return rows.length === 0 ? null : (
    <Box title={t("members.roles")}>
      <Scroll label={t("members.roles")}>
        <Table verticalSpacing={4} aria-label={t("members.roles")}>
          <Table.Thead><Table.Tr><Table.Th><span className="sr-only">{t("keys.scope")}</span></Table.Th>{rows.map((r) => <Table.Th key={r.role} ta="center">{textOr(`role.${r.role}`, r.role)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {all.map((permission) => (
              <Table.Tr key={permission}>
                <Table.Td><Text size="xs" className="mono">{permission}</Text></Table.Td>
                {rows.map((r) => <Table.Td key={r.role} ta="center">{r.permissions.includes(permission) ? <Text span c="teal" role="img" aria-label={t("yes")} lh={0}><CheckIcon size={15} /></Text> : <span className="sr-only">{t("no")}</span>}</Table.Td>)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Box>
  );
}
