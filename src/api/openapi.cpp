#include "api/openapi.hpp"

#include <map>

#include "api/envelope.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace cript::api {

namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kEnvelope =
    R"({"type":"object","required":["code","data","error"],"properties":{"code":{"type":"integer"},"data":{},)"
    R"("error":{"type":["string","null"]},"errors":{"type":"array","items":{"$ref":"#/components/schemas/Problem"}},)"
    R"("warnings":{"type":"array","items":{"$ref":"#/components/schemas/Problem"}}}})";
constexpr std::string_view kProblem =
    R"({"type":"object","required":["pointer","code","message"],"properties":{"pointer":{"type":"string",)"
    R"("description":"JSON Pointer (RFC 6901) into the document sent"},"code":{"type":"string"},)"
    R"("message":{"type":"string"},"suggestion":{"type":"string"}}})";

std::string method_word(http::Method method) {
    std::string word(http::text(method));
    for (char& c : word) c = static_cast<char>(c - 'A' + 'a');
    return word;
}

void append_parameters(base::JsonWriter& json, const ApiRoute& route) {
    if (route.parameters.empty()) return;
    json.key("parameters").begin_array();
    for (const auto& parameter : route.parameters) {
        json.begin_object()
            .member("name", parameter.name)
            .member("in", parameter.place)
            .member("description", parameter.description)
            .member("required", parameter.required || parameter.place == "path")
            .key("schema")
            .raw(R"({"type":"string"})")
            .end_object();
    }
    json.end_array();
}

void append_answers(base::JsonWriter& json, const ApiRoute& route) {
    const auto answer = [&json](std::string_view status, std::string_view description) {
        json.key(status)
            .begin_object()
            .member("description", description)
            .key("content")
            .raw(R"({"application/json":{"schema":{"$ref":"#/components/schemas/Envelope"}}})")
            .end_object();
    };
    json.key("responses").begin_object();
    answer("200", "Done");
    if (!route.body.empty()) answer("400", "The document is wrong: see `errors`");
    if (route.access != Access::Anyone) answer("401", "No credential, or one that is not valid");
    if (route.access == Access::Session)
        answer("403", "A token cannot do this, or the password is needed again");
    if (route.pattern.find('{') != std::string::npos)
        answer("404", "No such thing, or not for the caller's eyes");
    json.end_object();
}

void append_operation(base::JsonWriter& json, const ApiRoute& route) {
    json.key(method_word(route.method)).begin_object();
    json.key("tags").begin_array().value(route.group).end_array();
    json.member("summary", route.summary);
    if (!route.details.empty()) json.member("description", route.details);
    json.member("x-required-scope", text(route.scope));
    json.key("security").begin_array();
    if (route.access == Access::Caller) json.raw(R"({"token":[]})");
    if (route.access != Access::Anyone) json.raw(R"({"session":[]})");
    json.end_array();
    append_parameters(json, route);
    if (!route.body.empty()) {
        json.key("requestBody").begin_object().member("required", true).key("content").begin_object();
        json.key("application/json").begin_object().key("schema").raw(route.body).end_object();
        json.end_object().end_object();
    }
    append_answers(json, route);
    json.end_object();
}

/// The definitions of the model's JSON Schema, with their references turned to where OpenAPI keeps schemas.
void append_model_schemas(base::JsonWriter& json) {
    std::string schema(model::json_schema());
    constexpr std::string_view kFrom = "#/$defs/";
    constexpr std::string_view kTo = "#/components/schemas/";
    std::string turned;
    turned.reserve(schema.size() * 2);
    std::size_t from = 0;
    for (auto at = schema.find(kFrom); at != std::string::npos; at = schema.find(kFrom, from)) {
        turned.append(schema, from, at - from).append(kTo);
        from = at + kFrom.size();
    }
    turned.append(schema, from);
    const auto document = base::JsonDocument::parse(turned);
    if (!document) return;
    for (const auto [name, definition] : dom::object(document->root()["$defs"])) {
        std::string text;
        base::append_json(text, definition);
        json.key(name).raw(text);
    }
    json.key("AnyNode").begin_object().key("oneOf").begin_array();
    for (std::size_t type = 0; type < model::kNodeTypeCount; ++type) {
        const auto name = model::info(static_cast<model::NodeType>(type)).name;
        json.begin_object().member("$ref", std::string(kTo).append(name).append("Post")).end_object();
    }
    json.end_array().end_object();
}

http::Response document(const Call& call) {
    static const std::string kDocument = openapi_document(all_routes(), call.application.version);
    http::Response response;
    response.body = kDocument;
    response.with("Content-Type", "application/json").with("Cache-Control", "public, max-age=300");
    return response;
}

}  // namespace

std::string openapi_document(const std::vector<ApiRoute>& routes, std::string_view version) {
    std::string out;
    base::JsonWriter json(out);
    json.begin_object().member("openapi", "3.1.0");
    json.key("info").begin_object();
    json.member("title", "OpenCRIPT").member("version", version);
    json.member("description",
                "Every answer is an envelope: `code` (the HTTP status again), `data` and `error`; `errors` "
                "lists every "
                "problem of a document with its JSON Pointer. The API token goes into the header: "
                "`Authorization: Token …`.");
    json.end_object();
    json.key("paths").begin_object();
    std::map<std::string, std::vector<const ApiRoute*>> by_path;
    std::vector<std::string> order;
    for (const auto& route : routes) {
        auto& entries = by_path[route.pattern];
        if (entries.empty()) order.push_back(route.pattern);
        entries.push_back(&route);
    }
    for (const auto& path : order) {
        json.key(path).begin_object();
        for (const auto* route : by_path[path]) append_operation(json, *route);
        json.end_object();
    }
    json.end_object();
    json.key("components").begin_object();
    json.key("securitySchemes").begin_object();
    json.key("token").raw(
        R"({"type":"apiKey","in":"header","name":"Authorization","description":"`Token X`, `Bearer X` or bare `X`"})");
    json.key("session").raw(R"({"type":"apiKey","in":"cookie","name":"__Host-cript_session"})");
    json.end_object();
    json.key("schemas").begin_object();
    json.key("Envelope").raw(kEnvelope).key("Problem").raw(kProblem);
    append_model_schemas(json);
    json.end_object().end_object().end_object();
    return out;
}

std::vector<ApiRoute> openapi_routes() {
    return {{.method = http::Method::Get,
             .pattern = "/api/v1/openapi.json",
             .access = Access::Anyone,
             .scope = Scope::None,
             .group = "Model",
             .summary = "This interface as an OpenAPI 3.1 document",
             .details = "The page /reference/ shows it.",
             .handler = document}};
}

}  // namespace cript::api
