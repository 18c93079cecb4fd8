import { describe, expect, it } from "vitest";
import { describeAction } from "./audit";

describe("describeAction", () => {
  it("says in plain words what happened", () => {
    expect(describeAction({ action: "token.copied" })).toEqual({ text: "The API token was copied", isAlarming: false });
  });

  it("marks what the owner should look at", () => {
    expect(describeAction({ action: "token.used_from_new_address" }).isAlarming).toBe(true);
  });

  it("spells out an action that it does not know", () => {
    expect(describeAction({ action: "key_ring.rotated" }).text).toBe("Key ring rotated");
  });
});
