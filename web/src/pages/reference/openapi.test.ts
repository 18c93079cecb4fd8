import { describe, expect, it } from "vitest";
import { anchorFor, callerOf, describeSchema, exampleCurl, groupRoutes, groupSchemas, resolve, type OpenApi, type Route } from "./openapi";

const document: OpenApi = {
  openapi: "3.1.0",
  info: { title: "t", version: "1" },
  servers: [{ url: "/api/v1" }],
  tags: [{ name: "Nodes", description: "All of them" }, { name: "Unused" }],
  security: [{ token: [] }],
  paths: {
    "/healthz": { get: { security: [] } },
    "/material/{uuid}/": {
      parameters: [{ $ref: "#/components/parameters/uuid" } as never],
      get: { tags: ["Nodes"] },
      patch: { tags: ["Nodes"], requestBody: { content: {} } },
    },
  },
  components: { parameters: { uuid: { name: "uuid", in: "path", required: true } } },
};

function routeAt(method: string, path: string): Route {
  const found = groupRoutes(document)
    .flatMap((group) => group.routes)
    .find((route) => route.method === method && route.path === path);
  if (!found) throw new Error(`${method} ${path} is not in the document`);
  return found;
}

describe("groupRoutes", () => {
  it("groups by tag, in the order of the document, and leaves empty groups out", () => {
    expect(groupRoutes(document).map((group) => [group.name, group.routes.length])).toEqual([
      ["Nodes", 2],
      ["healthz", 1],
    ]);
  });

  it("gives a route the parameters of its path, resolved", () => {
    expect(routeAt("GET", "/material/{uuid}/").parameters.map((parameter) => parameter.name)).toEqual(["uuid"]);
  });
});

describe("resolve", () => {
  it("leaves a reference that leads nowhere as it is", () => {
    expect(resolve(document, { $ref: "#/components/schemas/None" })).toEqual({ $ref: "#/components/schemas/None" });
  });
});

describe("describeSchema", () => {
  it.each([
    [{ $ref: "#/components/schemas/MaterialPost" }, "MaterialPost"],
    [{ type: "array", items: { type: "string" } }, "list of text"],
    [{ type: ["string", "null"] }, "text or null"],
    [{ type: "string", format: "uuid" }, "text (uuid)"],
    [{ type: "integer", minimum: 1, maximum: 100 }, "integer (from 1, to 100)"],
    [{ enum: ["reveal", "copy"] }, '"reveal" or "copy"'],
    [{ anyOf: [{ type: "number" }, { type: "number" }, { type: "null" }] }, "number or null"],
    [{ const: "Material" }, '"Material"'],
    [{}, "anything"],
  ])("says %j as %s", (schema, words) => {
    expect(describeSchema(schema)).toBe(words);
  });
});

describe("exampleCurl", () => {
  it("takes the token from the environment", () => {
    expect(exampleCurl(document, routeAt("GET", "/material/{uuid}/"))).toBe(
      'curl \\\n  --header "Authorization: $CRIPT_API_KEY" \\\n  "$CRIPT_HOST/api/v1/material/UUID/"',
    );
  });

  it("sends a body where the route takes one", () => {
    expect(exampleCurl(document, routeAt("PATCH", "/material/{uuid}/"))).toContain("curl --request PATCH");
    expect(exampleCurl(document, routeAt("PATCH", "/material/{uuid}/"))).toContain("--data @request.json");
  });

  it("sends no token where none is needed", () => {
    expect(exampleCurl(document, routeAt("GET", "/healthz"))).not.toContain("Authorization");
  });
});

describe("callerOf", () => {
  it.each([
    [[], "anyone"],
    [[{}], "anyone"],
    [[{ token: [] }, { session: [] }], "token"],
    [[{ session: [] }], "session"],
  ])("reads %j as %s", (security, caller) => {
    const route = { ...routeAt("GET", "/healthz"), operation: { security: security as Record<string, string[]>[] } };
    expect(callerOf(document, route)).toBe(caller);
  });
});

describe("groupSchemas", () => {
  it("tells what is sent from vocabularies and the rest", () => {
    const schemas = {
      Edge: { type: "object" },
      MaterialKeyword: { anyOf: [{ enum: ["homopolymer"] }, { pattern: "^\\+" }] },
      MaterialPost: { type: "object" },
    };
    const groups = groupSchemas({ ...document, components: { schemas } });
    expect(groups.map((group) => [group.name, group.schemas.map((schema) => schema.name)])).toEqual([
      ["Nodes", ["MaterialPost"]],
      ["Vocabularies", ["MaterialKeyword"]],
      ["Parts", ["Edge"]],
    ]);
  });
});

describe("anchorFor", () => {
  it("makes a fragment of method and path", () => {
    expect(anchorFor("GET", "/search/exact/{type}/")).toBe("get-search-exact-type");
  });
});
