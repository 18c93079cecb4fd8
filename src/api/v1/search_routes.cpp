#include <fmt/format.h>

#include "api/envelope.hpp"
#include "api/v1/answer.hpp"
#include "api/v1/errors.hpp"
#include "api/v1/query.hpp"
#include "api/v1/routes.hpp"
#include "service/find_nodes.hpp"

namespace cript::api::v1 {

namespace {

http::Response search(const Call& call) {
    const auto type = model::node_type_with_slug(call.request.parameters[0]);
    if (!type) return not_found();
    auto query = read_search_query(call.request.raw_query);
    if (!query) return failure(query.error());
    service::PageRequest request{*type, std::move(query->text), query->after, query->limit};
    auto page = service::find_page(call.application.context, call.caller(), request);
    if (!page) return failure(page.error());
    std::string data(R"({"result":)");
    append_hits(data, *page);
    data.append(fmt::format(R"(,"count":{},"limit":{}}})", page->count, query->limit));
    return success(data);
}

http::Response search_exact(const Call& call) {
    const auto type = model::node_type_with_slug(call.request.parameters[0]);
    if (!type) return not_found();
    const auto query = read_search_query(call.request.raw_query);
    if (!query) return failure(query.error());
    if (!query->text) return api::failure(400, "an exact search needs 'q', the name");
    auto found = service::find_exact(call.application.context, call.caller(), *type, *query->text);
    if (!found) return failure(found.error());
    std::string data(R"({"result":[)");
    if (*found) append_graph(data, **found);
    data.append(fmt::format(R"(],"count":{},"limit":1}})", *found ? 1 : 0));
    return success(data);
}

constexpr Parameter kType{"type", "path", "slug of a node type, such as `project`", true};

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
                        {"after", "query", "uuid of the last node received", false},
                        {"limit", "query", "nodes a page, 1 to 100 (10)", false}},
         .handler = search},
        {.method = Method::Get,
         .pattern = "/api/v1/{type}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "List nodes of a type",
         .details = "The same as /search/{type}, where cript-python looks for it.",
         .parameters = {kType,
                        {"after", "query", "uuid of the last node received", false},
                        {"limit", "query", "nodes a page, 1 to 100 (10)", false}},
         .handler = search},
        {.method = Method::Get,
         .pattern = "/api/v1/search/exact/{type}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "The node of exactly this name, with its whole graph",
         .details = "The newest if there are several; an empty `result` if there is none.",
         .parameters = {kType, {"q", "query", "the name", true}},
         .handler = search_exact},
    };
}

}  // namespace cript::api::v1
