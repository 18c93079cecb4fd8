#include "api/custom_words.hpp"
#include "api/envelope.hpp"
#include "api/v1/errors.hpp"
#include "api/v1/routes.hpp"
#include "base/json_writer.hpp"

namespace cript::api::v1 {

namespace {

/// These answers are the same for everyone until the program changes.
http::Response shared(std::string_view data) {
    auto response = success(data);
    for (auto& [name, value] : response.headers) {
        if (name == "Cache-Control") value = "public, max-age=3600";
    }
    return response;
}

http::Response schema(const Call&) {
    return shared(model::json_schema());
}

/// The terms, then the words of users' own.
void append_terms(std::string& out, model::Vocabulary vocabulary,
                  std::span<const service::ListedWord> words) {
    out.push_back('[');
    for (const auto& term : model::terms(vocabulary)) {
        if (out.back() != '[') out.push_back(',');
        out.append(term.json);
    }
    for (const auto& word : words) {
        if (word.vocabulary != model::text(vocabulary)) continue;
        if (out.back() != '[') out.push_back(',');
        base::JsonWriter json(out);
        json.begin_object().member("name", word.word).member("description", "").member("status", "custom");
        json.key("units").begin_array();
        for (const auto& unit : word.units) json.value(std::string_view(unit));
        json.end_array().key("users").begin_array();
        for (const auto& user : word.users) json.value(std::string_view(user));
        json.end_array().end_object();
    }
    out.push_back(']');
}

std::string all_terms(std::span<const service::ListedWord> words) {
    std::string data;
    base::JsonWriter json(data);
    json.begin_object();
    for (std::size_t at = 0; at < model::kVocabularyCount; ++at) {
        const auto vocabulary = static_cast<model::Vocabulary>(at);
        std::string terms;
        append_terms(terms, vocabulary, words);
        json.key(model::text(vocabulary)).raw(terms);
    }
    json.end_object();
    return data;
}

http::Response all_vocabularies(const Call& call) {
    static const auto kStandard = all_terms({});
    const auto own = own_words(call, std::nullopt);
    if (!own) return failure(own.error());
    auto response = success(own->words.empty() ? kStandard : all_terms(own->words));
    allow_keeping(response, *own);
    return response;
}

http::Response one_vocabulary(const Call& call) {
    const auto vocabulary = model::vocabulary_named(call.request.parameters.front());
    if (!vocabulary) return not_found();
    const auto own = own_words(call, vocabulary);
    if (!own) return failure(own.error());
    std::string terms;
    append_terms(terms, *vocabulary, own->words);
    auto response = success(terms);
    allow_keeping(response, *own);
    return response;
}

constexpr std::string_view kNoToken = "No token is needed, and none is looked at.";
constexpr std::string_view kOwnWords =
    "No token is needed. With one, the words of users' own (`+word`) follow that stand in projects which the "
    "caller may see, with the units and the users that they came with.";

ApiRoute route(std::string pattern, std::string_view summary, std::string_view details, CallHandler handler,
               std::vector<Parameter> parameters = {}) {
    return {.method = http::Method::Get,
            .pattern = std::move(pattern),
            .access = Access::Anyone,
            .scope = Scope::None,
            .group = "Model",
            .summary = summary,
            .details = details,
            .parameters = std::move(parameters),
            .handler = std::move(handler)};
}

}  // namespace

std::vector<ApiRoute> model_routes() {
    return {
        route("/api/v1/schema", "The JSON Schema of all node types", kNoToken, schema),
        route("/api/v1/cv", "All controlled vocabularies", kOwnWords, all_vocabularies),
        route("/api/v1/cv/{category}", "One controlled vocabulary", kOwnWords, one_vocabulary,
              {{"category", "path", "name of a vocabulary, such as `material_keyword`", true}}),
    };
}

}  // namespace cript::api::v1
