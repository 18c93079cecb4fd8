import { describe, expect, it } from "vitest";
import { pageAfterSignIn } from "./next";

describe("pageAfterSignIn", () => {
  it("goes back to the page that was asked for", () => {
    expect(pageAfterSignIn("/project/1#material-2")).toBe("/project/1#material-2");
  });

  it.each([null, "", "https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"])(
    "goes to the projects instead of %s",
    (wanted) => {
      expect(pageAfterSignIn(wanted)).toBe("/projects/");
    },
  );
});
