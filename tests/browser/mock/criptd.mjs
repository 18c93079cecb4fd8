#!/usr/bin/env node
// A stand-in for criptd, for work on the pages: the answers of docs/reference/http-api.md from memory, nothing stored.
//
//   node tests/browser/mock/criptd.mjs serve --listen 127.0.0.1:8080 [--project FILE]… [--account NAME:PASSWORD]
//
// It prints the lines that criptd prints, so that the browser tests can be tried against it.
import { randomBytes, randomUUID } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const kDist = fileURLToPath(new URL("../../../web/dist", import.meta.url));
const kContentSecurityPolicy =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const kTypes = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
};
const kCookie = "cript_session";

const { values: options } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== "serve"),
    options: {
        listen: { type: "string", default: "127.0.0.1:0" },
        data: { type: "string" },
        project: { type: "string", multiple: true, default: [] },
        account: { type: "string" },
    },
});

// ---- state

const state = {
    setupToken: randomBytes(16).toString("hex"),
    account: undefined,
    password: "",
    token: undefined,
    sessions: new Map(),
    nonces: new Map(),
    audit: [],
    projects: [],
};

function now() {
    return new Date().toISOString().replace("Z", "000Z");
}

function newToken() {
    state.token = {
        text: `Token ${randomBytes(20).toString("hex")}`,
        created_at: now(),
        last_used_at: null,
        last_used_from: null,
        last_used_client: null,
    };
}

function createAccount(username, email, password) {
    state.account = { uuid: randomUUID(), username, email, admin: true, created_at: now() };
    state.password = password;
    newToken();
}

function record(action, request) {
    state.audit.unshift({
        id: state.audit.length + 1,
        at: now(),
        action,
        actor: state.account?.username ?? null,
        address: request.socket.remoteAddress ?? null,
        client: request.headers["user-agent"] ?? null,
        detail: null,
    });
}

function startSession(request) {
    const secret = randomBytes(16).toString("hex");
    const session = {
        id: randomUUID(),
        csrf: randomBytes(16).toString("hex"),
        created_at: now(),
        last_seen_at: now(),
        address: request.socket.remoteAddress,
        client: request.headers["user-agent"] ?? "",
    };
    state.sessions.set(secret, session);
    record("session.created", request);
    return { secret, session };
}

function newNonce(session) {
    const nonce = randomBytes(16).toString("hex");
    state.nonces.set(nonce, { session: session.id, until: Date.now() + 600_000 });
    return nonce;
}

function takeNonce(nonce, session) {
    const known = state.nonces.get(nonce);
    state.nonces.delete(nonce);
    return known !== undefined && known.session === session.id && known.until > Date.now();
}

// ---- projects

const kLists = [
    "material",
    "collection",
    "inventory",
    "experiment",
    "process",
    "computation",
    "data",
    "property",
    "condition",
    "ingredient",
    "quantity",
    "citation",
    "file",
];

/** Gives every node of a document the identity that a server gives it, and turns its labels into uuids. */
function adopt(document) {
    const uuids = new Map();
    const uuidFor = (label) => {
        if (!uuids.has(label)) uuids.set(label, randomUUID());
        return uuids.get(label);
    };
    const visit = (value) => {
        if (Array.isArray(value)) return value.map(visit);
        if (typeof value !== "object" || value === null) return value;
        if (!value.node && value.uid) return { uid: `_:${uuidFor(value.uid)}` };
        if (!value.node) return value;
        const uuid = value.uuid ?? (value.uid ? uuidFor(value.uid) : randomUUID());
        if (value.uid) uuids.set(value.uid, uuid);
        const counts = Object.fromEntries(
            kLists.filter((list) => Array.isArray(value[list])).map((list) => [`${list}_count`, value[list].length]),
        );
        const base = {
            node: value.node,
            uid: `_:${uuid}`,
            uuid,
            created_at: now(),
            updated_at: now(),
            created_by: { uuid: state.account?.uuid ?? randomUUID() },
        };
        const rest = Object.fromEntries(
            Object.entries(value)
                .filter(([key]) => !(key in base))
                .map(([key, child]) => [key, visit(child)]),
        );
        return { ...base, ...rest, ...counts };
    };
    return visit(document);
}

