// Every page, light and dark, wide and narrow: accessible, without a sideways scroll, usable by keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
    giveThePassword,
    graveViolations,
    House,
    kPerson,
    kRoot,
    launchBrowser,
    overflow,
    picture,
    signIn,
    watchConsole,
} from "./house.mjs";
import { join } from "node:path";
import { copyFileSync, mkdtempSync } from "node:fs";

let house, browser, project;

before(async () => {
    house = await House.open();
    const token = house.addPerson();
    const file = join(mkdtempSync(join(house.data, "push-")), "example.json");
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
    for (const [size, viewport] of [
        ["wide", { width: 1280, height: 900 }],
        ["narrow", { width: 390, height: 844 }],
    ]) {
        test(`every page is accessible and fits: ${colorScheme}, ${size}`, async () => {
            const page = await opened({ colorScheme, viewport });
            const complaints = watchConsole(page);
            for (const [name, path, text] of pages()) {
                await page.goto(house.address + path);
                if (name === "missing") await page.getByRole("heading", { level: 1 }).waitFor();
                else await page.getByText(text).first().waitFor();
                await picture(page, `${name}-${colorScheme}-${size}`);
                assert.equal(await overflow(page), 0, `${name} is wider than the window`);
                assert.deepEqual(await graveViolations(page), [], name);
            }
            assert.deepEqual(complaints, []);
            await page.context().close();
        });
    }
}

for (const colorScheme of ["light", "dark"]) {
    for (const [size, viewport] of [
        ["wide", { width: 1280, height: 900 }],
        ["narrow", { width: 390, height: 844 }],
    ]) {
        test(`what opens on a page is accessible and fits: ${colorScheme}, ${size}`, async () => {
            const page = await opened({ colorScheme, viewport });
            const check = async (name) => {
                await picture(page, `${name}-${colorScheme}-${size}`);
                assert.equal(await overflow(page), 0, `${name} is wider than the window`);
                assert.deepEqual(await graveViolations(page), [], name);
            };

            await page.getByRole("button", { name: "Account menu of ada" }).click();
            await page.getByRole("menuitem", { name: "Security settings" }).waitFor();
            await check("menu");
            await page.getByRole("menuitem", { name: "Security settings" }).click();

            await page.getByRole("button", { name: "Regenerate API token" }).click();
            await page.getByRole("dialog", { name: "Regenerate the API token?" }).waitFor();
            await check("regenerate");
            await page.keyboard.press("Escape");

            await page.reload();
            await page.getByRole("button", { name: "Show the API token" }).click();
            await page.getByRole("dialog", { name: "Confirm that it is you" }).waitFor();
            await check("password");
            await giveThePassword(page);
            await page.getByRole("button", { name: "Hide the API token" }).waitFor();
            await check("revealed");

            await page.goto(`${house.address}/reference/`);
            for (const name of [/POST.*\/api\/v1\/\{type\}Save/, /^MaterialPost/, /^MaterialKeyword/])
                await page.locator("summary").filter({ hasText: name }).click();
            await check("reference-open");

            await page.goto(`${house.address}/project/00000000-0000-4000-8000-000000000000`);
            await page.getByText("There is no project at this address.").waitFor();
            await check("no-project");
            await page.context().close();
        });
    }
}

test("a theme that was chosen stays", async () => {
    const page = await opened({ colorScheme: "light" });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole("button", { name: "Switch to the dark theme" }).click();
    const dark = await paper();
    assert.notEqual(dark, light);
    await page.reload();
    await page.getByRole("button", { name: "Switch to the light theme" }).waitFor();
    assert.equal(await paper(), dark);
    await page.context().close();
});

test("Connect has lines for every client and shell, with this server's address and without a token", async () => {
    const page = await opened({});
    await page.goto(`${house.address}/connect/`);
    let seen = 0;
    for (const client of ["C++", "Command line", "Python 2.x", "Python 0.x", "curl"]) {
        await page.getByText(client, { exact: true }).first().click();
        for (const shell of ["bash", "zsh", "PowerShell", ".env file"]) {
            await page.getByRole("group", { name: "Shell" }).getByText(shell, { exact: true }).click();
            const lines = (await page.locator("pre").allInnerTexts()).join("\n");
            assert.ok(lines.includes(house.address), `${client}, ${shell}`);
            assert.doesNotMatch(lines, /[0-9a-f]{40}/, `${client}, ${shell}`);
            if (client === "Python 2.x") assert.ok(lines.indexOf("AWS_ENDPOINT_URL") < lines.indexOf("CRIPT_STORAGE_TOKEN"), shell);
            seen += 1;
        }
    }
    assert.equal(seen, 20);
    await page.context().close();
});

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
