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

void append_terms(std::string& out, model::Vocabulary vocabulary) {
    out.push_back('[');
    for (const auto& term : model::terms(vocabulary)) {
        if (out.back() != '[') out.push_back(',');
        out.append(term.json);
    }
    out.push_back(']');
}

http::Response all_vocabularies(const Call&) {
    static const std::string kAll = [] {
        std::string data;
        base::JsonWriter json(data);
        json.begin_object();
        for (std::size_t at = 0; at < model::kVocabularyCount; ++at) {
            const auto vocabulary = static_cast<model::Vocabulary>(at);
            std::string terms;
            append_terms(terms, vocabulary);
            json.key(model::text(vocabulary)).raw(terms);
        }
        json.end_object();
        return data;
    }();
    return shared(kAll);
}

http::Response one_vocabulary(const Call& call) {
    const auto vocabulary = model::vocabulary_named(call.request.parameters.front());
    if (!vocabulary) return not_found();
    std::string terms;
    append_terms(terms, *vocabulary);
    return shared(terms);
}

ApiRoute route(std::string pattern, std::string_view summary, CallHandler handler,
               std::vector<Parameter> parameters = {}) {
    return {.method = http::Method::Get,
            .pattern = std::move(pattern),
            .access = Access::Anyone,
            .scope = Scope::None,
            .group = "Model",
            .summary = summary,
            .details = "No token is needed, and none is looked at.",
            .parameters = std::move(parameters),
            .handler = std::move(handler)};
}

}  // namespace

std::vector<ApiRoute> model_routes() {
    return {
        route("/api/v1/schema", "The JSON Schema of all node types", schema),
        route("/api/v1/cv", "All controlled vocabularies", all_vocabularies),
        route("/api/v1/cv/{category}", "One controlled vocabulary", one_vocabulary,
              {{"category", "path", "name of a vocabulary, such as `material_keyword`", true}}),
    };
}

}  // namespace cript::api::v1
