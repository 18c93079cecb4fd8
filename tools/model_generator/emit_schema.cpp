#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emit.hpp"

namespace model_generator {

namespace {

using Json = nlohmann::ordered_json;

Json reference(const std::string& definition) {
    return {{"$ref", "#/$defs/" + definition}};
}

/// Any term of the vocabulary, of whatever status, or a custom one. A vocabulary without terms is open.
Json vocabulary_schema(const Vocabulary& vocabulary) {
    if (vocabulary.terms.empty()) return {{"type", "string"}};
    Json words = Json::array();
    for (const auto& term : vocabulary.terms) {
        words.push_back(term.name);
        for (const auto& spelling : term.spellings) words.push_back(spelling);
    }
    return {{"type", "string"}, {"anyOf", {{{"enum", words}}, {{"pattern", "^\\+"}}}}};
}

Json nullable(Json schema, bool allowed) {
    if (!allowed) return schema;
    if (schema.contains("anyOf")) {
        schema["anyOf"].push_back({{"type", "null"}});
        return schema;
    }
    auto& type = schema["type"];
    if (type.is_string()) type = Json::array({type});
    type.push_back("null");
    return schema;
}

Json text_schema(const Field& field) {
    if (field.is_name) return reference("NameField");
    if (field.name == "notes") return reference("NotesField");
    if (field.name == "created_at" || field.name == "updated_at") return reference("Timestamp");
    if (field.vocabularies.size() == 1) return reference(pascal_case(field.vocabularies.front()));
    if (!field.vocabularies.empty()) {
        Json any = Json::array();
        for (const auto& vocabulary : field.vocabularies) any.push_back(reference(pascal_case(vocabulary)));
        return {{"anyOf", any}};
    }
    Json schema{{"type", "string"}};
    if (field.max_length) schema["maxLength"] = *field.max_length;
    return schema;
}

Json link_schema(const Field& field) {
    if (field.read_only) return reference("Creator");
    const auto node = field.role == "account" ? reference("Creator") : reference(field.target + "Post");
    Json one{{"anyOf", {reference("EdgeUUID"), reference("Edge"), node}}};
    if (field.type == "link") return one;
    return {{"type", "array"}, {"items", one}};
}

Json list_of(Json items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}

Json field_schema(const Field& field) {
    if (field.is_link()) return link_schema(field);
    if (field.type == "text") return text_schema(field);
    if (field.type == "text_list") return list_of(text_schema(field));
    if (field.type == "integer_list") return list_of({{"type", "integer"}});
    if (field.type == "number_or_text") return {{"type", {"number", "string"}}};
    if (field.type == "number_text_or_flag") return {{"type", {"number", "string", "boolean"}}};
    if (field.type == "number_text_or_list") return {{"type", {"number", "string", "array"}}};
    if (field.type == "any_value") return {{"type", {"number", "string", "boolean", "array"}}};
    return {{"type", field.type}};  // integer, number, boolean
}

/// Only single links and attributes may be sent as null; the schema of lists stays strict, as clients expect.
bool takes_null(const Field& field) {
    return field.nullable || (field.type == "link" && !field.required && !field.read_only);
}

/// Keys of the first vocabulary of `key` that set a rule, and the rule for all others.
template <class RuleOf>
Json rules_by_key(const Vocabulary& keys, RuleOf rule_of) {
    Json any = Json::array();
    Json ruled = Json::array();
    for (const auto& term : keys.terms) {
        const Json rule = rule_of(term);
        if (rule.is_null()) continue;
        Json properties{{"key", {{"const", term.name}}}};
        properties.update(rule);
        any.push_back({{"properties", properties}});
        ruled.push_back(term.name);
    }
    any.push_back({{"properties", {{"key", {{"not", {{"enum", ruled}}}}}}}});
    return any;
}

Json number_at_least(const std::optional<double>& minimum) {
    Json schema{{"type", "number"}};
    if (minimum)
        schema["minimum"] = *minimum == static_cast<double>(static_cast<long>(*minimum))
                                ? Json(static_cast<long>(*minimum))
                                : Json(*minimum);
    return schema;
}

/// The unit is needed only where the key fixes one: clients leave an empty one out.
Json unit_fixed_by_key(const Model& model, bool post) {
    auto any = rules_by_key(model.vocabulary("quantity_key"), [](const Term& term) -> Json {
        if (!term.fixed_unit) return nullptr;
        return {{"unit", {{"const", *term.fixed_unit}}}, {"value", number_at_least(term.minimum)}};
    });
    for (auto& rule : any) {
        const auto& properties = rule["properties"];
        const bool has_unit = properties.contains("unit") && properties["unit"]["const"] != "";
        if (post && has_unit) rule["required"] = Json::array({"unit"});
    }
    return any;
}

/// Numbers are allowed everywhere: some clients turn every value into one when they read a parameter.
Json value_kind_by_key(const Model& model) {
    return rules_by_key(model.vocabulary("parameter_key"), [](const Term& term) -> Json {
        if (term.value_type.empty()) return nullptr;
        if (term.value_type == "number") return {{"value", number_at_least(term.minimum)}};
        return {{"value", {{"type", {term.value_type, "number"}}}}};
    });
}

enum class Form { Post, Patch };

/// Fields that a change of a stored node does not carry.
bool is_left_out_of_patch(const std::string& name) {
    return name == "created_at" || name == "created_by" || name == "locked";
}

Json node_schema(const Model& model, const Node& node, Form form) {
    const bool post = form == Form::Post;
    Json properties;
    properties["node"] = {{"type", "array"},
                          {"items", {{"type", "string"}, {"enum", {node.name}}}},
                          {"minItems", 1},
                          {"maxItems", 1}};
    if (post) {
        properties["uid"] = reference("TempUID");
        properties["uuid"] = reference("UUIDString");
    }
    Json required = Json::array({"node"});
    for (const auto& field : node.fields) {
        if (!post && is_left_out_of_patch(field.name)) continue;
        properties[field.name] = nullable(field_schema(field), takes_null(field));
        const bool is_up_to_key = field.name == "unit" && node.has_rule("unit_fixed_by_key");
        if (post && field.required && !is_up_to_key) required.push_back(field.name);
    }
    Json schema{{"type", "object"},
                {"properties", properties},
                {"required", required},
                {"additionalProperties", false}};
    if (node.has_rule("unit_fixed_by_key")) schema["anyOf"] = unit_fixed_by_key(model, post);
    if (node.has_rule("value_kind_by_key")) schema["anyOf"] = value_kind_by_key(model);
    return schema;
}

/// Names and notes are looser here than on input: what another dialect saved must still load.
Json shared_definitions(const Model& model) {
    Json definitions;
    definitions["Edge"] = {{"type", "object"},
                           {"properties", {{"uid", reference("TempUID")}}},
                           {"required", {"uid"}},
                           {"additionalProperties", false}};
    definitions["EdgeUUID"] = {{"type", "object"},
                               {"properties", {{"uuid", reference("UUIDString")}}},
                               {"required", {"uuid"}},
                               {"additionalProperties", false}};
    definitions["Creator"] = {{"type", "object"}, {"properties", {{"uuid", reference("UUIDString")}}}};
    definitions["TempUID"] = {{"type", "string"}, {"minLength", 3}, {"maxLength", 255}, {"pattern", "^_:"}};
    definitions["UUIDString"] = {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}};
    definitions["Timestamp"] = {{"type", "string"}};
    definitions["NameField"] = {{"type", "string"}, {"minLength", 1}, {"maxLength", 2048}};
    definitions["NotesField"] = {{"type", "string"}, {"maxLength", 10000}};
    for (const auto& vocabulary : model.vocabularies) {
        definitions[pascal_case(vocabulary.name)] = vocabulary_schema(vocabulary);
    }
    return definitions;
}

}  // namespace

std::string emit_schema(const Model& model) {
    auto definitions = shared_definitions(model);
    for (const auto& node : model.nodes) {
        definitions[node.name + "Post"] = node_schema(model, node, Form::Post);
        definitions[node.name + "Patch"] = node_schema(model, node, Form::Patch);
    }
    // Draft 7: its meta-schema does not descend into `$defs`, so clients that check the schema at each use
    // stay fast.
    const Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                      {"$defs", definitions},
                      {"$ref", "#/$defs/ProjectPost"}};
    return schema.dump() + "\n";
}

std::string emit_embedded_schema(const Model& model) {
    auto schema = emit_schema(model);
    schema.pop_back();
    return fmt::format(
        "// Generated from model/*.json by tools/model_generator. Do not edit.\n#include "
        "\"model/table_layout.hpp\"\n\n"
        "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\nnamespace cript::model::tables {{\n\n"
        "const std::string_view kJsonSchema =\n    {};\n\n}}  // namespace cript::model::tables\n",
        literal(schema));
}

}  // namespace model_generator
