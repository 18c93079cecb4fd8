/** The part of OpenAPI 3.1 that the reference page shows. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  title?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: "path" | "query" | "header" | "cookie";
  description?: string;
  required?: boolean;
  schema?: Schema;
}

export interface Body {
  $ref?: string;
  description?: string;
  content?: Record<string, { schema?: Schema; example?: unknown }>;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: Body;
  responses?: Record<string, Body>;
  security?: Record<string, string[]>[];
}

export interface PathItem {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  get?: Operation;
  put?: Operation;
  post?: Operation;
  patch?: Operation;
  delete?: Operation;
  head?: Operation;
}

export interface OpenApi {
  openapi: string;
  info: { title: string; version: string; summary?: string; description?: string };
  servers?: { url: string; description?: string }[];
  tags?: { name: string; description?: string }[];
  paths?: Record<string, PathItem>;
  security?: Record<string, string[]>[];
  components?: Record<string, Record<string, unknown>>;
}

export interface Route {
  id: string;
  method: string;
  path: string;
  operation: Operation;
  parameters: Parameter[];
}

export interface RouteGroup {
  name: string;
  description: string | undefined;
  routes: Route[];
}

const kMethods = ["get", "post", "put", "patch", "delete", "head"] as const;

/** The routes by tag: first the tags that the document lists, in its order, then the others. */
export function groupRoutes(document: OpenApi): RouteGroup[] {
  const groups = new Map<string, RouteGroup>();
  const groupOf = (name: string, description?: string): RouteGroup => {
    const known = groups.get(name);
    if (known) return known;
    const created: RouteGroup = { name, description, routes: [] };
    groups.set(name, created);
    return created;
  };
  for (const tag of document.tags ?? []) groupOf(tag.name, tag.description);
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of kMethods) {
      const operation = item[method];
      if (operation) groupOf(operation.tags?.[0] ?? firstSegment(path)).routes.push(routeOf(document, method, path, item, operation));
    }
  }
  return [...groups.values()].filter((group) => group.routes.length > 0);
}

function routeOf(document: OpenApi, method: string, path: string, item: PathItem, operation: Operation): Route {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) => resolve(document, parameter));
  return { id: anchorFor(method, path), method: method.toUpperCase(), path, operation, parameters };
}

export function anchorFor(method: string, path: string): string {
  return `${method.toLowerCase()}${path.replaceAll(/[^a-zA-Z0-9]+/g, "-").replace(/-$/, "")}`;
}

function firstSegment(path: string): string {
  return path.split("/").find((segment) => segment !== "" && segment !== "api" && segment !== "v1") ?? "other";
}

/** What a `$ref` into this document points at; anything else as it is. */
export function resolve<T extends { $ref?: string }>(document: OpenApi, value: T): T {
  if (!value.$ref?.startsWith("#/")) return value;
  const found = value.$ref
    .slice(2)
    .split("/")
    .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((place, step) => (isRecord(place) ? place[step] : undefined), document);
  return isRecord(found) ? (found as T) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The last part of a reference: `#/components/schemas/MaterialPost` is `MaterialPost`. */
export function refName(ref: string): string {
  return ref.split("/").at(-1) ?? ref;
}

/** A type in a few words: `list of MaterialPost`, `text (uuid)`, `number, at least 0`. */
export function describeSchema(schema: Schema | undefined): string {
  if (!schema) return "anything";
  if (schema.$ref) return refName(schema.$ref);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return distinct(choices.map(describeSchema)).join(" or ");
  if (schema.allOf) return distinct(schema.allOf.map(describeSchema)).join(" and ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum)
    return schema.enum.length > kFewTerms
      ? `one of ${schema.enum.length} terms`
      : schema.enum.map((term) => JSON.stringify(term)).join(" or ");
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const words = types.map((type) => (type === "array" ? `list of ${describeSchema(schema.items)}` : (kTypeNames[type] ?? type)));
  const name = words.join(" or ") || (schema.properties ? "object" : "anything");
  const limits = [schema.format ?? "", ...limitsOf(schema)].filter(Boolean);
  return limits.length > 0 ? `${name} (${limits.join(", ")})` : name;
}

const kFewTerms = 6;
const kTypeNames: Readonly<Record<string, string>> = { string: "text", boolean: "true or false" };

function limitsOf(schema: Schema): string[] {
  const limits: string[] = [];
  if (schema.minimum !== undefined) limits.push(`from ${schema.minimum}`);
  if (schema.maximum !== undefined) limits.push(`to ${schema.maximum}`);
  if (schema.minLength !== undefined && schema.maxLength !== undefined)
    limits.push(`${schema.minLength} to ${schema.maxLength} characters`);
  else if (schema.maxLength !== undefined) limits.push(`up to ${schema.maxLength} characters`);
  else if (schema.minLength !== undefined && schema.minLength > 0) limits.push(`at least ${schema.minLength} characters`);
  return limits;
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}

/** The terms that a schema lists, also those that it lists beside something else. */
export function termsOf(schema: Schema): string[] {
  const own = (schema.enum ?? []).filter((term): term is string => typeof term === "string");
  return [...own, ...(schema.anyOf ?? []).flatMap(termsOf)];
}

export interface NamedSchema {
  name: string;
  schema: Schema;
}

/** The schemas in the order in which they are looked for: what is sent, what is chosen from, and the rest. */
export function groupSchemas(document: OpenApi): { name: string; schemas: NamedSchema[] }[] {
  const named = Object.entries(document.components?.["schemas"] ?? {}).map(([name, schema]) => ({ name, schema: schema as Schema }));
  const isNode = ({ name }: NamedSchema) => /(?:Post|Patch)$/.test(name);
  const isVocabulary = ({ schema }: NamedSchema) => termsOf(schema).length > 0;
  const groups = [
    { name: "Nodes", schemas: named.filter(isNode) },
    { name: "Vocabularies", schemas: named.filter((schema) => !isNode(schema) && isVocabulary(schema)) },
    { name: "Parts", schemas: named.filter((schema) => !isNode(schema) && !isVocabulary(schema)) },
  ];
  return groups.filter((group) => group.schemas.length > 0);
}

export type Caller = "anyone" | "token" | "session";

/** Who may call a route: anyone, whoever sends a token, or only a person who is signed in. */
export function callerOf(document: OpenApi, route: Route): Caller {
  const ways = (route.operation.security ?? document.security ?? []).map((way) => Object.keys(way));
  if (ways.length === 0 || ways.some((way) => way.length === 0)) return "anyone";
  return ways.some((way) => way.includes("token")) ? "token" : "session";
}

/** A command line that performs the route. The secret comes from the environment. */
export function exampleCurl(document: OpenApi, route: Route): string {
  const lines = ["curl"];
  if (route.method !== "GET") lines[0] = `curl --request ${route.method}`;
  if (callerOf(document, route) === "token") lines.push('--header "Authorization: $CRIPT_API_KEY"');
  if (route.operation.requestBody) lines.push('--header "Content-Type: application/json"', "--data @request.json");
  lines.push(`"$CRIPT_HOST${basePath(document)}${examplePath(route)}"`);
  return lines.join(" \\\n  ");
}

function basePath(document: OpenApi): string {
  const server = document.servers?.[0]?.url ?? "";
  const path = server.replace(/^https?:\/\/[^/]+/, "").replace(/\/$/, "");
  const isInPaths = path !== "" && Object.keys(document.paths ?? {}).every((route) => route.startsWith(path));
  return isInPaths ? "" : path;
}

function examplePath(route: Route): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
}
