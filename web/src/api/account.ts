import { rememberCsrfToken, request } from "./request";
import { keepNonce } from "./reauthentication";

export interface AccountStatus {
  setup_needed: boolean;
  signed_in: boolean;
  version: string;
}

export interface Account {
  uuid: string;
  username: string;
  email: string;
  admin: boolean;
  created_at: string;
  authenticated_by: string;
  session?: { id: string; csrf: string; reauthenticated_until: string };
}

type AccountWithNonce = Account & { nonce?: string };

export interface FirstAccount {
  setup_token: string;
  username: string;
  email: string;
  password: string;
}

export async function fetchStatus(signal?: AbortSignal): Promise<AccountStatus> {
  return request("GET", "/account/status", signal ? { signal } : {});
}

export async function fetchAccount(signal?: AbortSignal): Promise<Account> {
  return entered(await request<AccountWithNonce>("GET", "/account", signal ? { signal } : {}));
}

export async function setUp(account: FirstAccount): Promise<Account> {
  return entered(await request<AccountWithNonce>("POST", "/account/setup", { body: account }));
}

export async function signIn(username: string, password: string): Promise<Account> {
  return entered(await request<AccountWithNonce>("POST", "/account/session", { body: { username, password } }));
}

export async function signOut(): Promise<void> {
  await request("DELETE", "/account/session");
  left();
}

export async function signOutEverywhere(): Promise<void> {
  await request("DELETE", "/account/sessions");
  left();
}

export async function changePassword(current: string, next: string): Promise<void> {
  await request("POST", "/account/password", { body: { current_password: current, new_password: next } });
}

/** Takes what is secret out of the answer before anything else, such as a query cache, gets to see it. */
function entered({ nonce, ...account }: AccountWithNonce): Account {
  if (nonce !== undefined) keepNonce(nonce);
  rememberCsrfToken(account.session?.csrf);
  return account;
}

function left(): void {
  keepNonce(undefined);
  rememberCsrfToken(undefined);
}
