#include "api/legacy/errors.hpp"
#include "api/legacy/routes.hpp"
#include "api/legacy/vocabulary.hpp"

namespace cript::api::legacy {

namespace {

http::Response html(std::string body) {
    http::Response response;
    response.body = std::move(body);
    response.with("Content-Type", "text/html; charset=utf-8")
        .with("X-Content-Type-Options", "nosniff")
        .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    return response;
}

http::Response all_keys(const Call&) {
    return answer(200, vocabulary_json());
}

http::Response keys_of_category(const Call& call) {
    auto entries = category_json(call.request.parameters[0]);
    return entries ? answer(200, std::move(*entries)) : not_found();
}

http::Response keys_page(const Call&) {
    return html(categories_page());
}

http::Response category(const Call& call) {
    auto page = category_page(call.request.parameters[0]);
    return page ? html(std::move(*page)) : not_found();
}

}  // namespace

std::vector<ApiRoute> key_routes() {
    constexpr Parameter kCategory{"category", "path", "such as `material-property-key`", true};
    const auto route = [](std::string pattern, std::string_view summary, CallHandler handler,
                          std::vector<Parameter> parameters) {
        return ApiRoute{.method = http::Method::Get,
                        .pattern = std::move(pattern),
                        .access = Access::Anyone,
                        .scope = Scope::None,
                        .summary = summary,
                        .details = "The vocabularies are public.",
                        .parameters = std::move(parameters),
                        .handler = std::move(handler)};
    };
    return {route("/api/keys/all", "All vocabularies", all_keys, {}),
            route("/api/option/{category}", "One vocabulary", keys_of_category, {kCategory}),
            route("/keys", "All vocabularies, as a page", keys_page, {}),
            route("/keys/{category}", "One vocabulary, as a page", category, {kCategory})};
}

}  // namespace cript::api::legacy
