/// <reference types="node" />
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { kClients, kShells, snippetsFor } from "./snippets";

const kHost = "https://cript.example.org";
const everyCase = kClients.flatMap((client) => kShells.map((shell) => ({ client, shell })));

function listing(
  ...[client, shell, host = kHost]: [Parameters<typeof snippetsFor>[0], Parameters<typeof snippetsFor>[1], string?]
): string {
  return snippetsFor(client, shell, host)
    .map((snippet) => snippet.code)
    .join("\n");
}

describe("snippetsFor", () => {
  it.each(everyCase)("fills the host in and never a token, for $client in $shell", ({ client, shell }) => {
    const code = listing(client, shell);
    expect(code).toContain(kHost);
    expect(code).not.toMatch(/Token [0-9a-f]{6}/);
  });

  it.each(everyCase)("numbers the steps of $client in $shell", ({ client, shell }) => {
    const numbers = snippetsFor(client, shell, kHost).map((snippet) => Number.parseInt(snippet.title, 10));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it.each(kShells)("sends files of Python 2.x to this server before it knows a token, in %s", (shell) => {
    const code = listing("python2", shell);
    expect(code.indexOf("AWS_ENDPOINT_URL")).toBeGreaterThanOrEqual(0);
    expect(code.indexOf("AWS_ENDPOINT_URL")).toBeLessThan(code.indexOf("CRIPT_TOKEN"));
    expect(code).toContain("CRIPT_STORAGE_TOKEN");
  });

  it("mentions Amazon to no other client", () => {
    expect(listing("python0", "bash")).not.toContain("AWS");
  });

  it("asks for the token without an echo", () => {
    expect(listing("cli", "bash")).toContain('read -rsp "API token: " CRIPT_API_KEY && export CRIPT_API_KEY');
    expect(listing("cli", "zsh")).toContain('read -rs "CRIPT_API_KEY?API token: "');
    expect(listing("cli", "powershell")).toContain("-AsSecureString");
  });

  it.each(kClients)("sets in bash what the client of %s reads", (client) => {
    const [environment] = snippetsFor(client, "bash", kHost);
    const script = `${environment?.code ?? ""}\nprintf '%s\\n' "$CRIPT_HOST" "\${CRIPT_API_KEY-$CRIPT_TOKEN}" "$CRIPT_STORAGE_TOKEN" "$AWS_ENDPOINT_URL"`;
    const answer = execFileSync("bash", ["--norc", "-c", script], {
      input: "Token abc\n",
      encoding: "utf8",
      env: { PATH: process.env["PATH"] },
    });
    const more = client === "python2" ? ["Token abc", kHost] : ["", ""];
    expect(answer.split("\n").slice(0, 4)).toEqual([kHost, "Token abc", ...more]);
  });

  it("leaves the token in a .env file empty", () => {
    expect(listing("cpp", "dotenv")).toContain('CRIPT_API_KEY=""');
  });

  it("turns TLS off in Python 0.x only for a plain HTTP server", () => {
    expect(listing("python0", "bash", "http://127.0.0.1:8080")).toContain("tls=False");
    expect(listing("python0", "bash")).not.toContain("tls=False");
  });

  it("writes curl for PowerShell in PowerShell", () => {
    const code = listing("curl", "powershell");
    expect(code).toContain('curl.exe --header "Authorization: $env:CRIPT_API_KEY"');
  });
});
