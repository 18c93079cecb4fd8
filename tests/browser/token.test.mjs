// From a fresh server to data saved by a program that carries the token a person copied.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { copyToken, giveThePassword, House, kRoot, launchBrowser, setUp, watchConsole } from "./house.mjs";

const kTokenText = /^Token [0-9a-f]{40}$/;
let house, browser, context, page, complaints, token;
const answers = [];

before(async () => {
    house = await House.open();
    browser = await launchBrowser();
    context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    page = await context.newPage();
    complaints = watchConsole(page);
    page.on("response", (response) => answers.push(response));
});

after(async () => {
    await browser?.close();
    await house?.close();
});

function pushed(name) {
    const file = join(mkdtempSync(join(house.data, "push-")), `${name}.json`);
    copyFileSync(join(kRoot, "examples", `${name}.json`), file);
    return house.cript(token, "push", file);
}

test("the set-up link makes the first account, and its secret leaves the address bar", async () => {
    await setUp(page, house.setupLink);
    assert.equal(new URL(page.url()).hash, "");
});

test("the set-up link works once", async () => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(house.setupLink);
    await other.getByRole("heading", { name: "This server is set up" }).waitFor();
    await other.context().close();
});

test("the token page has its red line, a masked field, an eye, Copy and Regenerate", async () => {
    const line = page.getByText("Always keep your API token private!");
    const [red, green, blue] = (await line.evaluate((element) => getComputedStyle(element).color)).match(/\d+/g).map(Number);
    assert.ok(red > 120 && red > 2 * green && red > 2 * blue, `the line is red, not rgb(${red}, ${green}, ${blue})`);
    const field = page.getByRole("textbox", { name: "API token" });
    assert.match(await field.inputValue(), /^Token •{40}$/);
    assert.equal(await field.getAttribute("readonly"), "");
    for (const name of ["Show the API token", "Copy", "Regenerate API token"]) {
        assert.ok(await page.getByRole("button", { name, exact: true }).isVisible(), name);
    }
});

test("Copy puts the full text on the clipboard", async () => {
    token = await copyToken(page);
    assert.match(token, kTokenText);
});

test("the eye shows the same text, and hides it again", async () => {
    const field = page.getByRole("textbox", { name: "API token" });
    await page.getByRole("button", { name: "Show the API token" }).click();
    await page.waitForFunction(() => /^Token [0-9a-f]/.test(document.querySelector(".token-field").value));
    assert.equal(await field.inputValue(), token);
    await page.getByRole("button", { name: "Hide the API token" }).click();
    assert.match(await field.inputValue(), /•/);
});

test("after a reload the page asks for the password before it gives the token out", async () => {
    await page.reload();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await giveThePassword(page);
    await page.getByText("API token copied to the clipboard.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
});

test("a wrong password is told, and gives nothing out", async () => {
    await page.reload();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
    await dialog.getByLabel("Password").fill("not the password at all");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByText("That is not the password of this account.").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("no answer but reveal ever holds the token, nor does the HTML", async () => {
    const digits = token.slice("Token ".length);
    assert.ok(!(await page.content()).includes(digits));
    let seen = 0;
    for (const response of answers) {
        const path = new URL(response.url()).pathname;
        const body = await response.text().catch(() => "");
        const isReveal = path === "/api/v1/account/token/reveal";
        if (isReveal && response.status() === 200) {
            seen += 1;
            assert.equal(response.headers()["cache-control"], "no-store");
        } else {
            assert.ok(!body.includes(digits), `${path} holds the token`);
        }
    }
    assert.ok(seen >= 2, "the search has looked at reveals");
});

test("a program with that text in its environment saves real data", () => {
    for (const name of ["polystyrene_synthesis", "seed_materials"]) {
        const { status, output } = pushed(name);
        assert.equal(status, 0, output);
        assert.ok(!output.includes(token.slice("Token ".length)), "the program never prints the token");
    }
});

test("the project page shows the polymer and its Mn", async () => {
    await page.getByRole("link", { name: "Projects", exact: true }).click();
    await page.getByRole("link", { name: "Anionic polymerization of styrene" }).click();
    await page.getByRole("heading", { name: "Anionic polymerization of styrene", level: 1 }).waitFor();
    const polymer = page.locator("details, section, li, article").filter({ hasText: "poly(vinylbenzene)" }).last();
    await polymer.waitFor({ state: "attached" });
    const text = (await page.locator("main").innerText()).replace(/\s+/gu, " "); // no-break and thin spaces are for the eye
    assert.match(text, /polystyrene/);
    assert.match(text, /Number-average molar mass/);
    assert.match(text, /4800 ± 400 g\/mol/);
    assert.match(text, /5200 ± 100 g\/mol/);
});

test("Regenerate kills the old token at once, and the new one works", async () => {
    await page.goto(`${house.address}/security/`);
    await page.getByRole("button", { name: "Regenerate API token" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Regenerate", exact: true }).click();
    await giveThePassword(page);
    await page.getByText("You have a new API token. The old one does not work any more.").waitFor();

    const refused = house.cript(token, "whoami");
    assert.notEqual(refused.status, 0);
    assert.match(refused.output, /token/i);
    const renewed = await copyToken(page);
    assert.match(renewed, kTokenText);
    assert.notEqual(renewed, token);
    assert.equal(house.cript(renewed, "whoami").status, 0);

    await house.restart();
    assert.notEqual(house.cript(token, "whoami").status, 0);
    assert.equal(house.cript(renewed, "whoami").status, 0);
});

test("the audit list tells what happened", async () => {
    await page.reload();
    const list = page.getByRole("region", { name: "What happened to your account" });
    await list
        .getByText(/regenerated/i)
        .first()
        .waitFor();
    assert.match(await list.innerText(), /cop(ied|y)/i);
});

test("signing out ends the session", async () => {
    await page.getByRole("button", { name: /ada/ }).click();
    await page.getByRole("menuitem", { name: "Logout" }).click();
    await page.getByRole("heading", { name: /sign in/i }).waitFor();
    await page.goto(`${house.address}/security/`);
    await page.getByRole("heading", { name: /sign in/i }).waitFor();
});

test("the console has nothing to complain of", () => {
    assert.deepEqual(complaints, []);
});
