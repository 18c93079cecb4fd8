import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";
import { fetchAccount, fetchStatus, type Account, type AccountStatus } from "../api/account";
import { isUnauthorised, kAccountKey, kStatusKey } from "./queryClient";

/** The account of this session; null when nobody is signed in. */
export function useAccount(): UseQueryResult<Account | null> {
  return useQuery({
    queryKey: kAccountKey,
    queryFn: async ({ signal }) => {
      try {
        return await fetchAccount(signal);
      } catch (error) {
        if (isUnauthorised(error)) return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });
}

export function useStatus(): UseQueryResult<AccountStatus> {
  return useQuery({ queryKey: kStatusKey, queryFn: ({ signal }) => fetchStatus(signal) });
}

/** Makes the pages show the account that has just signed in. What was cached belongs to whoever was there before. */
export function useEnter(): (account: Account) => void {
  const client = useQueryClient();
  return useCallback(
    (account) => {
      client.removeQueries({ type: "inactive" });
      client.setQueryData(kAccountKey, account);
      void client.invalidateQueries({ queryKey: kStatusKey });
    },
    [client],
  );
}

/** Goes to the sign-in page by loading it, so that nothing of the account stays in memory. */
export function leave(): void {
  window.location.assign("/signin");
}