function shallow(project) {
    const stub = (node) => ({ node: node.node, uid: node.uid, uuid: node.uuid, name: node.name });
    return { ...project, material: (project.material ?? []).map(stub), collection: (project.collection ?? []).map(stub) };
}

// ---- answers

function answer(response, code, data, error = null, extra = {}, headers = {}) {
    response.writeHead(code, { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers });
    response.end(JSON.stringify({ code, data, error, ...extra }));
}

function refuse(response, code, error, problem, headers) {
    const errors = [{ pointer: "", code: problem ?? "refused", message: error }];
    answer(response, code, null, error, { errors }, headers);
}

function unauthorised(response) {
    refuse(response, 401, "Sign in, or send a valid token.", "unauthorised", { "WWW-Authenticate": 'Token realm="cript"' });
}

async function readBody(request) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    return text === "" ? {} : JSON.parse(text);
}

function sessionOf(request) {
    const cookie = (request.headers.cookie ?? "").split(/;\s*/).find((part) => part.startsWith(`${kCookie}=`));
    return cookie && state.sessions.get(cookie.slice(kCookie.length + 1));
}

function callerOf(request) {
    const header = request.headers.authorization;
    if (header === undefined) return { session: sessionOf(request) };
    const secret = header.replace(/^(?:bearer\s+)?(?:token\s+)?/i, "");
    if (!state.token || `Token ${secret}` !== state.token.text) return {};
    Object.assign(state.token, {
        last_used_at: now(),
        last_used_from: request.socket.remoteAddress,
        last_used_client: request.headers["user-agent"] ?? null,
    });
    return { token: state.token };
}

function accountView(session) {
    const view = { ...state.account, authenticated_by: session ? "session" : "token" };
    if (session) view.session = { id: session.id, csrf: session.csrf, reauthenticated_until: now() };
    return view;
}

function cookieFor(secret) {
    return { "Set-Cookie": `${kCookie}=${secret}; Path=/; HttpOnly; SameSite=Lax` };
}

const routes = {
    "GET /account/status": (_, response) =>
        answer(response, 200, { setup_needed: !state.account, signed_in: false, version: "0.1.0-mock" }),

    async "POST /account/setup"(request, response) {
        const body = await readBody(request);
        if (state.account || body.setup_token !== state.setupToken)
            return refuse(response, 403, "This set-up link is not valid any more.", "setup_token_invalid");
        createAccount(body.username, body.email, body.password);
        record("account.created", request);
        record("token.created", request);
        const { secret, session } = startSession(request);
        answer(response, 200, { ...accountView(session), nonce: newNonce(session) }, null, {}, cookieFor(secret));
    },

    async "POST /account/session"(request, response) {
        const body = await readBody(request);
        const isName = state.account && [state.account.username, state.account.email].includes(body.username);
        if (!isName || body.password !== state.password) {
            record("session.denied", request);
            return unauthorised(response);
        }
        const { secret, session } = startSession(request);
        answer(response, 200, { ...accountView(session), nonce: newNonce(session) }, null, {}, cookieFor(secret));
    },

    "GET /openapi.json": (_, response) => answer(response, 200, openApi()),
};

