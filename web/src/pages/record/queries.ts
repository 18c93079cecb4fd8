import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../../api/envelope";
import { requestRecord } from "../../api/record";

/** Records that have a place on the page of a project, and the type of the node that each is. */
const kTypes: Readonly<Record<string, string>> = {
  collection: "collection",
  experiment: "experiment",
  inventory: "inventory",
  material: "material",
  process: "process",
  data: "data",
  computation: "computation",
  "computational-process": "computationprocess",
  file: "file",
};

export function isRecordKind(kind: string): boolean {
  return Object.hasOwn(kTypes, kind);
}

/** Where a record is shown: on the page of its project, which is found by way of what it belongs to in between. */
export function useRecordAddress(kind: string, uuid: string) {
  return useQuery({
    queryKey: ["record", kind, uuid],
    queryFn: async ({ signal }) => {
      const path = `/api/${kind}/${encodeURIComponent(uuid)}/`;
      let record = await requestRecord(path, signal);
      for (let parent = record.experiment ?? record.collection; parent !== undefined && record.project === undefined; ) {
        record = await requestRecord(new URL(parent).pathname, signal);
        parent = record.collection;
      }
      const project = record.project?.match(/\/project\/([^/]+)\//)?.[1];
      if (project === undefined) throw new ApiError(404, "This belongs to no project.");
      return `/project/${project}#${kTypes[kind] ?? kind}-${uuid.toLowerCase()}`;
    },
  });
}
