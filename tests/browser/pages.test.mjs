// Every page, light and dark, wide and narrow: accessible, without a sideways scroll, usable by keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, kAxeSource, kPerson, kRoot, launchBrowser, picture, signIn, watchConsole } from "./house.mjs";
import { join } from "node:path";
import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";

let house, browser, project;

before(async () => {
  house = await House.open();
  house.criptd(["user", "add", kPerson.username, "--email", kPerson.email, "--admin", "--password-stdin"], `${kPerson.password}\n`);
  const token = house.criptd(["token", "show", kPerson.username]).trim();
  const file = join(mkdtempSync(join(tmpdir(), "cript-push-")), "example.json");
  copyFileSync(join(kRoot, "examples/polystyrene_synthesis.json"), file);
  const { status, output } = house.cript(token, "push", file);
  assert.equal(status, 0, output);
  const answer = await fetch(`${house.address}/api/v1/search/project/`, { headers: { Authorization: token } });
  project = (await answer.json()).data.result[0].uuid;
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await house?.close();
});

async function opened(options) {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page, house.address);
  return page;
}

/** Where a page lies, and what stands on it once it is complete. */
const pages = () => [
  ["projects", "/projects/", "Anionic polymerization of styrene"],
  ["project", `/project/${project}`, "Geacintov"],
  ["security", "/security/", "Sign out everywhere"],
  ["account", "/account/", kPerson.email],
  ["connect", "/connect/", "CRIPT_API_KEY"],
  ["reference", "/reference/", "/api/v1/account/status"],
  ["missing", "/no-such-page", "404"],
];

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of [["wide", { width: 1280, height: 900 }], ["narrow", { width: 390, height: 844 }]]) {
    test(`every page is accessible and fits: ${colorScheme}, ${size}`, async () => {
      const page = await opened({ colorScheme, viewport });
      const complaints = watchConsole(page);
      for (const [name, path, text] of pages()) {
        await page.goto(house.address + path);
        if (name === "missing") await page.getByRole("heading", { level: 1 }).waitFor();
        else await page.getByText(text).first().waitFor();
        await picture(page, `${name}-${colorScheme}-${size}`);
        const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(content <= window, `${name} is ${content} px wide in a window of ${window}`);
        await page.evaluate(await (await import("node:fs/promises")).readFile(kAxeSource, "utf8"));
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
        assert.deepEqual(grave.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
      }
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }
}

test("an unknown address is answered 404, with a page", async () => {
  const answer = await fetch(`${house.address}/no-such-page`, { headers: { Accept: "text/html" } });
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get("content-security-policy"), /frame-ancestors 'none'/);
});

test("the account menu opens, walks and closes by keyboard", async () => {
  const page = await opened({ viewport: { width: 1280, height: 900 } });
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  const button = page.getByRole("button", { name: /ada/ });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Account settings" }).waitFor();
  const walked = [await focused()];
  for (let step = 0; step < 2; ++step) {
    await page.keyboard.press("ArrowDown");
    walked.push(await focused());
  }
  assert.deepEqual(walked, ["Account settings", "Security settings", "Logout"]);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("menuitem").count(), 0);
  assert.ok(await button.evaluate((element) => element === document.activeElement));
  await page.context().close();
});

test("a dialog takes the focus, keeps it, and gives it back", async () => {
  const page = await opened({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${house.address}/security/`);
  const opener = page.getByRole("button", { name: "Regenerate API token" });
  await opener.click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  for (let step = 0; step < 5; ++step) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => {
      const open = document.querySelector("dialog[open], [role=dialog]");
      return open.contains(document.activeElement) || document.activeElement === document.body;
    });
    assert.ok(inside, "the focus stays in the dialog");
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.ok(await opener.evaluate((element) => element === document.activeElement));
  await page.context().close();
});

test("two browsers are two sessions, and one can end the other", async () => {
  const first = await opened({});
  const second = await opened({ userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" });
  await first.goto(`${house.address}/security/`);
  await first.getByRole("button", { name: /Sign out Firefox 140/ }).click();
  await first.getByText("That session is signed out.").waitFor();
  await second.goto(`${house.address}/projects/`);
  await second.getByRole("heading", { name: /sign in/i }).waitFor();
  await first.context().close();
  await second.context().close();
});

test("the pages load nothing from elsewhere", async () => {
  const page = await (await browser.newContext()).newPage();
  const hosts = new Set();
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  await signIn(page, house.address);
  await page.goto(`${house.address}/project/${project}`);
  await page.getByText("Geacintov").first().waitFor();
  assert.deepEqual([...hosts], [new URL(house.address).host]);
  await page.context().close();
});
