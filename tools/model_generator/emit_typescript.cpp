#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "emit.hpp"

namespace model_generator {

namespace {

template <class... Arguments>
void append(std::string& out, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Arguments>(arguments)...);
}

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump();
}

std::string type_of(const Field& field) {
    if (field.is_link()) {
        const auto one = fmt::format("Link<{}>", field.target);
        return field.type == "link_list" ? one + "[]" : one;
    }
    if (field.type == "text") return "string";
    if (field.type == "integer" || field.type == "number") return "number";
    if (field.type == "boolean") return "boolean";
    if (field.type == "text_list") return "string[]";
    if (field.type == "integer_list") return "number[]";
    if (field.type == "number_or_text") return "number | string";
    if (field.type == "number_text_or_flag") return "number | string | boolean";
    return "Value";
}

void append_interface(std::string& out, const Node& node) {
    append(out, "/** {} */\nexport interface {} {{\n", node.description, node.name);
    append(out, "  node: [\"{}\"];\n  uuid: string;\n  uid: string;\n", node.name);
    for (const auto& field : node.fields) {
        append(out, "  /** {} */\n  {}{}{}: {};\n", field.description, field.read_only ? "readonly " : "",
               field.name, field.required ? "" : "?", type_of(field));
        if (field.type == "link_list") append(out, "  readonly {}_count?: number;\n", field.name);
    }
    out += "}\n\n";
}

void append_field_info(std::string& out, const Field& field) {
    append(out, "      {{ name: {}, kind: {}, description: {}", quoted(field.name), quoted(field.type),
           quoted(field.description));
    if (field.required) out += ", required: true";
    if (field.read_only) out += ", readOnly: true";
    if (field.is_link()) append(out, ", target: {}, role: {}", quoted(field.target), quoted(field.role));
    if (!field.vocabularies.empty())
        append(out, ", vocabularies: {}", nlohmann::json(field.vocabularies).dump());
    if (!field.suggested_vocabulary.empty())
        append(out, ", suggestions: {}", quoted(field.suggested_vocabulary));
    out += " },\n";
}

template <class Items, class NameOf>
void append_union(std::string& out, const char* name, const Items& items, NameOf name_of) {
    append(out, "export type {} =", name);
    for (const auto& item : items) append(out, "\n  | {}", name_of(item));
    out += ";\n\n";
}

}  // namespace

std::string emit_typescript(const Model& model) {
    std::string out = "// Generated from model/*.json by tools/model_generator. Do not edit.\n\n";
    append(out, "export const modelVersion = {};\n\n", quoted(model.version));
    append_union(out, "NodeType", model.nodes, [](const Node& node) { return quoted(node.name); });
    append_union(out, "Vocabulary", model.vocabularies, [](const Vocabulary& it) { return quoted(it.name); });
    out +=
        "/** A value as it was entered: one or, in series and tensors, many. */\n"
        "export type Value = number | string | boolean | Value[];\n\n"
        "/** A node that stands elsewhere: in the store, or in the same document. */\n"
        "export type Pointer = { uuid: string } | { uid: string };\n"
        "export type Link<Node> = Node | Pointer;\n\n";
    for (const auto& node : model.nodes) append_interface(out, node);
    append_union(out, "AnyNode", model.nodes, [](const Node& node) { return node.name; });
    out +=
        "export interface FieldInfo {\n  name: string;\n  kind:\n    | \"text\"\n    | \"integer\"\n    | "
        "\"number\"\n"
        "    | \"boolean\"\n    | \"text_list\"\n    | \"integer_list\"\n    | \"number_or_text\"\n"
        "    | \"number_text_or_flag\"\n    | \"number_text_or_list\"\n    | \"any_value\"\n    | \"link\"\n"
        "    | \"link_list\";\n  description: string;\n  required?: boolean;\n  readOnly?: boolean;\n"
        "  target?: NodeType;\n  role?: \"containment\" | \"reference\" | \"account\";\n"
        "  vocabularies?: Vocabulary[];\n  /** Terms to offer where any text is allowed. */\n"
        "  suggestions?: Vocabulary;\n}\n\n"
        "export interface NodeInfo {\n  slug: string;\n"
        "  group: \"primary\" | \"primary_public\" | \"subobject\" | \"supporting\";\n  description: "
        "string;\n"
        "  fields: FieldInfo[];\n}\n\n"
        "/** Every node type with its fields, in the order of answers. */\n"
        "export const nodeTypes: Record<NodeType, NodeInfo> = {\n";
    for (const auto& node : model.nodes) {
        append(out, "  {}: {{\n    slug: {},\n    group: {},\n    description: {},\n    fields: [\n",
               node.name, quoted(node.slug), quoted(node.group), quoted(node.description));
        for (const auto& field : node.fields) append_field_info(out, field);
        out += "    ],\n  },\n";
    }
    out += "};\n";
    return out;
}

}  // namespace model_generator
