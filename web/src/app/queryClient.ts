import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/envelope";

export const kAccountKey = ["account"] as const;
export const kStatusKey = ["status"] as const;

const kAttempts = 2;

export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError(error, query) {
        // A session that ended shows itself in any answer: ask who we are again, and the pages follow.
        const isAboutAccount = query.queryKey[0] === kAccountKey[0];
        if (isUnauthorised(error) && !isAboutAccount) void client.invalidateQueries({ queryKey: kAccountKey });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < kAttempts && isPassing(error),
      },
    },
  });
  return client;
}

export function isUnauthorised(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** Whether the same question may well be answered a moment later. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 503);
}
