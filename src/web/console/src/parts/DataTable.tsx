import { Paper, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { createColumnHelper, tableFeatures, useTable, type ColumnDef } from "@tanstack/react-table";
import { memo, useCallback, useMemo, type MouseEvent, type ReactNode } from "react";
import { navigate } from "../router";
import { Virtual } from "./Virtual";

// Servers sort and filter; the table itself only knows its columns.
const features = tableFeatures({});
const none: object[] = [];

export interface Column<T> {
  id: string;
  /** Said to whoever hears the table also where a phone shows no header. */
  header: string;
  cell: (row: T) => ReactNode;
  className?: string;
  /** Of its cells, not of its header. */
  look?: string;
}

interface Given<T> {
  label: string;
  /** Kept from one drawing to the next, as the functions below: only then are rows that are there left alone. */
  columns: readonly Column<T>[];
  rows: T[];
  keyOf: (row: T) => string;
  /** How high a row is where its columns stand side by side; as cards on a phone, rows are measured. */
  height: number;
  /** Rows may be of several lines: they are measured everywhere. */
  uneven?: boolean;
  /** Of the box that scrolls. */
  className: string;
  /** Lays the columns out, in the header and in each row. */
  rowClass: string;
  /** Where a click on a row leads; its first cell should hold the link itself. */
  linkOf?: (row: T) => string;
  selected?: number | undefined;
  onEnd?: (() => void) | undefined;
}

/** A list with columns, of any length: a table to whoever hears it, cards on a phone, rows drawn only while they are seen. */
export const DataTable = memo(function DataTable<T>({ label, columns, rows, keyOf, height, uneven = false, className, rowClass, linkOf, selected, onEnd }: Given<T>) {
  const narrow = useMediaQuery("(max-width: 62em)", undefined, { getInitialValueInEffect: false });
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, object>();
    return columns.map((c) => helper.display({ id: c.id, header: c.header })) as ColumnDef<typeof features, object>[];
  }, [columns]);
  // The library has the columns, not the rows: it makes three objects of a row and a component of each of its cells.
  const table = useTable({ features, columns: defs, data: none });
  const classes = new Map(columns.map((c) => [c.id, c.className]));
  const keyAt = useCallback((index: number) => { const row = rows[index]; return row === undefined ? String(index) : keyOf(row); }, [rows, keyOf]);
  const cellsAt = useCallback((index: number) => {
    const row = rows[index];
    return row === undefined ? null : columns.map((c) => <div key={c.id} role="cell" className={c.look ? `${c.className ?? ""} ${c.look}` : c.className}>{c.cell(row)}</div>);
  }, [rows, columns]);
  const own = useCallback((index: number) => ({
    role: "row", "aria-rowindex": index + 2, className: linkOf ? `${rowClass} row-link` : rowClass, "data-here": index === selected || undefined,
    ...(linkOf ? { onClick: (event: MouseEvent) => { const row = rows[index]; if (row !== undefined && !(event.target as Element).closest("a, button, input, [role=combobox]")) { navigate(linkOf(row)); } } } : {}),
  }), [rows, linkOf, rowClass, selected]);
  return (
    <Paper withBorder radius="md" className="live-box" role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup" className="table-head">
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} role="row" aria-rowindex={1} className={`${rowClass} q-head`}>
            {group.headers.map((header) => <Text key={header.id} role="columnheader" size="xs" fw={600} c="dimmed" className={classes.get(header.column.id)}><table.FlexRender header={header} /></Text>)}
          </div>
        ))}
      </div>
      <Virtual count={rows.length} height={height} even={!uneven && !narrow} label={label} className={className} keyOf={keyAt} selected={selected} scrollTo={selected} onEnd={onEnd} row={cellsAt} own={own} />
    </Paper>
  );
}) as <T>(given: Given<T>) => ReactNode;
