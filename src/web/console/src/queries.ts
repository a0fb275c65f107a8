import { MutationCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api";
import { showProblem } from "./parts/feedback";
import type { SessionView } from "./types";

const retries = 2;

/** One client for the page. What the server refused is shown, not repeated; what it could not do now is tried again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 3_000,
        retry: (count, error) => count < retries && error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 502),
        retryDelay: (count, error) => (error instanceof ApiError && error.retryAfter ? error.retryAfter * 1000 : 500 * 2 ** count),
      },
      mutations: { retry: false },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (mutation.meta?.quiet !== true) {
          showProblem(error);
        }
      },
    }),
  });
}

/**
 * Somebody else, or another store: nothing of the former stays in memory. The session's own entry is kept, with what it is now, because
 * who draws by it must hear of the change.
 */
export function changeSession(queries: QueryClient, session: SessionView | null): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
  queries.setQueryData(["session"], session);
}
