import { ApiError } from "./envelope";

/** What the older dialect says of where a record belongs: the address of that. */
export interface RecordPlace {
  project?: string;
  collection?: string;
  experiment?: string;
}

/** A record of the older dialect, at a path below `/api/`. @throws ApiError for any answer other than success. */
export async function requestRecord(path: string, signal: AbortSignal): Promise<RecordPlace> {
  const answer = await fetch(path, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store", signal });
  if (answer.status === 404) throw new ApiError(404, "There is nothing at this address.");
  if (!answer.ok) throw new ApiError(answer.status, "The server refused this.");
  return (await answer.json()) as RecordPlace;
}
