import { Badge, Button, Group, Paper, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSigned } from "../context";
import { number, t } from "../i18n";
import { Empty, ProblemAlert } from "../parts/feedback";
import { ReleaseBadge, When } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { Link, linkTo, navigate, releaseAt } from "../router";

export default function Releases() {
  const { api, session } = useSigned();
  const list = useQuery({ queryKey: [session.tenant, "releases"], queryFn: ({ signal }) => api.releases(signal) });
  const rows = [...(list.data?.rows ?? [])].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Page title={t("nav.releases")} about={t("releases.about")}>
      {list.isPending ? <Loading /> : null}
      {list.isError ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? <Empty title={t("releases.none")} action={<Button component="a" {...linkTo("/candidates?status=confirmed")}>{t("nav.candidates")}</Button>}>{t("releases.none.help")}</Empty> : null}
      {rows.length > 0 ? (
        <Paper withBorder radius="md">
          <Table className="stacking" verticalSpacing="sm" highlightOnHover>
            <Table.Thead>
              <Table.Tr><Table.Th>{t("col.release")}</Table.Th><Table.Th>{t("col.status")}</Table.Th><Table.Th>{t("col.answers")}</Table.Th><Table.Th>{t("col.effect")}</Table.Th><Table.Th>{t("col.time")}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((r) => (
                <Table.Tr key={r.id} className="row-link" onClick={() => navigate(releaseAt(r.id))}>
                  <Table.Td className="wide">
                    <Link to={releaseAt(r.id)} className="row-title" onClickCapture={(event) => event.stopPropagation()}>{r.note ?? r.id}</Link>
                    {r.note ? <Text size="xs" c="dimmed">{r.id}</Text> : null}
                  </Table.Td>
                  <Table.Td><ReleaseBadge status={r.status} /></Table.Td>
                  <Table.Td data-label={t("col.answers")}>{number(r.candidates.length)}</Table.Td>
                  <Table.Td data-label={t("col.effect")}>{r.replay ? <Group gap={4}><Badge color="teal" variant="light">+{number(r.replay.gains)}</Badge><Badge color="red" variant="light">−{number(r.replay.losses)}</Badge></Group> : <Text size="xs" c="dimmed">{t("releases.notReplayed")}</Text>}</Table.Td>
                  <Table.Td className="wide"><Text size="xs" c="dimmed"><When at={r.at} /> · {r.author}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      ) : null}
    </Page>
  );
}
