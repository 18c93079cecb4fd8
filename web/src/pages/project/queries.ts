import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../../api/envelope";
import { request } from "../../api/request";
import { Graph, isNode } from "../../graph/graph";

const kUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A project with all that is below it. */
export function useProjectGraph(uuid: string) {
  return useQuery({
    queryKey: ["project", uuid],
    queryFn: async ({ signal }) => {
      if (!kUuid.test(uuid)) throw new ApiError(404, "That is not the address of a project.");
      const [project] = await request<unknown[]>("GET", `/project/${uuid}/`, { signal });
      if (!isNode(project)) throw new ApiError(500, "The server’s answer holds no project.");
      return new Graph(project);
    },
    // A graph is not plain data: comparing an old and a new one field by field would cost more than it saves.
    structuralSharing: false,
  });
}
