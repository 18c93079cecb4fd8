#include "api/custom_words.hpp"
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

/// An answer with the words that the caller may see.
template <class Make>
http::Response with_own_words(const Call& call, std::optional<model::Vocabulary> vocabulary,
                              const Make& make) {
    const auto own = own_words(call, vocabulary);
    if (!own) return failure(own.error());
    auto response = make(own->words);
    allow_keeping(response, *own);
    return response;
}

http::Response all_keys(const Call& call) {
    return with_own_words(call, std::nullopt, [](ListedWords words) {
        return answer(200, words.empty() ? vocabulary_json() : vocabulary_json(words));
    });
}

http::Response keys_of_category(const Call& call) {
    const auto vocabulary = vocabulary_of(call.request.parameters[0]);
    if (!vocabulary) return not_found();
    return with_own_words(call, vocabulary,
                          [&](ListedWords words) { return answer(200, entries_json(*vocabulary, words)); });
}

http::Response keys_page(const Call&) {
    return html(categories_page());
}

http::Response category(const Call& call) {
    const auto vocabulary = vocabulary_of(call.request.parameters[0]);
    if (!vocabulary) return not_found();
    return with_own_words(call, vocabulary,
                          [&](ListedWords words) { return html(category_page(*vocabulary, words)); });
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
                        .details =
                            "No token is needed. With one, the words of users' own follow "
                            "that the caller may see.",
                        .parameters = std::move(parameters),
                        .handler = std::move(handler)};
    };
    return {route("/api/keys/all", "All vocabularies", all_keys, {}),
            route("/api/option/{category}", "One vocabulary", keys_of_category, {kCategory}),
            route("/keys", "All vocabularies, as a page", keys_page, {}),
            route("/keys/{category}", "One vocabulary, as a page", category, {kCategory})};
}

}  // namespace cript::api::legacy
