import type { AuditEntry } from "./queries";

export interface Description {
  text: string;
  /** Whether the owner of the account should look twice. */
  isAlarming: boolean;
}

const kActions: Readonly<Record<string, string>> = {
  "account.created": "The account was made",
  "session.created": "Signed in",
  "session.ended": "Signed out",
  "session.denied": "A sign-in was refused",
  "password.changed": "The password was changed",
  "token.created": "The API token was made",
  "token.revealed": "The API token was shown",
  "token.copied": "The API token was copied",
  "token.regenerated": "The API token was regenerated; the old one stopped working",
  "token.used_from_new_address": "The API token was used from a new address",
  "token.seen_in_query": "A program put the API token into a web address, where logs can keep it; regenerate it",
};

const kAlarming = new Set(["session.denied", "token.used_from_new_address", "token.seen_in_query"]);

// What an operator may do, but not unnoticed.
const kSecretive = new Set(["token.revealed", "token.copied", "token.regenerated"]);

/** An entry of the audit list in plain words. */
export function describeAction({ action, actor, detail }: Pick<AuditEntry, "action" | "actor" | "detail">): Description {
  const text = (kActions[action] ?? spelledOut(action)) + (detail === "everywhere" ? " everywhere" : "");
  const isByOperator = actor === "operator";
  return {
    text: isByOperator ? `${text}, by the operator of this server` : text,
    isAlarming: kAlarming.has(action) || (isByOperator && kSecretive.has(action)),
  };
}

function spelledOut(action: string): string {
  const words = action.replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