const signedInRoutes = {
    "GET /account": (_, response, { session }) => answer(response, 200, accountView(session)),

    "DELETE /account/session"(request, response, { session }) {
        endSessions((other) => other === session);
        record("session.ended", request);
        answer(response, 200, null);
    },

    async "POST /account/reauthenticate"(request, response, { session }) {
        const { password } = await readBody(request);
        if (password !== state.password) return refuse(response, 403, "That is not the password.", "wrong_password");
        answer(response, 200, { nonce: newNonce(session), valid_until: now() });
    },

    async "POST /account/password"(request, response, { session }) {
        const body = await readBody(request);
        if (body.current_password !== state.password) {
            const errors = [{ pointer: "/current_password", code: "wrong_password", message: "That is not your current password." }];
            return answer(response, 403, null, errors[0].message, { errors });
        }
        state.password = body.new_password;
        endSessions((other) => other !== session);
        record("password.changed", request);
        answer(response, 200, null);
    },

    "GET /account/token"(_, response) {
        const { text, ...facts } = state.token;
        answer(response, 200, facts);
    },

    async "POST /account/token/reveal"(request, response, { session }) {
        const { nonce, purpose } = await readBody(request);
        if (!takeNonce(nonce, session)) return refuse(response, 403, "Enter your password again.", "reauthentication_required");
        record(purpose === "copy" ? "token.copied" : "token.revealed", request);
        answer(response, 200, { token: state.token.text, nonce: newNonce(session) });
    },

    async "POST /account/token/regenerate"(request, response, { session }) {
        const { nonce } = await readBody(request);
        if (!takeNonce(nonce, session)) return refuse(response, 403, "Enter your password again.", "reauthentication_required");
        newToken();
        record("token.regenerated", request);
        answer(response, 200, { created_at: state.token.created_at, nonce: newNonce(session) });
    },

    "GET /account/sessions": (_, response, { session }) =>
        answer(
            response,
            200,
            [...state.sessions.values()].reverse().map(({ csrf, ...facts }) => ({ ...facts, current: facts.id === session?.id })),
        ),

    "DELETE /account/sessions"(_, response) {
        endSessions(() => true);
        answer(response, 200, null);
    },

    "GET /account/audit"(_, response, __, url) {
        const before = Number(url.searchParams.get("before") ?? Infinity);
        answer(response, 200, state.audit.filter((entry) => entry.id < before).slice(0, 50));
    },

    "GET /search/project"(_, response, __, url) {
        const text = (url.searchParams.get("q") ?? "").toLowerCase();
        const limit = Number(url.searchParams.get("limit") ?? 10);
        const found = state.projects.filter((project) => project.name.toLowerCase().includes(text));
        const after = url.searchParams.get("after");
        const start = after ? found.findIndex((project) => project.uuid === after) + 1 : 0;
        answer(response, 200, { result: found.slice(start, start + limit).map(shallow), count: found.length, limit });
    },

    async "POST /project"(request, response) {
        const project = adopt(await readBody(request));
        state.projects.push(project);
        answer(response, 200, { result: [project], count: 1 });
    },
};

function endSessions(isEnded) {
    for (const [secret, session] of state.sessions) if (isEnded(session)) state.sessions.delete(secret);
}

async function serveApi(request, response, url) {
    const path = url.pathname.slice("/api/v1".length).replace(/\/$/, "");
    const key = `${request.method} ${path}`;
    if (routes[key]) return routes[key](request, response);
    const caller = callerOf(request);
    if (!caller.session && !caller.token) return unauthorised(response);
    const isChange = request.method !== "GET";
    if (isChange && !caller.token && request.headers["x-csrf-token"] !== caller.session.csrf) {
        return refuse(response, 403, "The page is out of date. Load it again.", "csrf_token_invalid");
    }
    if (signedInRoutes[key]) return signedInRoutes[key](request, response, caller, url);
    const project = /^GET \/project\/([0-9a-f-]+)$/.exec(key);
    const found = project && state.projects.find((candidate) => candidate.uuid === project[1]);
    if (found) return answer(response, 200, [found]);
    const session = /^DELETE \/account\/sessions\/(.+)$/.exec(key);
    if (session) {
        endSessions((other) => other.id === session[1]);
        return answer(response, 200, null);
    }
    refuse(
        response,
        404,
        "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.",
        "not_found",
    );
}

