import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../../api/envelope";
import { request } from "../../api/request";
import { Graph, isNode } from "../../graph/graph";

const kUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The server's text for a missing node is made for programs. */
function explainMissing(error: unknown): never {
  if (error instanceof ApiError && error.status === 404) throw new ApiError(404, "There is no project at this address.");
  throw error;
}

/** A project with all that is below it. */
export function useProjectGraph(uuid: string) {
  return useQuery({
    queryKey: ["project", uuid],
    queryFn: async ({ signal }) => {
      if (!kUuid.test(uuid)) throw new ApiError(404, "There is no project at this address.");
      const [project] = await request<unknown[]>("GET", `/project/${uuid}/`, { signal }).catch(explainMissing);
      if (!isNode(project)) throw new ApiError(500, "The server’s answer holds no project.");
      return new Graph(project);
    },
    // A graph is not plain data: comparing an old and a new one field by field would cost more than it saves.
    structuralSharing: false,
  });
}
