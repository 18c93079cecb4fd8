#include "service/attribute_difference.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/json_reader.hpp"

namespace cript::service {

namespace {

namespace dom = simdjson::dom;

constexpr double kLargestWhole = 9'007'199'254'740'992;  ///< up to it a double has every integer

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

/// The text of a value that identifies: of whole numbers, that of an integer.
std::string text_of(dom::element value) {
    std::string text;
    if (value.is_string()) return std::string(std::string_view(value));
    double number = 0;
    const bool is_whole = value.is_double() && value.get(number) == simdjson::SUCCESS &&
                          std::abs(number) < kLargestWhole && std::trunc(number) == number;
    if (is_whole) return std::to_string(static_cast<std::int64_t>(number));
    base::append_json(text, value);
    return text;
}

/// Of the identifiers that an older dialect keeps of a material, those that no field holds.
void add_kept_identifiers(store::Identifiers& identifiers, dom::element attributes) {
    dom::array list;
    if (attributes.at_pointer("/legacy/identifiers").get(list) != simdjson::SUCCESS) return;
    std::set known(identifiers.begin(), identifiers.end());
    const auto add = [&](std::optional<model::FieldName> field, dom::element value) {
        const auto text = text_of(value);
        if (field && known.contains({*field, text})) return;
        if (known.emplace(kKeptIdentifier, text).second) identifiers.emplace_back(kKeptIdentifier, text);
    };
    for (const auto entry : list) {
        std::string_view key;
        dom::element value;
        if (entry.at_key("key").get(key) != simdjson::SUCCESS ||
            entry.at_key("value").get(value) != simdjson::SUCCESS)
            continue;
        const auto field = key == "cas" ? model::FieldName::ChemicalId : model::field_named(key);
        dom::array several;
        if (value.get(several) != simdjson::SUCCESS) {
            add(field, value);
            continue;
        }
        for (const auto one : several) add(field, one);
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
    if (type == model::NodeType::Material) add_kept_identifiers(identifiers, document->root());
    return identifiers;
}

}  // namespace cript::service
