#include "model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace model_generator {

namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(const std::string& where, const std::string& what) {
    throw std::runtime_error(where + ": " + what);
}

Json read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) refuse(path.string(), "cannot be read");
    try {
        return Json::parse(file);
    } catch (const Json::parse_error& error) {
        refuse(path.string(), error.what());
    }
}

void require_known_keys(const Json& object, const std::set<std::string>& known, const std::string& where) {
    for (const auto& [key, value] : object.items()) {
        if (!known.contains(key)) refuse(where, "unknown key '" + key + "'");
    }
}

const std::set<std::string> kFieldTypes{"text",
                                        "integer",
                                        "number",
                                        "boolean",
                                        "text_list",
                                        "integer_list",
                                        "number_or_text",
                                        "number_text_or_flag",
                                        "number_text_or_list",
                                        "any_value",
                                        "link",
                                        "link_list"};

std::vector<std::string> one_or_many(const Json& value) {
    if (value.is_string()) return {value.get<std::string>()};
    return value.get<std::vector<std::string>>();
}

Field read_field(const std::string& name, const Json& entry, const std::string& where) {
    require_known_keys(entry,
                       {"type", "target", "role", "required", "read_only", "nullable", "form", "min_length",
                        "max_length", "vocabulary", "suggested_vocabulary", "description"},
                       where);
    Field field;
    field.name = name;
    field.type = entry.at("type");
    field.target = entry.value("target", "");
    field.role = entry.value("role", "");
    field.required = entry.value("required", false);
    field.read_only = entry.value("read_only", false);
    field.nullable = entry.value("nullable", false);
    field.is_name = entry.value("form", "") == "name";
    field.min_length = entry.value("min_length", 0U);
    if (entry.contains("max_length")) field.max_length = entry.at("max_length").get<std::uint32_t>();
    if (entry.contains("vocabulary")) field.vocabularies = one_or_many(entry.at("vocabulary"));
    field.suggested_vocabulary = entry.value("suggested_vocabulary", "");
    field.description = entry.at("description");

    if (!kFieldTypes.contains(field.type)) refuse(where, "unknown type '" + field.type + "'");
    const bool link = field.type == "link" || field.type == "link_list";
    if (link != field.is_link()) refuse(where, "a link has a target, and nothing else has one");
    const std::set<std::string> roles{"containment", "reference", "account"};
    if (link != roles.contains(field.role))
        refuse(where, "a link has a role: containment, reference or account");
    return field;
}

Node read_node(const std::string& name, const Json& entry, const Json& base, const std::string& where) {
    require_known_keys(entry, {"slug", "group", "description", "base", "required", "rules", "fields"}, where);
    Node node;
    node.name = name;
    node.slug = entry.at("slug");
    node.group = entry.at("group");
    node.description = entry.at("description");
    if (entry.contains("rules")) node.rules = entry.at("rules").get<std::vector<std::string>>();
    for (const std::string group : entry.at("base")) {
        for (const auto& [field, description] : base.at(group).items()) {
            node.fields.push_back(read_field(field, description, fmt::format("base/{}/{}", group, field)));
        }
    }
    for (const auto& [field, description] : entry.at("fields").items()) {
        node.fields.push_back(read_field(field, description, fmt::format("{}/fields/{}", where, field)));
    }
    for (const std::string required : entry.value("required", Json::array())) {
        const auto field = std::ranges::find(node.fields, required, &Field::name);
        if (field == node.fields.end()) refuse(where, "requires '" + required + "', which it does not have");
        field->required = true;
    }
    std::set<std::string> seen;
    for (const auto& field : node.fields) {
        if (!seen.insert(field.name).second) refuse(where, "has the field '" + field.name + "' twice");
    }
    // A set of fields is one machine word in the reader of documents.
    if (node.fields.size() > 64) refuse(where, "has more than 64 fields");
    return node;
}

