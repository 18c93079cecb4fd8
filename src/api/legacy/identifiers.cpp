#include "api/legacy/identifiers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/legacy/fields.hpp"
#include "api/legacy/terms.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;
using model::FieldKind;
using model::FieldName;

std::string json_of(dom::element value) {
    std::string text;
    base::append_json(text, value);
    return text;
}

std::string json_text(std::string_view text) {
    std::string out;
    base::JsonWriter::append_string(out, text);
    return out;
}

/// The value as the field holds it; nothing if the field cannot hold it.
std::optional<std::string> as_field(FieldName name, dom::element value) {
    const auto kind = model::find_field(model::NodeType::Material, name)->kind;
    std::string_view text;
    const bool is_text = value.get(text) == simdjson::SUCCESS;
    if (kind == FieldKind::TextList) {
        dom::array list;
        if (is_text) return "[" + json_text(text) + "]";
        if (value.get(list) != simdjson::SUCCESS) return std::nullopt;
        const bool fits = std::ranges::all_of(list, [](dom::element entry) { return entry.is_string(); });
        return fits ? std::optional(json_of(value)) : std::nullopt;
    }
    if (kind == FieldKind::Integer) {
        std::int64_t number = 0;
        if (value.get(number) == simdjson::SUCCESS) return std::to_string(number);
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool is_number = is_text && status == std::errc{} && end == text.data() + text.size();
        return is_number ? std::optional(std::to_string(number)) : std::nullopt;
    }
    if (is_text) return json_text(text);
    return value.is_number() ? std::optional(json_text(json_of(value))) : std::nullopt;
}

/// The value of a field as it is shown: the repeat unit was one text at the time, and is a list now.
std::string shown(FieldName field, dom::element stored) {
    dom::array list;
    const bool is_one =
        field == FieldName::ChemRepeat && stored.get(list) == simdjson::SUCCESS && list.size() == 1;
    return json_of(is_one ? *list.begin() : stored);
}

void append_identifier(std::string& out, std::string_view key, std::string_view value) {
    if (out.back() != '[') out.push_back(',');
    base::JsonWriter(out).begin_object().member("key", key).key("value").raw(value).end_object();
}

/// Writes the list, entry by entry, and marks the fields that it has shown.
class ListAnswer {
  public:
    ListAnswer(std::string& out, dom::element attributes) : out_(out), attributes_(attributes) {}

    void append_entry(dom::element entry) {
        std::string_view key;
        dom::element value;
        if (entry.at_key("key").get(key) != simdjson::SUCCESS ||
            entry.at_key("value").get(value) != simdjson::SUCCESS)
            return;
        const auto field = identifier_field(key);
        const auto fitting = field ? as_field(*field, value) : std::nullopt;
        // A second one of a key, and what has no field, is the list's alone.
        if (!fitting || std::ranges::find(shown_, *field) != shown_.end())
            return append_identifier(out_, key, json_of(value));
        shown_.push_back(*field);
        dom::element stored;
        if (attributes_.at_key(model::text(*field)).get(stored) != simdjson::SUCCESS) return;
        const bool is_unchanged = json_of(stored) == *fitting;
        append_identifier(out_, key, is_unchanged ? json_of(value) : shown(*field, stored));
    }

    void append_other_fields() {
        for (const auto field : identifier_fields()) {
            dom::element stored;
            if (std::ranges::find(shown_, field) != shown_.end()) continue;
            if (attributes_.at_key(model::text(field)).get(stored) != simdjson::SUCCESS) continue;
            append_identifier(out_, identifier_key(field), shown(field, stored));
        }
    }

  private:
    std::string& out_;
    dom::element attributes_;
    std::vector<FieldName> shown_;
};

}  // namespace

void append_identifiers(std::string& out, dom::element attributes, const Kept& kept) {
    out.push_back('[');
    ListAnswer answer(out, attributes);
    const auto entries = kept.find("identifiers");
    dom::array list;
    if (entries && entries->get(list) == simdjson::SUCCESS) {
        for (const auto entry : list) answer.append_entry(entry);
    }
    answer.append_other_fields();
    out.push_back(']');
}

ReadIdentifiers read_identifiers(dom::array list) {
    ReadIdentifiers read;
    for (const auto field : identifier_fields()) read.fields.push_back({field, "null"});
    read.list = "[";
    std::size_t position = 0;
    for (const auto entry : list) {
        const auto pointer = fmt::format("/{}", position++);
        std::string_view sent;
        dom::element value;
        if (entry.at_key("key").get(sent) != simdjson::SUCCESS) {
            read.problems.push_back({pointer, "an identifier has a key", "required", ""});
            continue;
        }
        if (entry.at_key("value").get(value) != simdjson::SUCCESS || value.is_null() || value.is_object()) {
            read.problems.push_back(
                {pointer + "/value", "an identifier has a value: text, a number or a list", "required", ""});
            continue;
        }
        const model::Vocabulary vocabularies[] = {model::Vocabulary::MaterialIdentifierKey};
        const auto key = known_term(vocabularies, sent);
        if (!key) {
            read.problems.push_back({pointer + "/key",
                                     fmt::format("'{}' is not a valid material identifier key.", sent),
                                     "unknown_term", ""});
            continue;
        }
        append_identifier(read.list, *key, json_of(value));
        const auto field = identifier_field(*key);
        if (!field) continue;
        const auto slot = std::ranges::find(read.fields, *field, &ReadIdentifiers::FieldValue::field);
        if (slot->json != "null") continue;
        if (auto fitting = as_field(*field, value)) slot->json = std::move(*fitting);
    }
    read.list.push_back(']');
    return read;
}

}  // namespace cript::api::legacy
