// Before anybody is signed in: set-up and sign-in, light and dark, wide and narrow.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { graveViolations, House, kPerson, launchBrowser, overflow, picture, setUp, signIn } from "./house.mjs";

let house, browser;

before(async () => {
    house = await House.open();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await house?.close();
});

async function onEveryScreen(name, show) {
    for (const colorScheme of ["light", "dark"]) {
        for (const [size, viewport] of [
            ["wide", { width: 1280, height: 900 }],
            ["narrow", { width: 390, height: 844 }],
        ]) {
            const page = await (await browser.newContext({ colorScheme, viewport })).newPage();
            await show(page);
            await picture(page, `${name}-${colorScheme}-${size}`);
            assert.equal(await overflow(page), 0, `${name} fits: ${colorScheme}, ${size}`);
            assert.deepEqual(await graveViolations(page), [], `${name}: ${colorScheme}, ${size}`);
            await page.context().close();
        }
    }
}

test("the set-up page is accessible and fits", () =>
    onEveryScreen("setup", async (page) => {
        await page.goto(house.setupLink);
        await page.getByRole("button", { name: "Create account" }).waitFor();
    }));

test("without its link the set-up page tells where to find it", () =>
    onEveryScreen("setup-without-link", async (page) => {
        await page.goto(`${house.address}/setup`);
        await page.getByRole("heading", { name: "Open the set-up link" }).waitFor();
    }));

test("the sign-in page of a fresh server leads to the set-up link", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(house.address);
    await page.getByText("This server has no account yet.").waitFor();
    await page.context().close();
});

test("a short password is told while it is typed, and cannot be sent", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(house.setupLink);
    await page.getByLabel("Password").fill("short");
    await page.getByText("5 of at least 15 characters.").waitFor();
    assert.ok(await page.getByRole("button", { name: "Create account" }).isDisabled());
    await page.context().close();
});

test("what the server finds wrong stands beside the field", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(house.setupLink);
    await page.getByLabel("User name").fill(kPerson.username);
    await page.getByLabel("E-mail").fill(kPerson.email);
    await page.getByLabel("Password").fill("passwordpassword");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("alert").waitFor();
    assert.equal(await page.getByLabel("Password").getAttribute("aria-invalid"), "true");
    await page.context().close();
});

test("a server without projects tells what to do next", async () => {
    const page = await (await browser.newContext()).newPage();
    await setUp(page, house.setupLink);
    await page.context().close();
    await onEveryScreen("first-steps", async (later) => {
        await signIn(later, house.address);
        await later.getByText("cript push examples/polystyrene_synthesis.json").waitFor();
    });
});

test("the sign-in page is accessible and fits, also when the password is wrong", () =>
    onEveryScreen("signin", async (page) => {
        await page.goto(`${house.address}/signin`);
        await page.getByLabel("User name or e-mail").fill("nobody");
        await page.getByLabel("Password").fill("not the password at all");
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.getByRole("alert").waitFor();
    }));

test("signing in leads back to the page that was asked for", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${house.address}/account/`);
    await page.getByLabel("User name or e-mail").fill(kPerson.email);
    await page.getByLabel("Password").fill(kPerson.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Account settings" }).waitFor();
    await page.context().close();
});
