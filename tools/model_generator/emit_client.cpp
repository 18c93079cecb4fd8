#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

#include "emit.hpp"

namespace model_generator {

namespace {

constexpr auto kBanner = "// Generated from model/*.json by tools/model_generator. Do not edit.\n";

template <class... Arguments>
void append(std::string& out, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Arguments>(arguments)...);
}

/// Fields that stand at every node and are reached through Node, not among the fields.
bool is_of_every_node(const Field& field) {
    return field.read_only && field.name != "name";
}

bool is_key_word(const std::string& word) {
    static const std::set<std::string> kWords{
        "and",     "asm",      "auto",     "bool",    "break",     "case",    "catch",     "char",
        "class",   "const",    "continue", "default", "delete",    "do",      "double",    "else",
        "enum",    "explicit", "export",   "extern",  "false",     "float",   "for",       "friend",
        "goto",    "if",       "inline",   "int",     "long",      "mutable", "namespace", "new",
        "not",     "operator", "or",       "private", "protected", "public",  "register",  "return",
        "short",   "signed",   "sizeof",   "static",  "struct",    "switch",  "template",  "this",
        "throw",   "true",     "try",      "typedef", "typename",  "union",   "unsigned",  "using",
        "virtual", "void",     "volatile", "while",   "xor",       "concept", "requires"};
    return kWords.contains(word);
}

/// A C++ name for any word of the model.
std::string identifier(const std::string& word) {
    std::string name;
    for (const char c : word) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain) {
            name.push_back(c);
        } else if (!name.empty() && name.back() != '_') {
            name.push_back('_');  // never two in a row: such names belong to the compiler
        }
    }
    if (name.empty() || (name.front() >= '0' && name.front() <= '9')) name.insert(0, "n");
    if (is_key_word(name)) name.push_back('_');
    return name;
}

std::string member_name(const Field& field) {
    return field.name == "public" ? "is_public" : identifier(field.name);
}

/// The C++ type of a field of `Fields`, links included.
std::string member_type(const Field& field) {
    static const std::map<std::string, std::string> kTypes{
        {"integer", "std::optional<std::int64_t>"},
        {"number", "std::optional<Number>"},
        {"boolean", "std::optional<bool>"},
        {"text_list", "std::vector<std::string>"},
        {"integer_list", "std::vector<std::int64_t>"},
        {"number_or_text", "Value"},
        {"number_text_or_flag", "Value"},
        {"number_text_or_list", "Value"},
        {"any_value", "Value"},
    };
    if (field.type == "text") return field.required ? "std::string" : "std::optional<std::string>";
    if (field.type == "link") return fmt::format("Link<{}>", field.target);
    if (field.type == "link_list") return fmt::format("List<{}>", field.target);
    const auto found = kTypes.find(field.type);
    if (found == kTypes.end())
        throw std::runtime_error("libcript has no type for fields of type " + field.type);
    return found->second;
}

/// What people say first of a node: the arguments of its constructor. `=` sets a field that is not said.
struct Argument {
    const char* field;
    const char* fallback = nullptr;  ///< C++ text of the default argument
};
struct Constructor {
    const char* node;
    std::vector<Argument> arguments;
    std::vector<std::pair<const char*, const char*>> settings;  ///< field and text
};

const std::vector<Constructor>& constructors() {
    static const std::vector<Constructor> kConstructors{
        {"Inventory", {{"name"}, {"material", "{}"}}, {}},
        {"Process", {{"name"}, {"type"}}, {}},
        {"Computation", {{"name"}, {"type"}}, {}},
        {"ComputationProcess", {{"name"}, {"type"}}, {}},
        {"Data", {{"name"}, {"type"}}, {}},
        {"Property", {{"key"}, {"value"}, {"unit", "{}"}}, {{"type", "value"}}},
        {"Condition", {{"key"}, {"value"}, {"unit", "{}"}}, {{"type", "value"}}},
        {"Parameter", {{"key"}, {"value"}, {"unit", "{}"}}, {}},
        {"Ingredient", {{"material"}, {"quantity", "{}"}, {"keyword", "{}"}}, {}},
        {"Equipment", {{"key"}}, {}},
        {"Citation", {{"reference"}, {"type", "\"reference\""}}, {}},
        {"SoftwareConfiguration", {{"software"}, {"algorithm", "{}"}}, {}},
        {"File", {{"name"}, {"source"}, {"type"}}, {}},
        {"User", {{"username"}}, {}},
    };
    return kConstructors;
}

