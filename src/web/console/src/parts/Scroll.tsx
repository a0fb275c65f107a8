import type { ReactNode } from "react";

/** What is wider or longer than its place: scrolls there, also by keyboard. */
export function Scroll({ label, height, children }: { label: string; height?: number; children: ReactNode }) {
  return <div className="scroll-box" role="region" aria-label={label} tabIndex={0} style={height === undefined ? {} : { maxHeight: height }}>{children}</div>;
}
