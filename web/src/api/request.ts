import { ApiError, isEnvelope } from "./envelope";

export const kApiRoot = "/api/v1";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

interface Options {
  body?: object;
  signal?: AbortSignal;
}

// The synchronizer token of the session. The server hands it out with the account; it is of no use without the cookie.
let csrfToken: string | undefined;

export function rememberCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/**
 * One request to the API, from the session of this browser. Resolves to the `data` of the answer.
 * @throws ApiError for any answer other than success, and when there is no answer.
 */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const answer = await send(method, path, options);
  const content = await readJson(answer);
  if (!isEnvelope(content)) throw unreadable(answer.status);
  if (answer.ok && content.error === null) return content.data as T;
  throw new ApiError(answer.status, content.error ?? "The server refused this.", content.errors ?? [], retryAfter(answer));
}

/** A document that the API serves bare, without the envelope around it. */
export async function requestDocument<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await send("GET", path, signal ? { signal } : {});
  const content = await readJson(answer);
  if (isEnvelope(content)) {
    if (content.error !== null) throw new ApiError(answer.status, content.error, content.errors ?? []);
    return content.data as T;
  }
  if (!answer.ok) throw unreadable(answer.status);
  return content as T;
}

async function send(method: Method, path: string, { body, signal }: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (method !== "GET" && csrfToken !== undefined) headers["X-CSRF-Token"] = csrfToken;
  try {
    return await fetch(kApiRoot + path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, "The server cannot be reached.");
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    const content: unknown = await answer.json();
    return content;
  } catch {
    throw unreadable(answer.status);
  }
}

function unreadable(status: number): ApiError {
  return new ApiError(status, `The server answered with status ${status} and something that is not JSON.`);
}

function retryAfter(answer: Response): number | undefined {
  const seconds = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}
