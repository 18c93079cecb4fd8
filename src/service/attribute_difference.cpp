#include "service/attribute_difference.hpp"

#include <algorithm>
#include <utility>

#include "base/json_reader.hpp"

namespace cript::service {

namespace {

namespace dom = simdjson::dom;

std::vector<std::pair<std::string, std::string>> members_of(std::string_view object) {
    std::vector<std::pair<std::string, std::string>> members;
    const auto document = base::JsonDocument::parse(object);
    if (!document) return members;
    for (const auto [key, value] : dom::object(document->root())) {
        std::string text;
        base::append_json(text, value);
        members.emplace_back(key, std::move(text));
    }
    return members;
}

void add_identifier(store::Identifiers& identifiers, model::FieldName field, dom::element value) {
    if (value.is_array()) {
        for (const auto entry : dom::array(value)) add_identifier(identifiers, field, entry);
    } else if (value.is_string()) {
        identifiers.emplace_back(field, std::string_view(value));
    } else {
        std::string text;
        base::append_json(text, value);
        identifiers.emplace_back(field, std::move(text));
    }
}

bool identifies(model::NodeType type, model::FieldName field) {
    if (type == model::NodeType::Material)
        return model::has_term(model::Vocabulary::MaterialIdentifierKey, model::text(field));
    return field == model::FieldName::Title || field == model::FieldName::Doi;
}

}  // namespace

bool has_identifiers(model::NodeType type) {
    return type == model::NodeType::Material || type == model::NodeType::Reference ||
           type == model::NodeType::File;
}

std::vector<std::string> differing_fields(std::string_view before, std::string_view after) {
    const auto old_members = members_of(before);
    const auto new_members = members_of(after);
    std::vector<std::string> fields;
    const auto find = [](const auto& members, const std::string& name) {
        return std::find_if(members.begin(), members.end(),
                            [&](const auto& member) { return member.first == name; });
    };
    for (const auto& [name, value] : old_members) {
        const auto other = find(new_members, name);
        if (other == new_members.end() || other->second != value) fields.push_back(name);
    }
    for (const auto& [name, value] : new_members) {
        if (find(old_members, name) == old_members.end()) fields.push_back(name);
    }
    return fields;
}

store::Identifiers identifiers_of(model::NodeType type, std::string_view attributes) {
    store::Identifiers identifiers;
    if (!has_identifiers(type)) return identifiers;
    const auto document = base::JsonDocument::parse(attributes);
    if (!document) return identifiers;
    if (type == model::NodeType::File) {
        dom::element checksum;
        if (document->root().at_pointer("/legacy/checksum").get(checksum) == simdjson::SUCCESS)
            add_identifier(identifiers, model::FieldName::Source, checksum);
        return identifiers;
    }
    for (const auto [key, value] : dom::object(document->root())) {
        const auto field = model::field_named(key);
        if (field && identifies(type, *field)) add_identifier(identifiers, *field, value);
    }
    return identifiers;
}

}  // namespace cript::service
