import { useCallback } from "react";
import { showProblem, showUndo } from "./feedback";

const patience = 7_000;
const waiting = new Set<() => void>();

// A page that closes sends what it holds back: what was said to be done is done.
addEventListener("pagehide", () => waiting.forEach((run) => run()));

/**
 * For a deed that the server cannot take back: it is shown at once, done a few seconds later, and until then can be undone.
 */
export function useLater(): (message: string, deed: () => Promise<unknown>, undo: () => void) => void {
  return useCallback((message, deed, undo) => {
    const run = () => {
      clearTimeout(timer);
      if (waiting.delete(run)) {
        deed().catch((error: unknown) => {
          undo();
          showProblem(error);
        });
      }
    };
    const timer = setTimeout(run, patience);
    waiting.add(run);
    showUndo(message, () => {
      clearTimeout(timer);
      if (waiting.delete(run)) {
        undo();
      }
    });
  }, []);
}
