import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { request } from "../../api/request";
import type { Project } from "../../graph/nodes";

interface Page {
  result: Project[];
  count: number;
  limit: number;
}

const kPageSize = 25;

/** The projects that the caller may see, whose name contains `text`; page by page. */
export function useProjects(text: string) {
  return useInfiniteQuery({
    queryKey: ["projects", text],
    initialPageParam: "",
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => request<Page>("GET", `/search/project/${queryString(text, pageParam)}`, { signal }),
    getNextPageParam: (page) => (page.result.length < kPageSize ? undefined : page.result.at(-1)?.uuid),
  });
}

function queryString(text: string, after: string): string {
  const parts = [`limit=${kPageSize}`];
  if (text !== "") parts.push(`q=${encodeURIComponent(text)}`);
  if (after !== "") parts.push(`after=${encodeURIComponent(after)}`);
  return `?${parts.join("&")}`;
}
