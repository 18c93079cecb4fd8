#include "api/legacy/document_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/legacy/address.hpp"
#include "api/legacy/identifiers.hpp"
#include "api/legacy/matching.hpp"
#include "api/legacy/terms.hpp"
#include "base/json_reader.hpp"

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
    return value.is_null() || (value.get(text) == simdjson::SUCCESS && text.empty());
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
    Node node{type, object, stored, pointer, stored == nullptr ? KeptDraft() : KeptDraft(stored->attributes)};
    if (pointer.empty()) write_root_members(node);
    write_measure(node);
    for (const auto& field : type.fields) {
        dom::element value;
        if (object.at_key(field.key).get(value) == simdjson::SUCCESS) write_field(node, field, value);
    }
    complete(node);
    for (const auto [key, value] : object) {
        if (!is_known_member(type, key)) written_.dropped.emplace_back(key);
    }
    json_.end_object();
    written_.kept[place] = node.kept.json();
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
    const bool is_of_measure = field.field == FieldName::Value || field.field == FieldName::Unit ||
                               field.field == FieldName::Uncertainty;
    if (node.is_measured && is_of_measure && !is_kept(field.shape)) return;
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
    const auto& target = *model::find_field(node.type.type, field.field);
    const auto pointer = fmt::format("{}/{}", node.pointer, field.key);
    if (value.is_null() || (is_blank(value) && field.shape == Shape::Text)) {
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
    if (field.shape == Shape::Value && field.field == FieldName::Value && value.is_array()) {
        // Of properties and conditions. SDK 2.4.0 takes no lists: in the model of its time they are text.
        std::string text;
        base::JsonWriter::append_string(text, json_of(value));
        node.kept.show_instead(field.field, text, json_of(value));
        json_.key(name).raw(text);
        return;
    }
    if (const auto text = with_known_terms(node, target, value, pointer)) json_.key(name).raw(*text);
}

std::optional<std::string> DocumentWriter::with_known_terms(Node& node, const model::Field& field,
                                                            dom::element value, const std::string& pointer) {
    if (field.vocabularies.empty()) return json_of(value);
    dom::array list;
    if (value.get(list) == simdjson::SUCCESS) {
        std::string out = "[";
        std::size_t position = 0;
        for (const auto entry : list) {
            const auto item = with_known_terms(node, field, entry, fmt::format("{}/{}", pointer, position++));
            if (item) out.append(out.size() > 1 ? "," : "").append(*item);
        }
        return out.append("]");
    }
    std::string_view word;
    if (value.get(word) != simdjson::SUCCESS) return json_of(value);
    std::string out;
    if (const auto term = known_term(field.vocabularies, word)) {
        base::JsonWriter::append_string(out, *term);
        return out;
    }
    if (node.type.type == NodeType::Algorithm && field.name == FieldName::Type) {
        // Free text at the time; the model has a vocabulary, and takes other words as custom ones.
        base::JsonWriter::append_string(out, fmt::format("+{}", word));
        node.kept.show_instead(field.name, out, json_of(value));
        return out;
    }
    auto category = category_name(field.vocabularies.front());
    std::ranges::replace(category, '-', ' ');
    report(pointer, fmt::format("'{}' is not a valid {}.", word, category), "unknown_term");
    return std::nullopt;
}

void DocumentWriter::write_first_text(Node& node, const Field& field, dom::element value) {
    const auto name = model::text(field.field);
    if (is_blank(value)) {
        json_.key(name).null();
        return;
    }
    const auto pointer = fmt::format("{}/{}", node.pointer, field.key);
    if (!value.is_string()) return report(pointer, "expected text");
    const auto first =
        with_known_terms(node, *model::find_field(node.type.type, field.field), value, pointer);
    json_.key(name).begin_array();
    if (first) json_.raw(*first);
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
    if (node.stored != nullptr && context_.answer != nullptr) {
        std::string shown;
        context_.answer->append_record(shown, node.stored->id);
        const auto document = base::JsonDocument::parse(shown);
        std::string_view present;
        if (document && document->root().at_key("source").get(present) == simdjson::SUCCESS &&
            present == source)
            return;
    }
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
    if (node.type.type == NodeType::Citation && !is_sent("type")) json_.member("type", "reference");
    if (node.type.type == NodeType::Property && !is_sent("type")) {
        const std::string_view type = is_sent("value") ? R"("value")" : R"("none")";
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
