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
  // The text comes first: the server reads it up to the parameters that follow.
  const parts = text === "" ? [] : [`q=${encodeURIComponent(text)}`];
  parts.push(`limit=${kPageSize}`);
  if (after !== "") parts.push(`after=${encodeURIComponent(after)}`);
  return `?${parts.join("&")}`;
}