function serveFile(response, path) {
    const wanted = join(kDist, normalize(path));
    const isFile = wanted.startsWith(kDist) && existsSync(wanted) && statSync(wanted).isFile();
    const file = isFile ? wanted : join(kDist, "index.html");
    response.writeHead(200, {
        "Content-Type": kTypes[extname(file)] ?? "application/octet-stream",
        "Content-Security-Policy": kContentSecurityPolicy,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    });
    createReadStream(file).pipe(response);
}

function openApi() {
    const uuid = {
        name: "uuid",
        in: "path",
        required: true,
        description: "The identity of the node.",
        schema: { type: "string", format: "uuid" },
    };
    const reveal = {
        tags: ["Accounts"],
        summary: "The full text of the token",
        description: "Needs a nonce from a password entered less than ten minutes ago.",
        requestBody: {
            content: {
                "application/json": {
                    schema: {
                        type: "object",
                        required: ["nonce", "purpose"],
                        properties: { nonce: { type: "string" }, purpose: { enum: ["reveal", "copy"] } },
                    },
                },
            },
        },
        responses: {
            200: { description: "The token, and the next nonce." },
            403: {
                description: "`reauthentication_required`",
                content: { "application/json": { schema: { $ref: "#/components/schemas/Envelope" } } },
            },
        },
    };
    return {
        openapi: "3.1.0",
        info: { title: "OpenCRIPT", version: "0.1.0-mock", description: "Answers are wrapped in an envelope of code, data and error." },
        servers: [{ url: "/api/v1" }],
        security: [{ token: [] }],
        tags: [
            { name: "Accounts", description: "Who is calling, and the token of an account." },
            { name: "Nodes", description: "Create, read, change and delete." },
        ],
        paths: {
            "/account/status": {
                get: {
                    tags: ["Accounts"],
                    security: [],
                    summary: "Whether the server needs its first account",
                    responses: { 200: { description: "The state." } },
                },
            },
            "/account/token/reveal": { post: reveal },
            "/material/{uuid}/": {
                parameters: [uuid],
                get: {
                    tags: ["Nodes"],
                    summary: "A material with all that is below it",
                    responses: { 200: { description: "A list of one node." }, 404: { description: "No such material." } },
                },
                patch: {
                    tags: ["Nodes"],
                    summary: "Change a material",
                    requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/MaterialPatch" } } } },
                    responses: { 200: { description: "The material as it stands now." } },
                },
                delete: { tags: ["Nodes"], summary: "Delete a material", responses: { 200: { description: "null" } } },
            },
        },
        components: {
            schemas: {
                Envelope: {
                    type: "object",
                    required: ["code", "data", "error"],
                    properties: { code: { type: "integer" }, data: {}, error: { type: ["string", "null"] } },
                },
                MaterialPatch: {
                    type: "object",
                    required: ["node"],
                    properties: {
                        node: { type: "array", items: { const: "Material" } },
                        name: { type: "string", minLength: 1, maxLength: 2048 },
                        bigsmiles: { type: ["string", "null"] },
                    },
                },
            },
        },
    };
}

// ---- start

if (options.account) {
    const [name, password] = options.account.split(/:(.*)/s);
    createAccount(name, `${name}@example.org`, password);
}
for (const file of options.project) {
    const content = JSON.parse(readFileSync(file, "utf8"));
    state.projects.push(adopt(content.project ?? content));
}

const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    if (!url.pathname.startsWith("/api/v1/")) return serveFile(response, decodeURIComponent(url.pathname));
    serveApi(request, response, url).catch((error) => refuse(response, 400, String(error)));
});
const [host, port] = options.listen.split(":");
server.listen(Number(port), host, () => {
    const address = `http://${host}:${server.address().port}`;
    console.log(`OpenCRIPT is ready at ${address}`);
    if (!state.account) console.log(`Set up the first account: ${address}/setup#${state.setupToken}`);
});
process.on("SIGTERM", () => process.exit(0));
