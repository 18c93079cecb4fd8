#include <fmt/format.h>

#include "api/envelope.hpp"
#include "api/v1/answer.hpp"
#include "api/v1/errors.hpp"
#include "api/v1/query.hpp"
#include "api/v1/routes.hpp"
#include "service/find_nodes.hpp"
#include "service/find_similar.hpp"

namespace cript::api::v1 {

namespace {

http::Response page_answer(const base::Result<service::NodePage>& page, unsigned limit) {
    if (!page) return failure(page.error());
    std::string data(R"({"result":)");
    append_hits(data, *page);
    data.append(fmt::format(R"(,"count":{},"limit":{}}})", page->count, limit));
    return success(data);
}

http::Response graph_answer(const base::Result<std::optional<service::NodeGraph>>& found) {
    if (!found) return failure(found.error());
    std::string data(R"({"result":[)");
    if (*found) append_graph(data, **found);
    data.append(fmt::format(R"(],"count":{},"limit":1}})", *found ? 1 : 0));
    return success(data);
}

http::Response answer_search(const Call& call, model::NodeType type, SearchQuery query) {
    service::PageRequest request{type, std::move(query.text), query.after, query.limit, {}};
    const bool by_name = !query.field || model::text(*query.field) == "name";
    if (!by_name || query.is_whole || query.is_case_sensitive) {
        request.attribute = {query.field.value_or(*model::field_named("name")),
                             std::move(request.name_contains).value_or(""), query.is_whole,
                             query.is_case_sensitive};
        request.name_contains.reset();
    }
    return page_answer(service::find_page(call.application.context, call.caller(), request), query.limit);
}

http::Response search(const Call& call) {
    const auto type = model::node_type_with_slug(call.request.parameters[0]);
    if (!type) return not_found();
    auto query = read_search_query(call.request.raw_query);
    if (!query) return failure(query.error());
    return answer_search(call, *type, std::move(*query));
}

http::Response search_with_body(const Call& call) {
    const auto type = model::node_type_with_slug(call.request.parameters[0]);
    if (!type) return not_found();
    auto query = read_search_body(call.request.body);
    if (!query) return failure(query.error());
    return answer_search(call, *type, std::move(*query));
}

http::Response search_exact(const Call& call) {
    const auto type = model::node_type_with_slug(call.request.parameters[0]);
    if (!type) return not_found();
    const auto query = read_search_query(call.request.raw_query);
    if (!query) return failure(query.error());
    if (!query->text) return api::failure(400, "an exact search needs 'q', the name");
    return graph_answer(
        service::find_exact(call.application.context, call.caller(), *type, *query->text, query->field));
}

/// The line notations that can be compared as texts.
std::optional<model::FieldName> notation(const SearchQuery& query) {
    const auto field = query.field.value_or(*model::field_named("bigsmiles"));
    if (model::text(field) != "bigsmiles" && model::text(field) != "smiles") return std::nullopt;
    return field;
}

http::Response search_similar(const Call& call) {
    auto query = read_search_query(call.request.raw_query);
    if (!query) return failure(query.error());
    if (!query->text || query->text->empty())
        return api::failure(400, "a search for similar structures needs 'q', the structure");
    if (query->score && !query->after) return api::failure(400, "'score' goes with 'after'");
    const auto field = notation(*query);
    if (!field) return api::failure(400, "'field' is bigsmiles or smiles");
    const service::SimilarRequest request{*field, std::move(*query->text), query->after, query->score,
                                          query->limit};
    return page_answer(service::find_similar(call.application.context, call.caller(), request), query->limit);
}

/// `{type}/{uuid}/{field}` of the path; nothing if it cannot name children.
std::optional<service::ChildRequest> child_request(const http::Request& request) {
    const auto type = model::node_type_with_slug(request.parameters[0]);
    const auto uuid = base::Uuid::parse(request.parameters[1]);
    if (!type || !uuid || model::find_field(*type, request.parameters[2]) == nullptr) return std::nullopt;
    return service::ChildRequest{*type, *uuid, request.parameters[2], 0, 10, {}};
}

http::Response list_children(const Call& call) {
    auto request = child_request(call.request);
    if (!request) return not_found();
    const auto query = read_child_query(call.request.raw_query);
    if (!query) return failure(query.error());
    request->page = query->page;
    request->limit = query->limit;
    return page_answer(service::find_children(call.application.context, call.caller(), *request),
                       query->limit);
}

http::Response search_children(const Call& call) {
    auto request = child_request(call.request);
    if (!request) return not_found();
    const auto query = read_search_query(call.request.raw_query);
    if (!query) return failure(query.error());
    if (!query->text) return api::failure(400, "an exact search needs 'q'");
    request->limit = query->limit;
    request->attribute = {query->field.value_or(*model::field_named("name")), *query->text, true, true};
    return page_answer(service::find_children(call.application.context, call.caller(), *request),
                       query->limit);
}

constexpr std::size_t kLongestBody = std::size_t{64} << 10U;
constexpr std::string_view kSearchBody =
    R"({"type":"object","required":["q"],"properties":{"q":{"type":"string"},"field":{"type":"string"},)"
    R"("after":{"type":"string"},"score":{"type":"number"},"limit":{"type":"integer"},)"
    R"("exact":{"type":"boolean"},"case_sensitive":{"type":"boolean"}}})";
constexpr Parameter kType{"type", "path", "slug of a node type, such as `project`", true};
constexpr Parameter kUuid{"uuid", "path", "uuid of the parent", true};
constexpr Parameter kChild{"child", "path", "field of links, such as `collection`", true};
constexpr Parameter kField{"field", "query", "attribute to look in instead of `name`", false};
constexpr Parameter kAfter{"after", "query", "uuid of the last node received", false};
constexpr Parameter kLimit{"limit", "query", "nodes a page, 1 to 100 (10)", false};

}  // namespace

std::vector<ApiRoute> search_routes() {
    using http::Method;
    return {
        {.method = Method::Get,
         .pattern = "/api/v1/search/{type}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "List nodes of a type, or those whose name contains a text",
         .details = "In the order of their creation. Go on with `after` until `result` is empty.",
         .parameters = {kType,
                        {"q", "query", "text that the name contains, in any case", false},
                        kField,
                        kAfter,
                        kLimit},
         .handler = search},
        {.method = Method::Get,
         .pattern = "/api/v1/{type}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "List nodes of a type",
         .details = "The same as /search/{type}, where cript-python looks for it.",
         .parameters = {kType, kAfter, kLimit},
         .handler = search},
        {.method = Method::Get,
         .pattern = "/api/v1/search/exact/{type}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "The node of exactly this name, with its whole graph",
         .details = "The newest if there are several; an empty `result` if there is none.",
         .parameters = {kType, {"q", "query", "the name", true}, kField},
         .handler = search_exact},
        {.method = Method::Post,
         .pattern = "/api/v1/search/{type}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "The same search, asked in JSON",
         .details = "`exact` compares the whole text, `case_sensitive` minds upper and lower case.",
         .parameters = {kType},
         .body = kSearchBody,
         .body_limit = kLongestBody,
         .handler = search_with_body},
        {.method = Method::Get,
         .pattern = "/api/v1/search/bigsmiles",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "Materials whose BigSMILES resembles a text, the most similar first",
         .details = "Each with a `score` from 0 to 1. Go on with the `after` and `score` of the last one.",
         .parameters = {{"q", "query", "a BigSMILES", true},
                        {"field", "query", "`bigsmiles` (default) or `smiles`", false},
                        kAfter,
                        {"score", "query", "score of the last node received", false},
                        kLimit},
         .handler = search_similar},
        {.method = Method::Get,
         .pattern = "/api/v1/search/exact/{type}/{uuid}/{child}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "Children of a node with exactly this name",
         .details = "In the order of the list.",
         .parameters = {kType, kUuid, kChild, {"q", "query", "the name", true}, kField, kLimit},
         .handler = search_children},
        {.method = Method::Get,
         .pattern = "/api/v1/{type}/{uuid}/{child}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Nodes",
         .summary = "A page of the children of a node in one field",
         .details = "In the order of the list; a page behind the last is empty.",
         .parameters = {kType, kUuid, kChild, {"page", "query", "number of the page, from 0", false}, kLimit},
         .handler = list_children},
    };
}

}  // namespace cript::api::v1
