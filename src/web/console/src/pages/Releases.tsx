import { Badge, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSigned } from "../context";
import { number, t } from "../i18n";
import { DataTable, type Column } from "../parts/DataTable";
import { Empty, ProblemAlert } from "../parts/feedback";
import { ReleaseBadge, When } from "../parts/marks";
import { Loading, Page } from "../parts/page";
import { Link, linkTo, releaseAt } from "../router";
import type { Release } from "../types";

export default function Releases() {
  const { api, session } = useSigned();
  const list = useQuery({ queryKey: [session.tenant, "releases"], queryFn: ({ signal }) => api.releases(signal) });
  const rows = useMemo(() => [...(list.data?.rows ?? [])].sort((a, b) => b.at.localeCompare(a.at)), [list.data]);
  const columns = useMemo(columnsOf, []);
  return (
    <Page title={t("nav.releases")} about={t("releases.about")}>
      {list.isPending ? <Loading /> : null}
      {list.isError ? <ProblemAlert error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? <Empty title={t("releases.none")} action={<Button component="a" {...linkTo("/candidates?status=confirmed")}>{t("nav.candidates")}</Button>}>{t("releases.none.help")}</Empty> : null}
      {rows.length > 0 ? (
        <DataTable label={t("nav.releases")} columns={columns} rows={rows} keyOf={keyOf} height={64} uneven className="release-rows" rowClass="release-row" linkOf={linkOf} />
      ) : null}
    </Page>
  );
}

const keyOf = (r: Release): string => r.id;
const linkOf = (r: Release): string => releaseAt(r.id);
const columnsOf = (): Column<Release>[] => [
  { id: "release", header: t("col.release"), className: "grow", cell: (r) => <><Link to={releaseAt(r.id)} className="row-title break">{r.note ?? r.id}</Link>{r.note ? <Text size="xs" c="dimmed" truncate>{r.id}</Text> : null}</> },
  { id: "status", header: t("col.status"), cell: (r) => <ReleaseBadge status={r.status} /> },
  { id: "answers", header: t("col.answers"), className: "wide-only", cell: (r) => <Text size="sm" className="figures">{number(r.candidates.length)}</Text> },
  { id: "effect", header: t("col.effect"), cell: (r) => (r.replay ? <Group gap={4} wrap="nowrap"><Badge color="teal" variant="light">+{number(r.replay.gains)}</Badge><Badge color="red" variant="light">−{number(r.replay.losses)}</Badge></Group> : <Text size="xs" c="dimmed">{t("releases.notReplayed")}</Text>) },
  { id: "time", header: t("col.time"), cell: (r) => <Text size="xs" c="dimmed" truncate><When at={r.at} /> · {r.author}</Text> },
];
