import { describe, expect, it } from "vitest";
import { formatAgo } from "./time";

const now = new Date("2026-11-24T12:00:00Z");

describe("formatAgo", () => {
  it.each([
    ["2026-11-24T11:59:40Z", "just now"],
    ["2026-11-24T11:57:00Z", "3 minutes ago"],
    ["2026-11-24T09:00:00Z", "3 hours ago"],
    ["2026-11-23T11:00:00Z", "yesterday"],
  ])("says of %s that it was %s", (timestamp, text) => {
    expect(formatAgo(timestamp, now)).toBe(text);
  });

  it("gives the date of what is older than a week", () => {
    expect(formatAgo("2025-01-31T12:00:00Z", now)).toContain("2025");
  });

  it("shows what is no date as it stands", () => {
    expect(formatAgo("soon", now)).toBe("soon");
  });
});
