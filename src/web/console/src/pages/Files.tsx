import { Alert, Button, Code, FileInput, Group, Paper, Select, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../api";
import { useSigned } from "../context";
import { csvBlob } from "../csv";
import { number, t } from "../i18n";
import { asProblem, ProblemAlert, showDone } from "../parts/feedback";
import { Page } from "../parts/page";
import { Scroll } from "../parts/Scroll";
import { saveAs, today } from "../parts/save";
import { Link } from "../router";
import type { ImportResult, KnowledgeFormat, ProblemFault } from "../types";

const formats: KnowledgeFormat[] = ["csv", "json", "jsonl"];

export function formatOf(name: string): KnowledgeFormat | undefined {
  const end = name.toLowerCase().split(".").pop();
  return end === "ndjson" ? "jsonl" : formats.find((f) => f === end);
}

export default function Files() {
  return (
    <Page title={t("nav.files")} about={t("files.about")}>
      <Import />
      <Export />
    </Page>
  );
}

export function Import() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState<KnowledgeFormat>("csv");
  const check = useMutation({ mutationFn: (chosen: File) => api.importItems(chosen, format, true), meta: { quiet: true } });
  const write = useMutation({
    mutationFn: (chosen: File) => api.importItems(chosen, format, false),
    meta: { quiet: true },
    onSuccess: async (result) => {
      await queries.invalidateQueries({ queryKey: [session.tenant, "items"] });
      showDone(t("import.done", { n: number(result.changed) }));
    },
  });
  const again = () => { check.reset(); write.reset(); };
  const error = write.error ?? check.error;
  const faults = error instanceof ApiError ? error.faults : [];

  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t("import.title")}>
      <Stack gap="sm">
        <Title order={2} size="h4">{t("import.title")}</Title>
        <Text size="sm" c="dimmed">{t("import.help")}</Text>
        <Group align="flex-end">
          <FileInput label={t("import.file")} placeholder={t("import.choose")} flex="1 1 260px" accept=".csv,.json,.jsonl,.ndjson" clearable value={file}
            onChange={(chosen) => { setFile(chosen); again(); const known = chosen ? formatOf(chosen.name) : undefined; if (known) { setFormat(known); } }} />
          <Select label={t("import.format")} w={130} allowDeselect={false} data={formats.map((f) => ({ value: f, label: f.toUpperCase() }))} value={format} onChange={(v) => { setFormat(v as KnowledgeFormat); again(); }} />
          <Button variant={check.data ? "default" : "filled"} disabled={!file} loading={check.isPending} onClick={() => { if (file) { write.reset(); check.mutate(file); } }}>{t("import.check")}</Button>
        </Group>
        {faults.length > 0 ? <Faults faults={faults} about={asProblem(error).detail} /> : error ? <ProblemAlert error={error} /> : null}
        {write.data ? <Alert color="teal" role="status">{t("import.done", { n: number(write.data.changed) })} <Link to="/items">{t("nav.items")}</Link></Alert>
          : check.data ? <Checked result={check.data} busy={write.isPending} onImport={() => { if (file) { write.mutate(file); } }} /> : null}
      </Stack>
    </Paper>
  );
}

function Checked({ result, busy, onImport }: { result: ImportResult; busy: boolean; onImport: () => void }) {
  return (
    <Alert color={result.changed > 0 ? "blue" : "gray"} title={t("import.fine")} role="status">
      <Text size="sm">{t(result.changed > 0 ? "import.fine.help" : "import.fine.same", { items: number(result.items), changed: number(result.changed) })}</Text>
      {result.changed > 0 ? <Button mt="sm" loading={busy} onClick={onImport}>{t("import.go", { n: number(result.changed) })}</Button> : null}
    </Alert>
  );
}

/** Every fault with its line, to be mended in the file. Nothing was written. */
export function Faults({ faults, about }: { faults: ProblemFault[]; about: string }) {
  function download() {
    saveAs(csvBlob([["line", "field", "message"], ...faults.map((f) => [f.line, f.field, f.message])]), `import-faults-${today()}.csv`);
  }
  return (
    <Alert color="red" title={t("import.faults", { n: number(faults.length) })} role="alert">
      <Text size="sm">{about}</Text>
      <Scroll label={t("import.faults", { n: number(faults.length) })} height={360}>
        <Table verticalSpacing={4} aria-label={t("import.faults", { n: number(faults.length) })}>
          <Table.Thead><Table.Tr><Table.Th w={70}>{t("import.line")}</Table.Th><Table.Th w={140}>{t("import.field")}</Table.Th><Table.Th>{t("import.what")}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {faults.map((fault, index) => (
              <Table.Tr key={index}><Table.Td className="figures">{fault.line ?? "–"}</Table.Td><Table.Td>{fault.field ? <Code>{fault.field}</Code> : "–"}</Table.Td><Table.Td className="break foreign">{fault.message}</Table.Td></Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Button size="xs" variant="default" mt="sm" onClick={download}>{t("import.faults.save")}</Button>
    </Alert>
  );
}

function Export() {
  const { api, session } = useSigned();
  const save = useMutation({ mutationFn: async (format: KnowledgeFormat) => saveAs(await api.exportItems(format), `qna-${session.tenant}-${today()}.${format}`) });
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t("export.title")}>
      <Title order={2} size="h4">{t("export.title")}</Title>
      <Text size="sm" c="dimmed">{t("export.help")}</Text>
      <Group mt="sm">
        {formats.map((f) => <Button key={f} variant="default" loading={save.isPending && save.variables === f} onClick={() => save.mutate(f)}>{t("export.as", { format: f.toUpperCase() })}</Button>)}
      </Group>
    </Paper>
  );
}
