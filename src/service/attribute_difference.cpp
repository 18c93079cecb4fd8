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

}  // namespace

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
    if (type != model::NodeType::Material) return identifiers;
    const auto document = base::JsonDocument::parse(attributes);
    if (!document) return identifiers;
    for (const auto [key, value] : dom::object(document->root())) {
        if (!model::has_term(model::Vocabulary::MaterialIdentifierKey, key)) continue;
        if (const auto field = model::field_named(key)) add_identifier(identifiers, *field, value);
    }
    return identifiers;
}

}  // namespace cript::service
