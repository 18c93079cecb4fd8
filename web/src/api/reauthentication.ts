import { ApiError } from "./envelope";
import { request } from "./request";

// The one-shot permission to reveal or regenerate once. It lives in this variable only: never in storage, never in a cache.
let nonce: string | undefined;

export function keepNonce(next: string | undefined): void {
  nonce = next;
}

export async function reauthenticate(password: string): Promise<void> {
  const answer = await request<{ nonce: string; valid_until: string }>("POST", "/account/reauthenticate", { body: { password } });
  keepNonce(answer.nonce);
}

/** Asks the user for the password; resolves to false when the user declines. */
export type AskForPassword = () => Promise<boolean>;

/** Thrown when the user declined to give the password. */
export class Declined extends Error {}

/**
 * Performs an action that needs a fresh password. Uses the nonce at hand; without one, or when the server says that it does not
 * count any more, asks for the password and goes on.
 */
export async function withNonce<T extends { nonce: string }>(
  ask: AskForPassword,
  action: (nonce: string) => Promise<T>,
): Promise<Omit<T, "nonce">> {
  const first = takeNonce();
  if (first !== undefined) {
    try {
      return keepNext(await action(first));
    } catch (error) {
      if (!needsPassword(error)) throw error;
    }
  }
  if (!(await ask())) throw new Declined();
  return keepNext(await action(takeNonce() ?? ""));
}

function takeNonce(): string | undefined {
  const taken = nonce;
  nonce = undefined;
  return taken;
}

function keepNext<T extends { nonce: string }>(answer: T): Omit<T, "nonce"> {
  const { nonce: next, ...rest } = answer;
  keepNonce(next);
  return rest;
}

function needsPassword(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403 && error.hasCode("reauthentication_required");
}
