import { describe, expect, it } from "vitest";
import { describeAction } from "./audit";

const kBySession = { actor: "session", detail: "" };

describe("describeAction", () => {
  it("says in plain words what happened", () => {
    expect(describeAction({ ...kBySession, action: "token.copied" })).toEqual({ text: "The API token was copied", isAlarming: false });
  });

  it("marks what the owner should look at", () => {
    expect(describeAction({ ...kBySession, action: "token.used_from_new_address" }).isAlarming).toBe(true);
  });

  it("tells the owner when the operator had the token shown", () => {
    const { text, isAlarming } = describeAction({ action: "token.revealed", actor: "operator", detail: "" });
    expect(text).toBe("The API token was shown, by the operator of this server");
    expect(isAlarming).toBe(true);
  });

  it("finds nothing in an account that the operator made", () => {
    expect(describeAction({ action: "account.created", actor: "operator", detail: "" }).isAlarming).toBe(false);
  });

  it("tells signing out everywhere from signing out", () => {
    expect(describeAction({ ...kBySession, action: "session.ended", detail: "everywhere" }).text).toBe("Signed out everywhere");
  });

  it("spells out an action that it does not know", () => {
    expect(describeAction({ ...kBySession, action: "key_ring.rotated" }).text).toBe("Key ring rotated");
  });
});
