import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type ReactNode } from "react";

// A box lower than this is no box to scroll in; one with few rows is as low as they are.
const least = 300;

/** A list of any length that draws only what is seen; asks for more near its end. Rows must know their own width. */
export function Virtual({ count, height, label, row, onEnd, className, keyOf, selected, scrollTo, table = false }: {
  count: number;
  /** A first guess; rows are measured. */
  height: number;
  label: string;
  row: (index: number) => ReactNode;
  keyOf: (index: number) => string;
  onEnd?: (() => void) | undefined;
  className?: string;
  selected?: number | undefined;
  scrollTo?: number | undefined;
  /** Its rows are rows of a table around it, not items of a list. */
  table?: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count, getScrollElement: () => box.current, estimateSize: () => height, overscan: 8, getItemKey: keyOf });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && count > 0 && last >= count - 10) {
      onEnd();
    }
  }, [last, count]);
  useEffect(() => {
    if (scrollTo !== undefined && scrollTo >= 0) {
      rows.scrollToIndex(scrollTo, { align: "auto" });
    }
  }, [scrollTo]);
  return (
    <div ref={box} className={`virtual ${className ?? ""}`} role={table ? "rowgroup" : "list"} aria-label={label} tabIndex={0} style={{ maxHeight: rows.getTotalSize(), minHeight: Math.min(rows.getTotalSize(), least) }}>
      <div style={{ height: rows.getTotalSize(), position: "relative" }} role="presentation">
        {shown.map((item) => (
          <div key={item.key} ref={rows.measureElement} data-index={item.index}
            {...(table ? { role: "presentation" } : { role: "listitem", "aria-posinset": item.index + 1, "aria-setsize": count, ...(selected === item.index ? { "aria-current": "true" as const } : {}) })}
            className="virtual-row" style={{ transform: `translateY(${item.start}px)` }}>{row(item.index)}</div>
        ))}
      </div>
    </div>
  );
}
