import { MutationCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api";
import { showProblem } from "./parts/feedback";

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
