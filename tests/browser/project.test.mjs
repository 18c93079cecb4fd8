// The page of a project: links into it, the filter, large projects, paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { graveViolations, House, kRoot, launchBrowser, signIn } from "./house.mjs";

const kMany = 400;
let house, browser, page, small, large, hostile;

function largeProject() {
    const material = Array.from({ length: kMany }, (_, index) => ({
        node: ["Material"],
        name: `sample ${index}`,
        smiles: "C".repeat(1 + (index % 9)),
        property: [{ node: ["Property"], key: "temp_glass", type: "value", value: 300 + index, unit: "kelvin" }],
    }));
    return { node: ["Project"], name: "Many samples", material };
}

function hostileProject() {
    const file = { node: ["File"], name: "trap", source: "javascript:document.title='taken'", type: "data", extension: ".txt" };
    const data = [{ node: ["Data"], name: "measured", notes: "<img src=x onerror=alert(1)>", type: "sec_trace", file: [file] }];
    const experiment = [{ node: ["Experiment"], name: "experiment", data }];
    return {
        node: ["Project"],
        name: "Hostile texts",
        collection: [{ node: ["Collection"], name: "collection", notes: "<script>alert(1)</script>", experiment }],
    };
}

before(async () => {
    house = await House.open();
    const token = house.addPerson();
    small = await house.save(token, JSON.parse(readFileSync(join(kRoot, "examples/polystyrene_synthesis.json"), "utf8")).project);
    large = await house.save(token, largeProject());
    hostile = await house.save(token, hostileProject());
    browser = await launchBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await signIn(page, house.address);
});

after(async () => {
    await browser?.close();
    await house?.close();
});

const entry = (name) => page.locator("details.entry").filter({ has: page.locator("summary", { hasText: name }) });

test("an ingredient is a link to the material, which opens, and takes the focus", async () => {
    await page.goto(`${house.address}/project/${small}`);
    assert.equal(await entry("toluene").getAttribute("open"), null);
    await page.getByRole("link", { name: "toluene" }).click();
    await entry("toluene").getByText("108-88-3").waitFor();
    assert.match(page.url(), /#material-[0-9a-f-]{36}$/);
    assert.match(await page.evaluate(() => document.activeElement.textContent), /toluene/);
});

test("an address with a fragment opens that material at once", async () => {
    const address = page.url();
    await page.goto("about:blank");
    await page.goto(address);
    await entry("toluene").getByText("108-88-3").waitFor();
    const top = await entry("toluene").evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 900, `toluene is in the window, at ${top}`);
});

test("amounts are shown in the units of a laboratory, and as entered on hover", async () => {
    await page.goto(`${house.address}/project/${small}`);
    const amount = page.getByText("10\u00a0mL", { exact: true });
    await amount.waitFor();
    assert.equal(await amount.getAttribute("title"), "entered as 10⁻⁵\u00a0m³");
});

test("the filter finds materials by name, identifier and property", async () => {
    await page.goto(`${house.address}/project/${small}`);
    const filter = page.getByLabel("Filter materials by name, identifier, class or property");
    for (const [wanted, found] of [
        ["vinylbenzene", "2 of 12"],
        ["108-88-3", "1 of 12"],
        ["Mn", "1 of 12"],
        ["unobtainium", "0 of 12"],
    ]) {
        await filter.fill(wanted);
        await page.getByText(`${found} materials`).waitFor();
    }
    await page.getByText("No material of this project matches “unobtainium”.").waitFor();
});

test("a link finds its material also when the filter hides it", async () => {
    await page.getByRole("link", { name: "toluene" }).click();
    await entry("toluene").getByText("108-88-3").waitFor();
});

test(`a project of ${kMany} materials is shown folded, and is filtered`, async () => {
    await page.goto(`${house.address}/project/${large}`);
    await page.getByText(`${kMany} materials`).waitFor();
    assert.equal(await page.locator("details.entry").count(), kMany);
    assert.equal(await page.locator("table").count(), 0, "nothing is built before it is opened");
    await page.getByLabel(/Filter materials/).fill("sample 399");
    await page.getByText(`1 of ${kMany} materials`).waitFor();
});

test("paper shows what is folded away", async () => {
    await page.goto(`${house.address}/project/${small}`);
    await page.getByText("Geacintov").waitFor();
    const tables = await page.locator("table").count();
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    assert.ok((await page.locator("table").count()) > tables + 5);
    assert.equal(await page.locator("details.entry:not([open])").count(), 0);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.locator("details.entry:not([open])").first().waitFor();
});

test("texts of a project are shown and never run", async () => {
    const dialogs = [];
    page.on("dialog", (dialog) => dialogs.push(dialog.message()));
    await page.goto(`${house.address}/project/${hostile}`);
    await page.getByText("<script>alert(1)</script>").waitFor();
    await page.getByText("trap.txt").waitFor();
    assert.equal(await page.getByRole("link", { name: "trap.txt" }).count(), 0);
    assert.deepEqual(dialogs, []);
    assert.deepEqual(await graveViolations(page), []);
});

test("the list of projects is searched by name", async () => {
    await page.goto(`${house.address}/projects/`);
    await page.getByRole("link", { name: "Many samples" }).waitFor();
    await page.getByLabel("Search projects by name").fill("STYRENE");
    await page.getByRole("link", { name: "Many samples" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Anionic polymerization of styrene" }).waitFor();
    await page.getByLabel("Search projects by name").fill("a & b = c?");
    await page.getByText("No project has “a & b = c?” in its name.").waitFor();
});

test("a long list of projects is loaded piece by piece", async () => {
    const token = house.criptd(["token", "show", "ada"]).trim();
    for (let number = 0; number < 30; ++number) await house.save(token, { node: ["Project"], name: `Series ${number}` });
    await page.goto(`${house.address}/projects/`);
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByRole("link", { name: "Series 29" }).waitFor();
    await page.getByRole("button", { name: "Show more" }).waitFor({ state: "detached" });
    const names = await page.locator(".project-item h2").allInnerTexts();
    assert.equal(names.length, 33);
    assert.equal(new Set(names).size, 33);
});