const Field& field_of(const Node& node, const std::string& name) {
    const auto found = std::ranges::find(node.fields, name, &Field::name);
    if (found == node.fields.end()) {
        throw std::runtime_error(
            fmt::format("{} has no field {}, which its C++ constructor takes", node.name, name));
    }
    return *found;
}

/// The arguments of a node that is not in the list: what is required, in the order of the model.
Constructor constructor_of(const Node& node) {
    for (const auto& constructor : constructors()) {
        if (constructor.node == node.name) return constructor;
    }
    Constructor constructor{node.name.c_str(), {}, {}};
    for (const auto& field : node.fields) {
        if (field.required && !is_of_every_node(field)) constructor.arguments.push_back({field.name.c_str()});
    }
    return constructor;
}

std::string argument_type(const Field& field) {
    if (field.type == "link") return "const " + field.target + "&";
    if (field.type == "link_list") return "const std::vector<" + field.target + ">&";
    if (field.type == "text") return "std::string";
    return member_type(field);
}

std::string parameter_list(const Node& node, bool with_defaults) {
    std::string out;
    for (const auto& argument : constructor_of(node).arguments) {
        const auto& field = field_of(node, argument.field);
        append(out, "{}{} {}", out.empty() ? "" : ", ", argument_type(field), member_name(field));
        if (with_defaults && argument.fallback != nullptr) append(out, " = {}", argument.fallback);
    }
    return out;
}

/// A text alone should not turn into a node by itself; several arguments in braces may, {"mass", 1.2, "kg"},
/// and so may a node that this one stands around: a Reference where a Citation is wanted.
bool takes_a_text_alone(const Node& node) {
    const auto arguments = constructor_of(node).arguments;
    const bool alone = arguments.size() == 1 || (arguments.size() > 1 && arguments[1].fallback != nullptr);
    return alone && !field_of(node, arguments.front().field).is_link();
}

/// " A term of terms::process_type." for a field that takes terms.
std::string vocabulary_note(const Field& field) {
    std::string names;
    for (const auto& vocabulary : field.vocabularies)
        append(names, "{}terms::{}", names.empty() ? "" : ", ", vocabulary);
    if (!field.suggested_vocabulary.empty())
        append(names, "{}terms::{}", names.empty() ? "" : ", ", field.suggested_vocabulary);
    return names.empty() ? "" : fmt::format(" Terms: {}.", names);
}

void emit_handle(std::string& out, const Node& node) {
    append(out, "/// {}\nclass {} : public NodeOf<{}Fields> {{\n  public:\n", node.description, node.name,
           node.name);
    append(out,
           "    static constexpr const char* kType = \"{}\";\n    static constexpr const char* kSlug = "
           "\"{}\";\n\n",
           node.name, node.slug);
    append(out, "    {}() = default;\n", node.name);
    // A name alone should not turn into a node by itself; several arguments in braces may: {"mass", 1.2,
    // "kg"}.
    append(out, "    {}{}({});\n}};\n\n", takes_a_text_alone(node) ? "explicit " : "", node.name,
           parameter_list(node, true));
}

/// Handles whose constructors take lists of others come after those: a default argument needs complete types.
void emit_handle_after_others(std::string& out, const Model& model, const Node& node,
                              std::set<std::string>& emitted) {
    if (!emitted.insert(node.name).second) return;
    for (const auto& argument : constructor_of(node).arguments) {
        const auto& field = field_of(node, argument.field);
        if (field.type == "link_list")
            emit_handle_after_others(out, model, model.node(field.target), emitted);
    }
    emit_handle(out, node);
}

void emit_fields(std::string& out, const Node& node) {
    append(out, "struct {}Fields final : detail::Record {{\n", node.name);
    for (const auto& field : node.fields) {
        if (is_of_every_node(field)) continue;
        append(out, "    {} {}{};  ///< {}{}\n", member_type(field), member_name(field),
               field.is_link() ? "{this}" : "", field.description, vocabulary_note(field));
    }
    append(out, "\n    {}Fields();\n    void accept(detail::FieldVisitor& visitor) override;\n}};\n\n",
           node.name);
}

