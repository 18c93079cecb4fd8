// A real criptd on a temporary folder, a real Chromium, and what a person does in it.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const kRoot = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(join(kRoot, "web/package.json"));
const { chromium } = require("playwright-core");
const kAxeSource = require.resolve("axe-core/axe.min.js");

export const kCriptd = process.env.CRIPTD ?? join(kRoot, "build/release/bin/criptd");
export const kCript = process.env.CRIPT ?? join(kRoot, "build/release/bin/cript");
export const kPerson = { username: "ada", email: "ada@example.org", password: "seven green lamps by the sea" };

/** A running server: its address, its set-up link, and the end of it. */
export class House {
    static async open() {
        const house = new House();
        house.data = mkdtempSync(join(tmpdir(), "cript-browser-"));
        await house.start();
        return house;
    }

    async start(listen = "127.0.0.1:0") {
        // A killed test leaves no server.
        const wrapper = ["--pdeathsig", "KILL", kCriptd];
        this.process = spawn("setpriv", [...wrapper, "serve", "--data", this.data, "--listen", listen, "--metrics", "off"]);
        this.log = "";
        this.process.stderr.on("data", (bytes) => (this.log += bytes));
        this.ended = new Promise((resolve) => this.process.once("exit", resolve));
        for await (const line of createInterface({ input: this.process.stdout })) {
            const ready = /^OpenCRIPT is ready at (\S+)$/.exec(line);
            if (ready) this.address = ready[1];
            const setup = /^Set up the first account: (\S+)$/.exec(line);
            if (setup) this.setupLink = setup[1];
            // The set-up link comes right after, on a server without an account.
            if (setup || (ready && this.setupLink)) break;
        }
        if (!this.address) throw new Error(`criptd did not start: ${this.log}`);
    }

    async stop() {
        this.process.kill("SIGTERM");
        await this.ended;
    }

    async restart() {
        const listen = new URL(this.address).host;
        await this.stop();
        await this.start(listen);
    }

    async close() {
        await this.stop();
        rmSync(this.data, { recursive: true, force: true });
    }

    /** Runs `cript` in a process of its own, with the token in its environment. */
    cript(token, ...words) {
        const environment = { PATH: process.env.PATH, CRIPT_HOST: this.address, CRIPT_API_KEY: token };
        const done = spawnSync(kCript, words, { env: environment, encoding: "utf8", timeout: 60_000 });
        return { status: done.status, output: done.stdout + done.stderr };
    }

    /** Makes the account of kPerson, as an operator does; returns its token. */
    addPerson() {
        this.criptd(["user", "add", kPerson.username, "--email", kPerson.email, "--admin", "--password-stdin"], `${kPerson.password}\n`);
        return this.criptd(["token", "show", kPerson.username]).trim();
    }

    /** Saves a project with a token; returns its uuid. */
    async save(token, project) {
        const headers = { Authorization: token, "Content-Type": "application/json" };
        const answer = await fetch(`${this.address}/api/v1/project/`, { method: "POST", headers, body: JSON.stringify(project) });
        const { data, error, errors } = await answer.json();
        if (error) throw new Error(`${error} ${JSON.stringify(errors)}`);
        return data.result[0].uuid;
    }

    /** Runs an operator's command beside the server. */
    criptd(words, input = "") {
        return execFileSync(kCriptd, [...words, "--data", this.data], { input, encoding: "utf8" });
    }
}

export function launchBrowser() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
        ],
    });
}

/** Collects what the console complains of. A 401 while nobody is signed in is how the page learns that. */
export function watchConsole(page) {
    const complaints = [];
    page.on("console", (message) => {
        const expected = /status of (401|403|404)/.test(message.text());
        if (["error", "warning"].includes(message.type()) && !expected) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    return complaints;
}

export async function setUp(page, link) {
    await page.goto(link);
    await page.getByLabel("User name").fill(kPerson.username);
    await page.getByLabel("E-mail").fill(kPerson.email);
    await page.getByLabel("Password").fill(kPerson.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("heading", { name: "Security settings" }).waitFor();
}

export async function signIn(page, address) {
    await page.goto(`${address}/signin`);
    await page.getByLabel("User name or e-mail").fill(kPerson.username);
    await page.getByLabel("Password").fill(kPerson.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Projects" }).waitFor();
}

export async function giveThePassword(page) {
    const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
    await dialog.getByLabel("Password").fill(kPerson.password);
    await dialog.getByRole("button", { name: "Continue" }).click();
}

/** Presses Copy and reads what is on the clipboard then. */
export async function copyToken(page) {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByText("API token copied to the clipboard.").waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
}

/** What axe finds on the page as it stands now, if it is serious or critical. */
export async function graveViolations(page) {
    await page.evaluate(readFileSync(kAxeSource, "utf8"));
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
    return grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
}

/** By how many pixels the page is wider than the window. */
export function overflow(page) {
    return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}

/** Keeps a picture of the page where SCREENSHOTS asks for it. */
export async function picture(page, name) {
    const folder = process.env.SCREENSHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
