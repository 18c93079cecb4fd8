#include "api/legacy/vocabulary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "api/legacy/key_units.hpp"
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
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kMembers{
    {{"aliases", "names"},
     {"preferred_unit", "prefer_unit"},
     {"value_length", "value_length"},
     {"methods", "methods"}}};

// SDK 0.5 takes values of this type only, and drops those of a key that has none.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kValueTypesOfTheTime{
    {{"associated", ""},
     {"chem_repeat", "string"},
     {"color_rgb", "list[number]"},
     {"standard", "string"},
     {"inert", "number"}}};

void append_bound(base::JsonWriter& json, dom::element bound, double otherwise) {
    if (!bound.is_number()) {
        json.value(otherwise);
        return;
    }
    std::string text;
    base::append_json(text, bound);
    json.raw(text);
}

/// Of this vocabulary the SDK looks at units and values.
bool is_measured(Vocabulary vocabulary) {
    switch (vocabulary) {
        case Vocabulary::MaterialPropertyKey:
        case Vocabulary::ProcessPropertyKey:
        case Vocabulary::ComputationalProcessPropertyKey:
        case Vocabulary::ConditionKey:
        case Vocabulary::QuantityKey:
        case Vocabulary::ParameterKey:
            return true;
        default:
            return false;
    }
}

void append_text_or_null(base::JsonWriter& json, std::string_view key, std::optional<std::string_view> text) {
    json.key(key);
    if (text) {
        json.value(*text);
    } else {
        json.null();
    }
}

/// As SDK 0.5 names types: it knows numbers and texts, and lists of them. True is a number to it.
std::optional<std::string_view> value_type_of(Vocabulary vocabulary, std::string_view key,
                                              std::optional<std::string_view> stated) {
    for (const auto& [other, type] : kValueTypesOfTheTime) {
        if (other == key) return type.empty() ? std::nullopt : std::optional(type);
    }
    if (stated == "boolean") return "number";
    if (stated == "material") return std::nullopt;  // it stands beside the value
    if (stated || !is_measured(vocabulary) || key.starts_with('+')) return stated;
    return "number";
}

std::optional<std::string_view> text_at(dom::element record, std::string_view member) {
    std::string_view text;
    if (record.at_key(member).get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
}

/// What SDK 0.5 judges values by. It asks for the unit by name, so that it must be there.
void append_measure(base::JsonWriter& json, Vocabulary vocabulary, std::string_view key,
                    dom::element record) {
    const auto type = value_type_of(vocabulary, key, text_at(record, "value_type"));
    if (is_measured(vocabulary)) {
        auto unit = text_at(record, "si_unit");
        if (unit) unit = unit_of_the_time(*unit);
        append_text_or_null(json, "si_unit", unit);
    }
    if (is_measured(vocabulary) || vocabulary == Vocabulary::MaterialIdentifierKey)
        append_text_or_null(json, "value_type", type);
    dom::array range;
    // It compares texts and whole lists with a bound, too.
    const bool is_number = !type || type == "number" || type == "integer";
    if (!is_number || record.at_key("range").get(range) != simdjson::SUCCESS || range.size() != 2) return;
    json.key("range").begin_array();
    append_bound(json, range.at(0), -kUnbounded);
    append_bound(json, range.at(1), kUnbounded);
    json.end_array();
}

void append_term(std::string& out, Vocabulary vocabulary, const model::Term& term) {
    base::JsonWriter json(out);
    json.begin_object().member("name", trimmed(term.name)).member("description", term.description);
    const auto record = base::JsonDocument::parse(term.json);
    if (record) {
        append_measure(json, vocabulary, term.name, record->root());
        for (const auto& [ours, theirs] : kMembers) {
            dom::element value;
            if (record->root().at_key(ours).get(value) != simdjson::SUCCESS) continue;
            std::string text;
            base::append_json(text, value);
            json.key(theirs).raw(text);
        }
    }
    json.end_object();
}

void append_own_word(std::string& out, const service::ListedWord& word) {
    base::JsonWriter json(out);
    json.begin_object().member("name", word.word).member("description", "").key("si_unit").null();
    json.key("value_type").null().key("range").null().key("units").begin_array();
    for (const auto& unit : word.units) json.value(std::string_view(unit));
    json.end_array().key("users").begin_array();
    for (const auto& user : word.users) json.value(std::string_view(user));
    json.end_array().end_object();
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
        "content=\"width=device-width, "
        "initial-scale=1\"><title>{0}</title></head><body><main><h1>{0}</h1>\n{1}\n"
        "</main></body></html>\n",
        escaped(title), content);
}

}  // namespace

const std::string& vocabulary_json() {
    static const auto kAll = vocabulary_json(ListedWords{});
    return kAll;
}

std::string vocabulary_json(ListedWords words) {
    std::string out;
    base::JsonWriter json(out);
    json.begin_object();
    for (std::size_t number = 0; number < model::kVocabularyCount; ++number) {
        const auto vocabulary = static_cast<Vocabulary>(number);
        json.key(category_name(vocabulary)).raw(entries_json(vocabulary, words));
    }
    json.end_object();
    return out;
}

std::optional<Vocabulary> vocabulary_of(std::string_view category) {
    std::string name(category);
    std::ranges::replace(name, '-', '_');
    return model::vocabulary_named(name);
}

std::string entries_json(Vocabulary vocabulary, ListedWords words) {
    std::string out = "[";
    for (const auto& term : model::terms(vocabulary)) {
        if (out.size() > 1) out.push_back(',');
        append_term(out, vocabulary, term);
    }
    for (const auto& word : words) {
        if (word.vocabulary != model::text(vocabulary)) continue;
        if (out.size() > 1) out.push_back(',');
        append_own_word(out, word);
    }
    return out.append("]");
}

std::string categories_page() {
    std::string content = "<ul>\n";
    for (std::size_t number = 0; number < model::kVocabularyCount; ++number) {
        const auto name = category_name(static_cast<Vocabulary>(number));
        fmt::format_to(std::back_inserter(content), "<li><a href=\"/keys/{0}/\">{0}</a></li>\n", name);
    }
    return page("Keys", content.append("</ul>"));
}

std::string category_page(Vocabulary vocabulary, ListedWords words) {
    std::string content = "<p><a href=\"/keys/\">All keys</a></p>\n<dl>\n";
    const auto add = [&](std::string_view word, std::string_view description) {
        fmt::format_to(std::back_inserter(content), "<dt><code>{}</code></dt><dd>{}</dd>\n", escaped(word),
                       escaped(description));
    };
    for (const auto& term : model::terms(vocabulary)) add(term.name, term.description);
    for (const auto& word : words) {
        const auto units = word.units.empty() ? "" : fmt::format(", in {}", fmt::join(word.units, ", "));
        add(word.word, fmt::format("Used by {}{}.", fmt::join(word.users, ", "), units));
    }
    return page(category_name(vocabulary), content.append("</dl>"));
}

}  // namespace cript::api::legacy
