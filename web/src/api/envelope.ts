/** One fault of a request: where it is (a JSON Pointer, RFC 6901), what kind, and what to read. */
export interface Problem {
  pointer: string;
  code: string;
  message: string;
  suggestion?: string;
}

/** What every answer of the API looks like. */
export interface Envelope {
  code: number;
  data: unknown;
  error: string | null;
  errors?: Problem[];
}

/** An answer other than success. `status` is 0 when there was no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems: readonly Problem[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = "ApiError";
  }

  hasCode(code: string): boolean {
    return this.problems.some((problem) => problem.code === code);
  }
}

export function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null) return false;
  return "code" in value && "data" in value && "error" in value;
}
