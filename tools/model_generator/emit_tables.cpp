#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "emit.hpp"

namespace model_generator {

namespace {

constexpr auto kBanner = "// Generated from model/*.json by tools/model_generator. Do not edit.\n";

template <class... Arguments>
void append(std::string& out, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Arguments>(arguments)...);
}

std::string flag(bool value) {
    return value ? "true" : "false";
}

/// The name of the constant array that holds a field's vocabularies.
std::string vocabulary_set(const Field& field) {
    std::string name = "kOf";
    for (const auto& vocabulary : field.vocabularies) name += pascal_case(vocabulary);
    return name;
}

std::string emit_field(const Model& model, const Field& field) {
    // Fields that are no links still need a value there; the first type stands for "none".
    const auto& target = field.is_link() ? field.target : model.nodes.front().name;
    return fmt::format(
        "    {{FieldName::{}, FieldKind::{}, LinkRole::{}, NodeType::{}, {}, {}, {}, {}, {}, {}, {}}},\n",
        pascal_case(field.name), pascal_case(field.type), field.is_link() ? pascal_case(field.role) : "None",
        target, flag(field.required), flag(field.read_only), flag(field.nullable), flag(field.is_name),
        field.min_length, field.max_length ? std::to_string(*field.max_length) : "kUnlimited",
        field.vocabularies.empty() ? "{}" : vocabulary_set(field));
}

std::string bound(const std::optional<double>& value, const char* open) {
    return value ? fmt::format("{}", *value) : open;
}

/// Of one value; a list has several of its kind.
std::string value_type(const Term& term) {
    const auto is_list = term.value_type.starts_with("list[") && term.value_type.ends_with(']');
    const auto kind = is_list ? term.value_type.substr(5, term.value_type.size() - 6) : term.value_type;
    if (kind == "number" || kind == "integer") return "Number";
    if (kind == "string") return "Text";
    if (kind == "boolean") return "Flag";
    return "Any";
}

}  // namespace

std::string literal(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\' || c == '?') {  // `?` so that no trigraph can form
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20) {
            append(out, "\\{:03o}", byte);
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
    return out;
}

std::string literals(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) append(out, "{}{}", out.empty() ? "" : ", ", literal(text));
    return out;
}

std::string emit_tables_header(const Model& model) {
    std::string out = kBanner;
    out +=
        "#pragma once\n\n#include <cstddef>\n#include <cstdint>\n#include <string_view>\n\nnamespace "
        "cript::model {\n\n";
    append(out, "inline constexpr std::string_view kModelVersion = \"{}\";\n\n", model.version);
    out += "/// The node types, in the order of model/nodes.json.\nenum class NodeType : std::uint8_t {\n";
    for (const auto& node : model.nodes) append(out, "    {},  ///< {}\n", node.name, node.description);
    append(out, "}};\ninline constexpr std::size_t kNodeTypeCount = {};\n\n", model.nodes.size());
    out +=
        "/// All names of fields, of whatever node type, in alphabetical order.\nenum class FieldName : "
        "std::uint8_t {\n";
    for (const auto& name : model.field_names) append(out, "    {},\n", pascal_case(name));
    append(out, "}};\ninline constexpr std::size_t kFieldNameCount = {};\n\n", model.field_names.size());
    out += "/// The controlled vocabularies.\nenum class Vocabulary : std::uint8_t {\n";
    for (const auto& vocabulary : model.vocabularies) append(out, "    {},\n", pascal_case(vocabulary.name));
    append(out, "}};\ninline constexpr std::size_t kVocabularyCount = {};\n\n", model.vocabularies.size());
    out += "}  // namespace cript::model\n";
    return out;
}

