import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { request } from "../../api/request";

/** What is known about the account token. The secret itself never passes through here. */
export interface TokenFacts {
  created_at: string;
  last_used_at: string | null;
  last_used_from: string | null;
  last_used_client: string | null;
}

export interface Session {
  id: string;
  created_at: string;
  last_seen_at: string;
  address: string;
  client: string;
  current: boolean;
}

export interface AuditEntry {
  id: number | string;
  at: string;
  action: string;
  actor: string | null;
  address: string | null;
  client: string | null;
  detail: unknown;
}

export const kTokenKey = ["token"] as const;
export const kSessionsKey = ["sessions"] as const;
export const kAuditKey = ["audit"] as const;

const kAuditPage = 50;

export function useTokenFacts() {
  return useQuery({ queryKey: kTokenKey, queryFn: ({ signal }) => request<TokenFacts>("GET", "/account/token", { signal }) });
}

export function useSessions() {
  return useQuery({ queryKey: kSessionsKey, queryFn: ({ signal }) => request<Session[]>("GET", "/account/sessions", { signal }) });
}

export function useAudit() {
  return useInfiniteQuery({
    queryKey: kAuditKey,
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === "" ? "" : `?${new URLSearchParams({ before: pageParam }).toString()}`;
      return request<AuditEntry[]>("GET", `/account/audit${query}`, { signal });
    },
    getNextPageParam: (page) => {
      const last = page.at(-1);
      return last && page.length >= kAuditPage ? String(last.id) : undefined;
    },
  });
}
