import { Paper, Text } from "@mantine/core";
import { createColumnHelper, tableFeatures, useTable, type ColumnDef } from "@tanstack/react-table";
import { useMemo, type ReactNode } from "react";
import { navigate } from "../router";
import { Virtual } from "./Virtual";

// Servers sort and filter; the table itself only knows its columns.
const features = tableFeatures({});

export interface Column<T> {
  id: string;
  /** Said to whoever hears the table also where a phone shows no header. */
  header: string;
  cell: (row: T) => ReactNode;
  className?: string;
}

/** A list with columns, of any length: a table to whoever hears it, cards on a phone, rows drawn only while they are seen. */
export function DataTable<T>({ label, columns, rows, keyOf, height, className, rowClass, linkOf, selected, onEnd }: {
  label: string;
  columns: readonly Column<T>[];
  rows: T[];
  keyOf: (row: T) => string;
  /** A first guess; rows are measured. */
  height: number;
  /** Of the box that scrolls. */
  className: string;
  /** Lays the columns out, in the header and in each row. */
  rowClass: string;
  /** Where a click on a row leads; its first cell should hold the link itself. */
  linkOf?: (row: T) => string;
  selected?: number | undefined;
  onEnd?: (() => void) | undefined;
}) {
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, T & object>();
    return columns.map((c) => helper.display({ id: c.id, header: c.header, cell: ({ row }) => c.cell(row.original) })) as ColumnDef<typeof features, T & object>[];
  }, [columns]);
  const table = useTable({ features, columns: defs, data: rows as (T & object)[], getRowId: (row) => keyOf(row) });
  const model = table.getRowModel().rows;
  const classes = new Map(columns.map((c) => [c.id, c.className]));
  return (
    <Paper withBorder radius="md" className="live-box" role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup" className="table-head">
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} role="row" aria-rowindex={1} className={`${rowClass} q-head`}>
            {group.headers.map((header) => <Text key={header.id} role="columnheader" size="xs" fw={600} c="dimmed" className={classes.get(header.column.id)}><table.FlexRender header={header} /></Text>)}
          </div>
        ))}
      </div>
      <Virtual table count={model.length} height={height} label={label} className={className} keyOf={(index) => model[index]?.id ?? String(index)} selected={selected} scrollTo={selected} onEnd={onEnd}
        row={(index) => {
          const row = model[index];
          return row ? (
            <div role="row" aria-rowindex={index + 2} className={linkOf ? `${rowClass} row-link` : rowClass} data-here={index === selected || undefined}
              onClick={linkOf && ((event) => { if (!(event.target as Element).closest("a, button, input, [role=combobox]")) { navigate(linkOf(row.original)); } })}>
              {row.getAllCells().map((cell) => <div key={cell.id} role="cell" className={classes.get(cell.column.id)}><table.FlexRender cell={cell} /></div>)}
            </div>
          ) : null;
        }} />
    </Paper>
  );
}
