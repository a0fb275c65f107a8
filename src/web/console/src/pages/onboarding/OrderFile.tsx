import { Alert, Button, FileInput, Group, Progress, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api";
import { useSigned } from "../../context";
import { csvBlob } from "../../csv";
import { number, t } from "../../i18n";
import { orderColumns, readOrders, type OrdersRead } from "../../orders";
import { asProblem, ProblemAlert } from "../../parts/feedback";
import { saveAs } from "../../parts/save";
import { Faults } from "../Files";

const perCall = 200;
const mostBytes = 20 * 1024 * 1024;

/** Orders from a CSV file: checked here, sent in pieces with a bar, every fault with its line. */
export function OrderFile({ onDone }: { onDone: () => void }) {
  const { api, session } = useSigned();
  const [read, setRead] = useState<OrdersRead>();
  const [sent, setSent] = useState(0);
  const upload = useMutation({
    mutationFn: async ({ orders, lines }: OrdersRead) => {
      let changed = 0;
      setSent(0);
      for (let from = 0; from < orders.length; from += perCall) {
        const piece = orders.slice(from, from + perCall);
        try {
          const response = await api.send("POST", "/v1/orders/bulk", piece.map((o) => JSON.stringify(o)).join("\n"), { "content-type": "application/x-ndjson" });
          changed += ((await response.json()) as { changed: number }).changed;
        } catch (error) {
          // The server counts the lines of the piece; the merchant has the file's.
          throw error instanceof ApiError ? new ApiError({ status: error.status, code: error.code, title: error.title, detail: error.detail, errors: error.faults.map((f) => (f.line === undefined ? f : { ...f, line: lines[from + f.line - 1] ?? f.line })) }) : error;
        }
        setSent(Math.min(orders.length, from + perCall));
      }
      return changed;
    },
    meta: { quiet: true },
    onSuccess: onDone,
  });
  const faults = upload.error instanceof ApiError && upload.error.faults.length > 0 ? upload.error.faults : read?.faults ?? [];
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{t("step.order.csv.help")}</Text>
      <Group align="flex-end">
        <FileInput flex="1 1 240px" label={t("import.file")} placeholder={t("import.choose")} accept=".csv,text/csv" clearable onChange={(file) => {
          upload.reset();
          setRead(undefined);
          if (file && file.size <= mostBytes) {
            void file.text().then((text) => setRead(readOrders(text, session.store?.currency ?? "USD")));
          }
        }} />
        <Button variant="default" onClick={() => saveAs(csvBlob([[...orderColumns], ["order-1", "customer-1", "sku-1", "Rain jacket", 1, 129, session.store?.currency ?? "USD", "2026-11-20", "2026-11-25", "DHL", "JD0146"]]), "orders-sample.csv")}>{t("step.order.csv.sample")}</Button>
      </Group>
      {faults.length > 0 ? <Faults faults={faults} about={upload.error ? asProblem(upload.error).detail : ""} /> : upload.isError ? <ProblemAlert error={upload.error} /> : null}
      {upload.isPending ? <div><Progress animated value={(sent / Math.max(1, read?.orders.length ?? 1)) * 100} aria-label={t("step.order.csv.progress", { n: sent, of: read?.orders.length ?? 0 })} /><Text size="sm" c="dimmed" role="status">{t("step.order.csv.progress", { n: number(sent), of: number(read?.orders.length ?? 0) })}</Text></div> : null}
      {upload.data === undefined ? read && read.faults.length === 0 && read.orders.length > 0 ? <Group><Button loading={upload.isPending} onClick={() => upload.mutate(read)}>{t("step.order.csv.go", { n: number(read.orders.length) })}</Button></Group> : null
        : <Alert color="teal" role="status">{t("step.order.csv.done", { n: number(upload.data) })}</Alert>}
    </Stack>
  );
}
