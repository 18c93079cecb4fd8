// The part of DocumentWriter that writes links and sub-objects, and keeps what the model has no field for.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "api/legacy/address.hpp"
#include "api/legacy/document_writer.hpp"
#include "api/legacy/matching.hpp"
#include "base/json_reader.hpp"

namespace cript::api::legacy {

namespace dom = simdjson::dom;
using store::NodeRow;

namespace {
constexpr double kLargestInteger = 9'007'199'254'740'992;  ///< up to it a double has every one
}

std::optional<base::Uuid> DocumentWriter::uuid_of(dom::element value, std::string_view slug,
                                                  const std::string& pointer) {
    std::string_view url;
    if (value.is_object() && value.at_key("url").get(url) != simdjson::SUCCESS) url = {};
    if (value.is_string()) url = std::string_view(value);
    const auto named = read_url(url);
    if (named && named->slug == slug) return named->uuid;
    report(pointer,
           fmt::format("expected the URL of a {}, such as …/api/{}/6ba7b810-9dad-41d1-80b4-00c04fd430c8/",
                       slug, slug),
           "invalid_link");
    return std::nullopt;
}

std::string_view DocumentWriter::slug_of_target(const Node& node, const Field& field) {
    return type_of(model::find_field(node.type.type, field.field)->target).slug;
}

void DocumentWriter::append_link(const base::Uuid& uuid) {
    json_.begin_object().member("uuid", std::string_view(uuid.text())).end_object();
}

void DocumentWriter::append_unshown(const Node& node, model::FieldName field) {
    if (node.stored == nullptr) return;
    const auto& set = context_.stored->set;
    for (const auto id : set.children_of(node.stored->id, field)) {
        const auto* row = set.find(id);
        if (row != nullptr && !context_.answer->shows(*row, node.type.type)) append_link(row->uuid);
    }
}

void DocumentWriter::write_link(Node& node, const Field& field, dom::element value) {
    const auto name = model::text(field.field);
    if (value.is_null()) {
        const bool hides_something =
            node.stored != nullptr && context_.answer->shown_children(node.stored->id, field.field).empty();
        if (!hides_something) json_.key(name).null();
        return;
    }
    const auto uuid =
        uuid_of(value, slug_of_target(node, field), fmt::format("{}/{}", node.pointer, field.key));
    if (!uuid) return;
    json_.key(name);
    append_link(*uuid);
}

void DocumentWriter::write_first_link(Node& node, const Field& field, dom::element value) {
    std::vector<const NodeRow*> shown;
    if (node.stored != nullptr) shown = context_.answer->shown_children(node.stored->id, field.field);
    if (value.is_null() && shown.empty()) return;
    std::optional<base::Uuid> uuid;
    if (!value.is_null()) {
        uuid = uuid_of(value, slug_of_target(node, field), fmt::format("{}/{}", node.pointer, field.key));
        if (!uuid || (!shown.empty() && shown.front()->uuid == *uuid)) return;
    }
    // Another one takes the place of the first; nothing, that of all of them.
    json_.key(model::text(field.field)).begin_array();
    if (uuid) {
        append_link(*uuid);
        for (std::size_t at = 1; at < shown.size(); ++at) append_link(shown[at]->uuid);
    }
    append_unshown(node, field.field);
    json_.end_array();
}

void DocumentWriter::write_links(Node& node, const Field& field, dom::element value) {
    const auto pointer = fmt::format("{}/{}", node.pointer, field.key);
    dom::array list;
    if (!value.is_null() && value.get(list) != simdjson::SUCCESS)
        return report(pointer, "expected a list of URLs");
    json_.key(model::text(field.field)).begin_array();
    if (!value.is_null()) {
        std::size_t position = 0;
        for (const auto entry : list) {
            const auto uuid =
                uuid_of(entry, slug_of_target(node, field), fmt::format("{}/{}", pointer, position++));
            if (uuid) append_link(*uuid);
        }
    }
    append_unshown(node, field.field);
    json_.end_array();
}

void DocumentWriter::write_nested(Node& node, const Field& field, dom::element value) {
    const auto name = model::text(field.field);
    std::vector<const NodeRow*> stored;
    if (node.stored != nullptr) stored = context_.answer->shown_children(node.stored->id, field.field);
    if (value.is_null()) {
        const bool hides_something = node.stored != nullptr && stored.empty();
        if (!hides_something) json_.key(name).null();
        return;
    }
    std::vector<Matched> matched(1);
    if (!stored.empty()) matched = match_sub_objects(*context_.answer, {value}, stored);
    if (matched.front().is_same) return;
    json_.key(name);
    write_node(type_of(model::find_field(node.type.type, field.field)->target), value, matched.front().row,
               fmt::format("{}/{}", node.pointer, field.key));
}

void DocumentWriter::write_nested_list(Node& node, const Field& field, dom::element value) {
    const auto pointer = fmt::format("{}/{}", node.pointer, field.key);
    dom::array list;
    if (!value.is_null() && value.get(list) != simdjson::SUCCESS) return report(pointer, "expected a list");
    std::vector<dom::element> sent;
    if (!value.is_null()) sent.assign(list.begin(), list.end());
    std::vector<Matched> matched(sent.size());
    if (node.stored != nullptr) {
        matched = match_sub_objects(*context_.answer, sent,
                                    context_.answer->shown_children(node.stored->id, field.field));
    }
    const auto& type = type_of(model::find_field(node.type.type, field.field)->target);
    json_.key(model::text(field.field)).begin_array();
    for (std::size_t at = 0; at < sent.size(); ++at) {
        if (matched[at].is_same) {
            append_link(matched[at].row->uuid);
        } else {
            write_node(type, sent[at], matched[at].row, fmt::format("{}/{}", pointer, at));
        }
    }
    append_unshown(node, field.field);
    json_.end_array();
}

void DocumentWriter::keep(Node& node, const Field& field, dom::element value) {
    const auto pointer = fmt::format("{}/{}", node.pointer, field.key);
    std::string_view text;
    std::string json;
    const auto add_uuid = [&](dom::element entry, const std::string& place) {
        const auto uuid = uuid_of(entry, "material", place);
        if (!uuid) return;
        written_.kept_links.push_back({place, *uuid});
        json.append(json.empty() || json == "[" ? "" : ",").append("\"").append(uuid->text()).append("\"");
    };
    if (value.is_null() || (value.get(text) == simdjson::SUCCESS && text.empty()))
        return node.kept.erase(field.key);
    if (field.shape == Shape::KeptText) {
        if (!value.is_string()) return report(pointer, "expected text");
        base::append_json(json, value);
    } else if (field.shape == Shape::KeptInteger) {
        double number = 0;
        const bool is_whole = value.is_number() && value.get(number) == simdjson::SUCCESS &&
                              std::abs(number) <= kLargestInteger && number == std::trunc(number);
        if (!is_whole) return report(pointer, "expected an integer");
        json = std::to_string(static_cast<std::int64_t>(number));
    } else if (field.shape == Shape::KeptLink) {
        add_uuid(value, pointer);
    } else {
        dom::array list;
        if (value.get(list) != simdjson::SUCCESS) return report(pointer, "expected a list of URLs");
        if (list.size() == 0) return node.kept.erase(field.key);
        json = "[";
        std::size_t position = 0;
        for (const auto entry : list) add_uuid(entry, fmt::format("{}/{}", pointer, position++));
        json.push_back(']');
    }
    if (!json.empty()) node.kept.set(field.key, std::move(json));
}

}  // namespace cript::api::legacy
