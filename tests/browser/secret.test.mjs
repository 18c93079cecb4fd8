// How long the secret is on the page, and what happens where a page may not copy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, launchBrowser, signIn } from "./house.mjs";

let house, browser, token;

before(async () => {
    house = await House.open();
    token = house.addPerson();
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await house?.close();
});

async function securityPage(prepare = () => undefined) {
    const page = await (await browser.newContext()).newPage();
    await prepare(page);
    await signIn(page, house.address);
    await page.getByRole("button", { name: "Account menu of ada" }).click();
    await page.getByRole("menuitem", { name: "Security settings" }).click();
    return page;
}

const shown = (page) => page.getByLabel("API token", { exact: true }).and(page.getByRole("textbox")).inputValue();

async function reveal(page) {
    await page.getByRole("button", { name: "Show the API token" }).click();
    await page.getByRole("button", { name: "Hide the API token" }).waitFor();
    assert.equal(await shown(page), token);
}

test("the secret is hidden again after thirty seconds", async () => {
    const page = await securityPage((fresh) => fresh.clock.install());
    await reveal(page);
    await page.clock.fastForward(20_000); // and the clock of the page runs on
    assert.equal(await shown(page), token);
    await page.clock.fastForward(10_500);
    await page.getByRole("button", { name: "Show the API token" }).waitFor();
    assert.ok(!(await page.content()).includes(token));
    await page.context().close();
});

test("the secret is hidden when the focus goes elsewhere, and when the window does", async () => {
    const page = await securityPage();
    await reveal(page);
    await page.getByRole("button", { name: "Regenerate API token" }).focus();
    await page.getByRole("button", { name: "Show the API token" }).waitFor();
    await reveal(page);
    await page.evaluate(() => window.dispatchEvent(new Event("blur")));
    await page.getByRole("button", { name: "Show the API token" }).waitFor();
    assert.doesNotMatch(await shown(page), /[0-9a-f]{40}/);
    await page.context().close();
});

test("where the page may not copy, it selects the text and says which keys to press", async () => {
    // As on a page that came over plain HTTP from another machine.
    const page = await securityPage((fresh) =>
        fresh.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined })),
    );
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByText(/The token is selected: press Ctrl\+C/).waitFor();
    assert.equal(await shown(page), token);
    const selected = await page.evaluate(() => {
        const field = document.activeElement;
        return field.value.slice(field.selectionStart, field.selectionEnd);
    });
    assert.equal(selected, token);
    await page.context().close();
});

test("nothing that outlives the page holds the secret", async () => {
    const page = await securityPage();
    await reveal(page);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]));
    assert.ok(!kept.includes(token.slice("Token ".length)));
    await page.context().close();
});