Term read_term(const Json& entry) {
    Term term;
    term.name = entry.at("name");
    term.description = entry.at("description");
    term.status = entry.at("status");
    term.replaced_by = entry.value("replaced_by", "");
    term.aliases = entry.value("aliases", std::vector<std::string>{});
    term.spellings = entry.value("spellings", std::vector<std::string>{});
    term.value_type = entry.value("value_type", "");
    if (entry.contains("range")) {
        const auto& range = entry.at("range");
        if (!range.at(0).is_null()) term.minimum = range.at(0).get<double>();
        if (!range.at(1).is_null()) term.maximum = range.at(1).get<double>();
    }
    if (entry.contains("si_unit")) term.si_unit = entry.at("si_unit").get<std::string>();
    const bool is_numeric = term.value_type.find("number") != std::string::npos;
    // Of terms that are not current it is not known what unit they had, if none is given.
    if (!term.si_unit && is_numeric && term.status == "current") term.si_unit = "";
    if (entry.contains("preferred_unit")) term.other_units = {entry.at("preferred_unit").get<std::string>()};
    if (entry.value("unit_fixed", false)) term.fixed_unit = term.si_unit;
    term.json = entry.dump();
    return term;
}

Vocabulary read_vocabulary(const std::string& name, const Json& entries, const Json& statuses) {
    Vocabulary vocabulary{name, {}};
    std::set<std::string> seen;
    for (const auto& entry : entries) {
        auto term = read_term(entry);
        const auto where = "vocabularies/" + name + "/" + term.name;
        if (!statuses.contains(term.status)) refuse(where, "unknown status '" + term.status + "'");
        if (!seen.insert(term.name).second) refuse(where, "stands there twice");
        vocabulary.terms.push_back(std::move(term));
    }
    return vocabulary;
}

void check_references(const Model& model) {
    for (const auto& node : model.nodes) {
        for (const auto& field : node.fields) {
            if (field.is_link()) (void)model.node(field.target);
            for (const auto& vocabulary : field.vocabularies) (void)model.vocabulary(vocabulary);
            if (!field.suggested_vocabulary.empty()) (void)model.vocabulary(field.suggested_vocabulary);
        }
    }
}

template <class Items>
const auto& named(const Items& items, const std::string& name, const std::string& kind) {
    const auto found = std::ranges::find_if(items, [&](const auto& item) { return item.name == name; });
    if (found == items.end()) refuse(name, "there is no such " + kind);
    return *found;
}

}  // namespace

bool Node::has_rule(const std::string& rule) const {
    return std::ranges::find(rules, rule) != rules.end();
}

const Node& Model::node(const std::string& name) const {
    return named(nodes, name, "node type");
}

const Vocabulary& Model::vocabulary(const std::string& name) const {
    return named(vocabularies, name, "vocabulary");
}

Model read_model(const std::filesystem::path& folder) {
    Model model;
    const auto nodes = read_json(folder / "nodes.json");
    model.version = nodes.at("model_version");
    for (const auto& [name, entry] : nodes.at("nodes").items()) {
        model.nodes.push_back(read_node(name, entry, nodes.at("base"), "nodes/" + name));
    }
    const auto vocabularies = read_json(folder / "vocabulary.json");
    for (const auto& [name, entries] : vocabularies.at("vocabularies").items()) {
        model.vocabularies.push_back(read_vocabulary(name, entries, vocabularies.at("statuses")));
    }
    check_references(model);
    model.units = read_units(folder / "units.toml", model);
    std::set<std::string> names;
    for (const auto& node : model.nodes) {
        for (const auto& field : node.fields) names.insert(field.name);
    }
    model.field_names.assign(names.begin(), names.end());
    return model;
}

std::string pascal_case(const std::string& snake_case) {
    std::string out;
    bool start = true;
    for (const char c : snake_case) {
        if (c == '_') {
            start = true;
            continue;
        }
        out.push_back(start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        start = false;
    }
    return out;
}

}  // namespace model_generator
