import { describe, expect, it } from "vitest";
import { readClient } from "./client";

describe("readClient", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox 131 on Linux"],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
      "Chrome 130 on Windows",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.2849.46",
      "Edge 130 on Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
      "Safari 17 on macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
      "Safari 17 on iOS",
    ],
    [
      "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
      "Chrome 130 on Android",
    ],
    ["cript/0.1.0", "cript 0.1.0"],
    ["libcript/0.1.0 (linux)", "libcript 0.1.0"],
    ["curl/8.5.0", "curl 8.5.0"],
    ["python-urllib3/1.26.12", "Python (urllib3 1.26.12)"],
    ["Instrument 7", "Instrument 7"],
  ])("reads %s as %s", (agent, text) => {
    expect(readClient(agent)).toBe(text);
  });

  it("says so when a program did not name itself", () => {
    expect(readClient(null)).toBe("unknown program");
    expect(readClient("  ")).toBe("unknown program");
  });
});
