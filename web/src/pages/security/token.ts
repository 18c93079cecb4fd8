import { withNonce, type AskForPassword } from "../../api/reauthentication";
import { request } from "../../api/request";

/** Fetches the full text of the account token, the word `Token` included. The caller shows or copies it, and forgets it. */
export async function fetchSecret(purpose: "reveal" | "copy", ask: AskForPassword): Promise<string> {
  const { token } = await withNonce(ask, (nonce) =>
    request<{ token: string; nonce: string }>("POST", "/account/token/reveal", { body: { nonce, purpose } }),
  );
  return token;
}

/** Makes a new token; the old one is dead as soon as this resolves. */
export async function regenerateToken(ask: AskForPassword): Promise<void> {
  await withNonce(ask, (nonce) => request<{ created_at: string; nonce: string }>("POST", "/account/token/regenerate", { body: { nonce } }));
}
