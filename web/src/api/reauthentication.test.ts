import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "./envelope";
import { Declined, keepNonce, withNonce } from "./reauthentication";

const kStale = new ApiError(403, "Enter your password again.", [{ pointer: "", code: "reauthentication_required", message: "" }]);

describe("withNonce", () => {
  beforeEach(() => keepNonce(undefined));

  it("uses the nonce at hand without asking", async () => {
    keepNonce("one");
    const ask = vi.fn(async () => true);
    const action = vi.fn(async () => ({ token: "t", nonce: "two" }));
    await expect(withNonce(ask, action)).resolves.toEqual({ token: "t" });
    expect(action).toHaveBeenCalledWith("one");
    expect(ask).not.toHaveBeenCalled();
  });

  it("goes on with the next nonce of the answer", async () => {
    keepNonce("one");
    const seen: string[] = [];
    const action = async (nonce: string) => {
      seen.push(nonce);
      return { nonce: `after ${nonce}` };
    };
    await withNonce(async () => true, action);
    await withNonce(async () => true, action);
    expect(seen).toEqual(["one", "after one"]);
  });

  it("asks for the password when there is no nonce", async () => {
    const ask = vi.fn(async () => {
      keepNonce("fresh");
      return true;
    });
    const action = vi.fn(async () => ({ nonce: "next" }));
    await withNonce(ask, action);
    expect(action.mock.calls).toEqual([["fresh"]]);
  });

  it("asks for the password when the nonce does not count any more", async () => {
    keepNonce("old");
    const ask = vi.fn(async () => {
      keepNonce("fresh");
      return true;
    });
    const action = vi.fn(async (nonce: string) => {
      if (nonce === "old") throw kStale;
      return { nonce: "next" };
    });
    await withNonce(ask, action);
    expect(action.mock.calls).toEqual([["old"], ["fresh"]]);
  });

  it("does nothing when the user declines", async () => {
    const action = vi.fn(async () => ({ nonce: "" }));
    await expect(withNonce(async () => false, action)).rejects.toBeInstanceOf(Declined);
    expect(action).not.toHaveBeenCalled();
  });

  it("passes other refusals on", async () => {
    keepNonce("one");
    const refusal = new ApiError(429, "Too many.");
    await expect(
      withNonce(
        async () => true,
        () => Promise.reject(refusal),
      ),
    ).rejects.toBe(refusal);
  });
});