void emit_accept(std::string& out, const Node& node) {
    append(out, "void {}Fields::accept(detail::FieldVisitor& visitor) {{\n", node.name);
    for (const auto& field : node.fields) {
        if (is_of_every_node(field)) continue;
        const auto info = field.is_link() ? fmt::format("{{\"{}\", \"{}\", {}}}", field.name, field.target,
                                                        field.role == "containment" ? "true" : "false")
                                          : fmt::format("{{\"{}\"}}", field.name);
        append(out, "    visitor.visit({}, {});\n", info, member_name(field));
    }
    out += "}\n\n";
}

void emit_constructor(std::string& out, const Node& node) {
    const auto constructor = constructor_of(node);
    append(out, "{}::{}({})\n    : NodeOf(detail::Access::create(std::make_unique<{}Fields>())) {{\n",
           node.name, node.name, parameter_list(node, false), node.name);
    for (const auto& argument : constructor.arguments) {
        const auto& field = field_of(node, argument.field);
        const auto name = member_name(field);
        if (field.is_link()) {
            append(out, "    (*this)->{0} = {0};\n", name);
        } else if (field.type == "text" && !field.required) {
            append(out, "    if (!{0}.empty()) (*this)->{0} = std::move({0});\n", name);
        } else {
            append(out, "    (*this)->{0} = std::move({0});\n", name);
        }
    }
    for (const auto& [field, text] : constructor.settings) {
        append(out, "    (*this)->{} = \"{}\";\n", member_name(field_of(node, field)), text);
    }
    out += "}\n\n";
}

}  // namespace

std::string emit_client_nodes_header(const Model& model) {
    std::string out = kBanner;
    out +=
        "/// The node types of CRIPT. Each class is a handle: reach the fields with `->`.\n#pragma once\n\n";
    out += "#include <cstdint>\n#include <optional>\n#include <string>\n#include <vector>\n\n";
    out += "#include \"cript/node.hpp\"\n#include \"cript/value.hpp\"\n\nnamespace cript {\n\n";
    for (const auto& node : model.nodes) append(out, "struct {}Fields;\n", node.name);
    out += "\n";
    for (const auto& node : model.nodes) append(out, "class {};\n", node.name);
    out += "\n";
    std::set<std::string> emitted;
    for (const auto& node : model.nodes) emit_handle_after_others(out, model, node, emitted);
    for (const auto& node : model.nodes) emit_fields(out, node);
    out += "}  // namespace cript\n";
    return out;
}

std::string emit_client_nodes(const Model& model) {
    std::string out = kBanner;
    out +=
        "#include \"cript/nodes.hpp\"\n\n#include <map>\n#include <memory>\n#include <utility>\n\nnamespace "
        "cript {\n\n";
    for (const auto& node : model.nodes) {
        append(out, "{0}Fields::{0}Fields() : Record({0}::kType) {{}}\n\n", node.name);
        emit_accept(out, node);
        emit_constructor(out, node);
    }
    out += "namespace detail {\n\nstd::unique_ptr<Record> make_record(const std::string& type) {\n";
    for (const auto& node : model.nodes) {
        append(out, "    if (type == {0}::kType) return std::make_unique<{0}Fields>();\n", node.name);
    }
    out += "    return nullptr;\n}\n\n}  // namespace detail\n\n}  // namespace cript\n";
    return out;
}

std::string emit_client_terms(const Model& model) {
    std::string out = kBanner;
    out +=
        "/// The current terms of the controlled vocabularies: terms::process_type::multistep is "
        "\"multistep\".\n";
    out += "#pragma once\n\nnamespace cript::terms {\n\n";
    for (const auto& vocabulary : model.vocabularies) {
        std::set<std::string> names;
        append(out, "namespace {} {{\n", identifier(vocabulary.name));
        for (const auto& term : vocabulary.terms) {
            if (term.status != "current") continue;
            auto name = identifier(term.name);
            if (!names.insert(name).second) {
                throw std::runtime_error(
                    fmt::format("two terms of {} become {} in C++", vocabulary.name, name));
            }
            if (!term.description.empty()) {
                auto description = term.description;
                std::ranges::replace(description, '\n', ' ');
                append(out, "/// {}\n", description);
            }
            append(out, "inline constexpr const char* {} = {};\n", name, literal(term.name));
        }
        append(out, "}}  // namespace {}\n\n", identifier(vocabulary.name));
    }
    out += "}  // namespace cript::terms\n";
    return out;
}

}  // namespace model_generator