std::string emit_node_tables(const Model& model) {
    std::string out = kBanner;
    out += "#include \"model/table_layout.hpp\"\n\nnamespace cript::model::tables {\n\nnamespace {\n\n";
    std::vector<std::string> sets;
    for (const auto& node : model.nodes) {
        for (const auto& field : node.fields) {
            if (field.vocabularies.empty()) continue;
            const auto name = vocabulary_set(field);
            if (std::ranges::find(sets, name) != sets.end()) continue;
            sets.push_back(name);
            append(out, "constexpr Vocabulary {}[] = {{", name);
            for (std::size_t at = 0; at < field.vocabularies.size(); ++at) {
                append(out, "{}Vocabulary::{}", at == 0 ? "" : ", ", pascal_case(field.vocabularies[at]));
            }
            out += "};\n";
        }
    }
    for (const auto& node : model.nodes) {
        append(out, "\nconstexpr Field k{}Fields[] = {{\n", node.name);
        for (const auto& field : node.fields) out += emit_field(model, field);
        out += "};\n";
    }
    out += "\n}  // namespace\n\n";
    append(out, "const std::array<NodeInfo, kNodeTypeCount> kNodes{{{{\n");
    for (const auto& node : model.nodes) {
        append(out, "    {{\"{0}\", \"{1}\", NodeGroup::{2}, k{0}Fields}},\n", node.name, node.slug,
               pascal_case(node.group));
    }
    out += "}};\n\nconst std::array<NodeRules, kNodeTypeCount> kRules{{\n";
    for (const auto& node : model.nodes) {
        append(out, "    {{{}, {}}},\n", flag(node.has_rule("unit_fixed_by_key")),
               flag(node.has_rule("value_kind_by_key")));
    }
    out += "}};\n\nconst std::array<std::string_view, kFieldNameCount> kFieldNames{\n";
    for (const auto& name : model.field_names) append(out, "    \"{}\",\n", name);
    out += "};\n\n}  // namespace cript::model::tables\n";
    return out;
}

std::string emit_term_tables(const Model& model) {
    std::string out = kBanner;
    out += "#include \"model/table_layout.hpp\"\n\nnamespace cript::model::tables {\n\nnamespace {\n\n";
    for (const auto& vocabulary : model.vocabularies) {
        if (vocabulary.terms.empty()) continue;
        const auto name = pascal_case(vocabulary.name);
        append(out, "constexpr Term k{}Terms[] = {{\n", name);
        for (const auto& term : vocabulary.terms) {
            append(out, "    {{{}, {}, {}, {}}},\n", literal(term.name), literal(term.description),
                   literal(term.status), literal(term.json));
        }
        out += "};\n";
        for (std::size_t at = 0; at < vocabulary.terms.size(); ++at) {
            const auto& term = vocabulary.terms[at];
            if (!term.aliases.empty()) {
                append(out, "constexpr std::string_view k{}Aliases{}[] = {{{}}};\n", name, at,
                       literals(term.aliases));
            }
            if (!term.other_units.empty()) {
                append(out, "constexpr std::string_view k{}Units{}[] = {{{}}};\n", name, at,
                       literals(term.other_units));
            }
            if (!term.spellings.empty()) {
                append(out, "constexpr std::string_view k{}Spellings{}[] = {{{}}};\n", name, at,
                       literals(term.spellings));
            }
        }
        append(out, "constexpr TermFacts k{}Facts[] = {{\n", name);
        for (std::size_t at = 0; at < vocabulary.terms.size(); ++at) {
            const auto& term = vocabulary.terms[at];
            append(out, "    {{{}, {}, {}, ValueType::{}, {}, {}, {}, {}, {}, {}, {}}},\n",
                   term.aliases.empty() ? "{}" : fmt::format("k{}Aliases{}", name, at),
                   term.spellings.empty() ? "{}" : fmt::format("k{}Spellings{}", name, at),
                   literal(term.replaced_by), value_type(term), bound(term.minimum, "-kUnbounded"),
                   bound(term.maximum, "kUnbounded"), flag(term.fixed_unit.has_value()),
                   literal(term.fixed_unit.value_or("")), flag(term.si_unit.has_value()),
                   literal(term.si_unit.value_or("")),
                   term.other_units.empty() ? "{}" : fmt::format("k{}Units{}", name, at));
        }
        out += "};\n\n";
    }
    out += "}  // namespace\n\nconst std::array<VocabularyTable, kVocabularyCount> kVocabularies{{\n";
    for (const auto& vocabulary : model.vocabularies) {
        const auto name = pascal_case(vocabulary.name);
        if (vocabulary.terms.empty()) {
            append(out, "    {{\"{}\", {{}}, {{}}}},\n", vocabulary.name);
        } else {
            append(out, "    {{\"{0}\", k{1}Terms, k{1}Facts}},\n", vocabulary.name, name);
        }
    }
    out += "}};\n\n}  // namespace cript::model::tables\n";
    return out;
}

}  // namespace model_generator
