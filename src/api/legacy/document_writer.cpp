#include "api/legacy/document_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/legacy/address.hpp"
#include "api/legacy/identifiers.hpp"
#include "api/legacy/matching.hpp"
#include "api/legacy/terms.hpp"
#include "base/json_reader.hpp"
#include "model/units/measured_value.hpp"

namespace cript::api::legacy {

namespace dom = simdjson::dom;
using model::FieldName;
using model::NodeType;
using store::NodeRow;

namespace {

// Set by the server, or the client's own; and addresses of pages.
constexpr std::array<std::string_view, 7> kIgnored{"url",      "uid",   "created_at", "updated_at",
                                                   "can_edit", "group", "public"};

std::string json_of(dom::element value) {
    std::string text;
    base::append_json(text, value);
    return text;
}

bool is_blank(dom::element value) {
    std::string_view text;
    return value.is_null() || (value.get(text) == simdjson::SUCCESS && trimmed(text).empty());
}

/// Fields that complete() fills where a client leaves them out.
bool is_completed(NodeType type, FieldName field) {
    if (type == NodeType::Property || type == NodeType::Citation) return field == FieldName::Type;
    return type == NodeType::File && (field == FieldName::Type || field == FieldName::Name);
}

bool is_known_member(const Type& type, std::string_view key) {
    return std::ranges::find(kIgnored, key) != kIgnored.end() || key == type.parent_key ||
           std::ranges::find(type.fields, key, &Field::key) != type.fields.end() ||
           std::ranges::find(type.children, key, &ChildList::key) != type.children.end();
}

}  // namespace

DocumentWriter::Written DocumentWriter::write(dom::element body) {
    const auto* stored =
        context_.stored == nullptr ? nullptr : &context_.stored->set.rows.at(context_.stored->id);
    write_node(context_.type, body, stored, "");
    return std::move(written_);
}

void DocumentWriter::report(std::string pointer, std::string message, std::string_view code) {
    written_.problems.push_back({std::move(pointer), std::move(message), std::string(code), ""});
}

void DocumentWriter::write_node(const Type& type, dom::element sent, const NodeRow* stored,
                                const std::string& pointer) {
    const auto place = written_.kept.size();
    written_.kept.emplace_back();
    json_.begin_object().key("node").begin_array().value(model::info(type.type).name).end_array();
    if (stored != nullptr) json_.member("uuid", std::string_view(stored->uuid.text()));
    dom::object object;
    if (sent.get(object) != simdjson::SUCCESS) {
        report(pointer, fmt::format("expected an object, a {}", type.name));
        json_.end_object();
        return;
    }
    Node node{type,
              object,
              stored,
              pointer,
              stored == nullptr ? KeptDraft() : KeptDraft(stored->attributes),
              shown_of(type, stored)};
    if (pointer.empty()) write_root_members(node);
    write_measure(node);
    for (const auto& field : type.fields) {
        const auto value = member_of(node, field.key);
        if (stays(node, field, value)) {
            if (type.slug.empty()) write_again(node, field);
        } else if (value) {
            write_field(node, field, *value);
        }
    }
    complete(node);
    for (const auto [key, value] : object) {
        if (!is_known_member(type, key)) written_.dropped.emplace_back(key);
    }
    json_.end_object();
    written_.kept[place] = node.kept.json();
}

std::optional<base::JsonDocument> DocumentWriter::shown_of(const Type& type, const NodeRow* stored) const {
    if (stored == nullptr || context_.answer == nullptr) return std::nullopt;
    std::string text;
    if (type.slug.empty()) {
        context_.answer->append_sub_object(text, *stored);
    } else {
        context_.answer->append_record(text, stored->id);
    }
    auto document = base::JsonDocument::parse(text);
    return document ? std::optional(std::move(*document)) : std::nullopt;
}

std::optional<dom::element> DocumentWriter::member_of(const Node& node, std::string_view key) {
    dom::element value;
    if (node.sent.at_key(key).get(value) == simdjson::SUCCESS) return value;
    const bool goes_with_others = key == "key" || key == "value" || key == "unit" || key == "uncertainty";
    if (!goes_with_others || !node.shown || !model::can_be_measured(node.type.type)) return std::nullopt;
    if (node.in_sent_unit && node.in_sent_unit->root().at_key(key).get(value) == simdjson::SUCCESS)
        return value;
    return node.shown->root().at_key(key).get(value) == simdjson::SUCCESS ? std::optional(value)
                                                                          : std::nullopt;
}

bool DocumentWriter::stays(const Node& node, const Field& field, const std::optional<dom::element>& value) {
    if (!node.shown) return false;
    if (is_of_measure(node, field)) return node.keeps_measure;
    dom::element shown;
    return !value || (node.shown->root().at_key(field.key).get(shown) == simdjson::SUCCESS &&
                      says_the_same(*value, shown));
}

/// A sub-object is read as a whole one, so what it cannot be without is written as it is stored.
void DocumentWriter::write_again(Node& node, const Field& field) {
    if (is_kept(field.shape) || field.shape == Shape::Identifiers) return;
    const auto* target = model::find_field(node.type.type, field.field);
    dom::element value;
    if (!target->required) return;
    if (model::is_link(target->kind)) {
        if (node.shown->root().at_key(field.key).get(value) == simdjson::SUCCESS)
            write_field(node, field, value);
        return;
    }
    const bool is_left_to_complete = node.sent.at_key(field.key).get(value) == simdjson::SUCCESS &&
                                     is_blank(value) && is_completed(node.type.type, field.field);
    const auto attributes = base::JsonDocument::parse(node.stored->attributes);
    const auto name = model::text(field.field);
    if (!is_left_to_complete && attributes && attributes->root().at_key(name).get(value) == simdjson::SUCCESS)
        json_.key(name).raw(json_of(value));
}

void DocumentWriter::write_root_members(Node& node) {
    dom::element value;
    const bool is_shared = model::info(node.type.type).group == model::NodeGroup::PrimaryPublic;
    if (node.sent.at_key("public").get(value) == simdjson::SUCCESS && !is_blank(value)) {
        if (!value.is_bool()) {
            report("/public", "expected true or false");
        } else if (!is_shared) {
            written_.is_public = bool(value);
            json_.member("public", bool(value));
        }
    }
    if (node.sent.at_key("group").get(value) == simdjson::SUCCESS && !is_blank(value))
        written_.group = uuid_of(value, "group", "/group");
    if (node.type.parent_key.empty()) return;
    if (node.sent.at_key(node.type.parent_key).get(value) == simdjson::SUCCESS && !is_blank(value)) {
        written_.parent = uuid_of(value, node.type.parent_key, fmt::format("/{}", node.type.parent_key));
    } else if (node.stored == nullptr) {
        report(fmt::format("/{}", node.type.parent_key),
               fmt::format("a {} needs the URL of its {}", node.type.name, node.type.parent_key), "required");
    }
}

void DocumentWriter::write_field(Node& node, const Field& field, dom::element value) {
    if (node.is_measured && is_of_measure(node, field)) return;
    switch (field.shape) {
        case Shape::Value:
        case Shape::Text:
        case Shape::List:
        case Shape::Number:
        case Shape::Float:
            return write_value(node, field, value);
        case Shape::FirstText:
            return write_first_text(node, field, value);
        case Shape::Identifiers:
            return write_identifiers(node, value);
        case Shape::Source:
            return write_source(node, value);
        case Shape::UniqueName:
        case Shape::Email:
            return;  // the server's
        case Shape::Link:
            return write_link(node, field, value);
        case Shape::FirstLink:
            return write_first_link(node, field, value);
        case Shape::BackLinks:
            if (value.is_array() && dom::array(value).size() == 0) return;
            return write_links(node, field, value);
        case Shape::Links:
        case Shape::Files:
            return write_links(node, field, value);
        case Shape::Nested:
            return write_nested(node, field, value);
        case Shape::NestedList:
            return write_nested_list(node, field, value);
        case Shape::KeptText:
        case Shape::KeptInteger:
        case Shape::KeptLink:
        case Shape::KeptLinks:
            return keep(node, field, value);
    }
}

void DocumentWriter::write_value(Node& node, const Field& field, dom::element value) {
    const auto name = model::text(field.field);
    const bool says_nothing =
        value.is_null() ||
        (is_blank(value) && (field.shape == Shape::Text || !words_of(node, field).empty()));
    if (says_nothing) {
        if (!is_completed(node.type.type, field.field)) json_.key(name).null();
        return;
    }
    dom::array list;
    if (value.get(list) == simdjson::SUCCESS && field.shape != Shape::Value) {
        // Of a list of funders, those that are none.
        json_.key(name).begin_array();
        for (const auto entry : list) {
            if (!entry.is_null()) json_.raw(json_of(entry));
        }
        json_.end_array();
        return;
    }
    node.kept.show_as_is(field.field);
    if (is_of_measure(node, field) && field.field == FieldName::Value)
        return write_measured_value(node, value);
    json_.key(name).raw(with_known_terms(node, field, value, fmt::format("{}/{}", node.pointer, field.key)));
}

std::span<const model::Vocabulary> DocumentWriter::words_of(const Node& node, const Field& field) {
    if (field.vocabulary) return {&*field.vocabulary, 1};
    return model::find_field(node.type.type, field.field)->vocabularies;
}

std::string DocumentWriter::with_known_terms(Node& node, const Field& field, dom::element value,
                                             const std::string& pointer) {
    const auto vocabularies = words_of(node, field);
    if (vocabularies.empty()) return json_of(value);
    dom::array list;
    if (value.get(list) == simdjson::SUCCESS) {
        std::string out = "[";
        std::size_t position = 0;
        for (const auto entry : list) {
            const auto item = with_known_terms(node, field, entry, fmt::format("{}/{}", pointer, position++));
            out.append(out.size() > 1 ? "," : "").append(item);
        }
        return out.append("]");
    }
    std::string_view word;
    if (value.get(word) != simdjson::SUCCESS) return json_of(value);
    std::string out;
    if (const auto term = known_term(vocabularies, word)) {
        base::JsonWriter::append_string(out, *term);
        return out;
    }
    base::JsonWriter::append_string(out, fmt::format("+{}", word));
    if (node.type.type == NodeType::Algorithm && field.field == FieldName::Type) {
        // Free text at the time; the model has a vocabulary, and takes other words as custom ones.
        node.kept.show_instead(field.field, out, json_of(value));
        return out;
    }
    auto category = category_name(vocabularies.front());
    std::ranges::replace(category, '-', ' ');
    report(pointer, fmt::format("'{}' is not a valid {}.", word, category), "unknown_term");
    return out;  // it will not be saved, and as a custom word it is not told twice
}

void DocumentWriter::write_first_text(Node& node, const Field& field, dom::element value) {
    const auto name = model::text(field.field);
    if (is_blank(value)) {
        json_.key(name).null();
        return;
    }
    const auto pointer = fmt::format("{}/{}", node.pointer, field.key);
    if (!value.is_string()) return report(pointer, "expected text");
    const auto first = with_known_terms(node, field, value, pointer);
    json_.key(name).begin_array().raw(first);
    const auto attributes = node.stored == nullptr ? base::Result<base::JsonDocument>(base::fail({}))
                                                   : base::JsonDocument::parse(node.stored->attributes);
    dom::array words;
    if (attributes && attributes->root().at_key(name).get(words) == simdjson::SUCCESS) {
        std::size_t position = 0;
        for (const auto word : words) {
            if (position++ > 0) json_.raw(json_of(word));  // the others are not shown
        }
    }
    json_.end_array();
}

void DocumentWriter::write_identifiers(Node& node, dom::element value) {
    dom::array list;
    if (!value.is_null() && value.get(list) != simdjson::SUCCESS)
        return report("/identifiers", "expected a list of identifiers");
    auto read = value.is_null() ? ReadIdentifiers{} : read_identifiers(list);
    if (value.is_null()) {
        for (const auto field : identifier_fields()) read.fields.push_back({field, "null"});
        read.list = "[]";
    }
    for (auto& problem : read.problems) {
        problem.pointer.insert(0, "/identifiers");
        written_.problems.push_back(std::move(problem));
    }
    for (const auto& [field, json] : read.fields) {
        if (json != "null" || node.stored != nullptr) json_.key(model::text(field)).raw(json);
    }
    node.kept.set("identifiers", std::move(read.list));
}

void DocumentWriter::write_source(Node& node, dom::element value) {
    std::string_view source;
    if (value.get(source) != simdjson::SUCCESS || source.empty())
        return report("/source", "a file has a source: a path on your machine, or a URL");
    if (source.starts_with("http://") || source.starts_with("https://")) {
        json_.member("source", source);
        return;
    }
    // A path of the client's machine: the bytes come next.
    std::string_view checksum;
    dom::element sent;
    if (node.sent.at_key("checksum").get(sent) != simdjson::SUCCESS ||
        sent.get(checksum) != simdjson::SUCCESS)
        return report("/checksum", "a file that is to be uploaded has the SHA-256 of its content",
                      "required");
    if (node.stored != nullptr) {
        const auto attributes = base::JsonDocument::parse(node.stored->attributes);
        std::string_view present;
        const auto kept = attributes ? Kept(attributes->root()).find("checksum") : std::nullopt;
        if (kept && kept->get(present) == simdjson::SUCCESS && present == checksum) return;
    }
    json_.member("source", "");
}

void DocumentWriter::complete(Node& node) {
    const auto is_sent = [&](std::string_view key) {
        dom::element value;
        return node.sent.at_key(key).get(value) == simdjson::SUCCESS && !is_blank(value);
    };
    if (node.type.type == NodeType::File && !is_sent("name") && node.stored == nullptr) {
        std::string_view source;
        if (node.sent.at_key("source").get(source) == simdjson::SUCCESS) json_.member("name", source);
    }
    if (node.type.type == NodeType::File && !is_sent("type") && node.stored == nullptr)
        json_.member("type", "data");
    if (node.type.type == NodeType::Reference && node.stored == nullptr)
        json_.member("type", "journal_article");  // a work has a kind in the model, and none here
    const bool has_type = is_sent("type") || (node.stored != nullptr && !member_of(node, "type"));
    if (node.type.type == NodeType::Citation && !has_type) json_.member("type", "reference");
    if (node.type.type == NodeType::Property && !has_type) {
        const auto value = member_of(node, "value");
        const std::string_view type = value && !is_blank(*value) ? R"("value")" : R"("none")";
        json_.key("type").raw(type);
        node.kept.show_instead(FieldName::Type, type, "null");
    }
    if (node.stored != nullptr || node.type.slug.empty() || node.type.type == NodeType::File) return;
    for (const auto& field : node.type.fields) {
        if (field.shape == Shape::Text && !is_sent(field.key))
            report(fmt::format("/{}", field.key),
                   fmt::format("a {} needs its '{}'", node.type.name, field.key), "required");
    }
}

}  // namespace cript::api::legacy
