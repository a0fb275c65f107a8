import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useReducer, useRef, type CSSProperties, type HTMLAttributes, type ReactNode } from "react";

// A box lower than this is no box to scroll in; one with few rows is as low as they are.
const least = 300;
// Rows made anew in one frame. A leap shows what is seen first and the rows around it in the frames after, so that none of them takes long.
const mostPerFrame = 6;
const around = 5;

type Own = HTMLAttributes<HTMLDivElement>;

/** A list of any length that draws only what is seen; asks for more near its end. While somebody scrolls, only rows that were not there are drawn. */
export function Virtual({ count, height, even = false, label, row, own, onEnd, className, keyOf, selected, scrollTo }: {
  count: number;
  /** A first guess, in pixels of the usual text size; rows are measured. */
  height: number;
  /** All rows are exactly that high, whatever they hold: nothing is measured. */
  even?: boolean;
  label: string;
  row: (index: number) => ReactNode;
  /** Its rows are rows of a table around it, not items of a list, and these their attributes. */
  own?: ((index: number) => Own) | undefined;
  keyOf: (index: number) => string;
  onEnd?: (() => void) | undefined;
  className?: string;
  selected?: number | undefined;
  scrollTo?: number | undefined;
}) {
  const box = useRef<HTMLDivElement>(null);
  const size = height * textSize();
  const rows = useVirtualizer({ count, getScrollElement: () => box.current, estimateSize: () => size, overscan: around, getItemKey: keyOf, useFlushSync: false });
  const shown = useGradually(rows.getVirtualItems(), rows.range);
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && count > 0 && last >= count - 20) {
      onEnd();
    }
  }, [last, count]);
  useEffect(() => {
    if (scrollTo !== undefined && scrollTo >= 0) {
      rows.scrollToIndex(scrollTo, { align: "auto" });
    }
  }, [scrollTo]);
  const known = useRef(size);
  useEffect(() => {
    if (known.current !== size) {
      known.current = size;
      rows.measure();
    }
  }, [size]);
  const total = rows.getTotalSize();
  return (
    <div ref={box} className={`virtual ${className ?? ""}`} role={own ? "rowgroup" : "list"} aria-label={label} tabIndex={0} style={{ maxHeight: total, minHeight: Math.min(total, least) }}>
      <div style={{ height: total }} role="presentation">
        <div style={{ transform: `translateY(${shown[0]?.start ?? 0}px)`, "--row": `${size}px` } as CSSProperties} role="presentation" data-even={even || undefined}>
          {shown.map((item) => <Drawn key={item.key} index={item.index} count={own ? 0 : count} here={!own && selected === item.index} measure={even ? undefined : rows.measureElement} row={row} own={own} />)}
        </div>
      </div>
    </div>
  );
}

const Drawn = memo(function Drawn({ index, count, here, measure, row, own }: {
  index: number;
  count: number;
  here: boolean;
  measure: ((element: HTMLDivElement | null) => void) | undefined;
  row: (index: number) => ReactNode;
  own: ((index: number) => Own) | undefined;
}) {
  const { className, ...attributes }: Own = own ? own(index) : { role: "listitem", "aria-posinset": index + 1, "aria-setsize": count, ...(here ? { "aria-current": "true" } : {}) };
  return <div ref={measure} data-index={index} {...attributes} className={className ? `virtual-row ${className}` : "virtual-row"}>{row(index)}</div>;
});

/** Of the rows to be drawn those that one frame has time for, side by side: what is seen before what lies around it. The frames after bring the rest. */
function useGradually<T extends { index: number }>(items: T[], seen: { startIndex: number; endIndex: number } | null | undefined): T[] {
  const [, again] = useReducer((n: number) => n + 1, 0);
  const drawn = useRef<readonly [number, number]>(undefined);
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
  const [top, bottom] = [Math.max(first, seen?.startIndex ?? first), Math.min(last, seen?.endIndex ?? last)];
  let [from, to] = drawn.current ?? [first, last];
  [from, to] = [Math.max(from, first), Math.min(to, last)];
  if (from > to || to < top - 1 || from > bottom + 1) {
    [from, to] = [top, top - 1]; // Nothing of it is there yet.
  }
  for (let left = mostPerFrame; left > 0 && (from > first || to < last); left--) {
    if (to < bottom || (from <= top && to < last)) {
      to++;
    } else if (from > first) {
      from--;
    } else {
      to++;
    }
  }
  const isPart = from > first || to < last;
  useEffect(() => {
    drawn.current = items.length > 0 ? [from, to] : undefined;
    if (!isPart) {
      return undefined;
    }
    const frame = requestAnimationFrame(again);
    return () => cancelAnimationFrame(frame);
  });
  return isPart ? items.slice(from - first, to - first + 1) : items;
}

/** 1 when whoever reads has left the size of text as it was; rows grow with it. */
const textSize = (): number => (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16;
