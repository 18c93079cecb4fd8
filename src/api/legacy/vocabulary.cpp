#include "api/legacy/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "api/legacy/terms.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;
using model::Vocabulary;

// What the time stood for "no bound", and wrote out.
constexpr double kUnbounded = 1.79e308;

// Members of our records and what they were called.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kMembers{{{"aliases", "names"},
                                                                                 {"preferred_unit", "prefer_unit"},
                                                                                 {"si_unit", "si_unit"},
                                                                                 {"value_type", "value_type"},
                                                                                 {"value_length", "value_length"},
                                                                                 {"methods", "methods"}}};

std::optional<Vocabulary> vocabulary_of(std::string_view category) {
    std::string name(category);
    std::ranges::replace(name, '-', '_');
    return model::vocabulary_named(name);
}

void append_bound(base::JsonWriter& json, dom::element bound, double otherwise) {
    if (!bound.is_number()) {
        json.value(otherwise);
        return;
    }
    std::string text;
    base::append_json(text, bound);
    json.raw(text);
}

void append_term(std::string& out, const model::Term& term) {
    base::JsonWriter json(out);
    json.begin_object().member("name", term.name).member("description", term.description);
    const auto record = base::JsonDocument::parse(term.json);
    if (record) {
        for (const auto& [ours, theirs] : kMembers) {
            dom::element value;
            if (record->root().at_key(ours).get(value) != simdjson::SUCCESS) continue;
            std::string text;
            base::append_json(text, value);
            json.key(theirs).raw(text);
        }
        dom::array range;
        if (record->root().at_key("range").get(range) == simdjson::SUCCESS && range.size() == 2) {
            json.key("range").begin_array();
            append_bound(json, range.at(0), -kUnbounded);
            append_bound(json, range.at(1), kUnbounded);
            json.end_array();
        }
    }
    json.end_object();
}

std::string entries_of(Vocabulary vocabulary) {
    std::string out = "[";
    for (const auto& term : model::terms(vocabulary)) {
        if (out.size() > 1) out.push_back(',');
        append_term(out, term);
    }
    return out.append("]");
}

std::string all_entries() {
    std::string out;
    base::JsonWriter json(out);
    json.begin_object();
    for (std::size_t number = 0; number < model::kVocabularyCount; ++number) {
        const auto vocabulary = static_cast<Vocabulary>(number);
        json.key(category_name(vocabulary)).raw(entries_of(vocabulary));
    }
    json.end_object();
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        switch (letter) {
            case '<':
                out.append("&lt;");
                break;
            case '>':
                out.append("&gt;");
                break;
            case '&':
                out.append("&amp;");
                break;
            default:
                out.push_back(letter);
        }
    }
    return out;
}

std::string page(std::string_view title, std::string_view content) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\"><title>{0}</title></head><body><main><h1>{0}</h1>\n{1}\n"
        "</main></body></html>\n",
        escaped(title), content);
}

}  // namespace

const std::string& vocabulary_json() {
    static const auto kAll = all_entries();
    return kAll;
}

std::optional<std::string> category_json(std::string_view category) {
    const auto vocabulary = vocabulary_of(category);
    if (!vocabulary) return std::nullopt;
    return entries_of(*vocabulary);
}

std::string categories_page() {
    std::string content = "<ul>\n";
    for (std::size_t number = 0; number < model::kVocabularyCount; ++number) {
        const auto name = category_name(static_cast<Vocabulary>(number));
        fmt::format_to(std::back_inserter(content), "<li><a href=\"/keys/{0}/\">{0}</a></li>\n", name);
    }
    return page("Keys", content.append("</ul>"));
}

std::optional<std::string> category_page(std::string_view category) {
    const auto vocabulary = vocabulary_of(category);
    if (!vocabulary) return std::nullopt;
    std::string content = "<p><a href=\"/keys/\">All keys</a></p>\n<dl>\n";
    for (const auto& term : model::terms(*vocabulary)) {
        fmt::format_to(std::back_inserter(content), "<dt><code>{}</code></dt><dd>{}</dd>\n", escaped(term.name),
                       escaped(term.description));
    }
    return page(category_name(*vocabulary), content.append("</dl>"));
}

}  // namespace cript::api::legacy
