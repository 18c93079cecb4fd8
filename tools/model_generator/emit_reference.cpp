#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "emit.hpp"

/// The pages of docs/reference that follow from the model.
namespace model_generator {

namespace {

constexpr auto kBanner = "<!-- Generated from model/*.json by tools/model_generator. Do not edit. -->\n\n";

template <class... Arguments>
void append(std::string& out, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Arguments>(arguments)...);
}

/// Text in a cell of a Markdown table.
std::string cell(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out.push_back('\\');
        out.push_back(c == '\n' ? ' ' : c);
    }
    return out;
}

std::string heading_link(const std::string& name) {
    std::string anchor;
    for (const char c : name) anchor.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    return fmt::format("[{}](#{})", name, anchor);
}

std::string type_of(const Field& field) {
    if (field.is_link()) return (field.type == "link_list" ? "list of " : "") + heading_link(field.target);
    if (field.type == "text_list") return "list of text";
    if (field.type == "integer_list") return "list of integers";
    if (field.type == "number_or_text") return "number or text";
    if (field.type == "number_text_or_flag") return "number, text or boolean";
    if (field.type == "number_text_or_list") return "number, text or list";
    if (field.type == "any_value") return "number, text, boolean or list";
    return field.type;
}

std::string limits_of(const Field& field) {
    std::string out;
    const auto add = [&](const std::string& limit) { out += (out.empty() ? "" : "; ") + limit; };
    if (!field.role.empty()) add(field.role);
    if (field.min_length > 0 && field.max_length) {
        add(fmt::format("{} to {} characters", field.min_length, *field.max_length));
    } else if (field.max_length) {
        add(fmt::format("at most {} characters", *field.max_length));
    }
    if (field.is_name) add("none of `^ < > \\| $`");
    for (const auto& vocabulary : field.vocabularies) {
        add(fmt::format("[{0}](vocabularies.md#{0})", vocabulary));
    }
    if (!field.suggested_vocabulary.empty()) {
        add(fmt::format("any text, usually of [{0}](vocabularies.md#{0})", field.suggested_vocabulary));
    }
    if (field.read_only) add("set by the server");
    return out;
}

void append_fields(std::string& out, const Node& node) {
    out += "| field | holds | required | limits | meaning |\n| --- | --- | --- | --- | --- |\n";
    for (const auto& field : node.fields) {
        append(out, "| `{}` | {} | {} | {} | {} |\n", field.name, type_of(field), field.required ? "yes" : "",
               limits_of(field), cell(field.description));
    }
}

/// "Material.property, Process.property"
std::string holders_of(const Model& model, const Node& target) {
    std::string out;
    for (const auto& node : model.nodes) {
        for (const auto& field : node.fields) {
            if (field.target != target.name || field.read_only) continue;
            out += fmt::format("{}`{}.{}`", out.empty() ? "" : ", ", node.name, field.name);
        }
    }
    return out;
}

std::string users_of(const Model& model, const Vocabulary& vocabulary) {
    std::string out;
    for (const auto& node : model.nodes) {
        for (const auto& field : node.fields) {
            const bool bound =
                std::ranges::find(field.vocabularies, vocabulary.name) != field.vocabularies.end();
            if (!bound && field.suggested_vocabulary != vocabulary.name) continue;
            out += fmt::format("{}`{}.{}`{}", out.empty() ? "" : ", ", node.name, field.name,
                               bound ? "" : " (any text)");
        }
    }
    return out;
}

}  // namespace

std::string emit_model_reference(const Model& model) {
    std::string out = kBanner;
    append(out,
           "# The data model\n\nVersion {}: {} node types. A node is a JSON object with `node` (a list of "
           "its one type name), "
           "`uuid` (its identity; a client may choose it) and `uid` (`_:` and a label, valid inside one "
           "document).\n\n",
           model.version, model.nodes.size());
    out +=
        "A link is one of three forms: `{\"uuid\": \"…\"}` for a stored node, `{\"uid\": \"_:…\"}` for a "
        "node elsewhere in the same "
        "document, or the whole node. Its role says whether the linked node belongs here (*containment*), "
        "belongs elsewhere "
        "(*reference*), or is a user (*account*). Fields set by the server, and the `<list>_count` that "
        "answers carry, are ignored "
        "on input; anything else that is not listed here is an error. `null` means absent, and in a PATCH "
        "takes a value away. "
        "Where a vocabulary is named, its terms and custom terms with a leading `+` are allowed.\n\n";
    out += "| node type | address | group | what it is |\n| --- | --- | --- | --- |\n";
    for (const auto& node : model.nodes) {
        append(out, "| {} | `{}` | {} | {} |\n", heading_link(node.name), node.slug, node.group,
               cell(node.description));
    }
    for (const auto& node : model.nodes) {
        append(out, "\n## {}\n\n{}\n\n", node.name, node.description);
        const auto holders = holders_of(model, node);
        if (!holders.empty()) append(out, "Linked from {}.\n\n", holders);
        if (node.has_rule("unit_fixed_by_key")) {
            out +=
                "The key fixes the unit, and the value is then a number that is not negative. Where the unit "
                "is empty, or the key is none of these, it need not be sent:\n\n";
            for (const auto& term : model.vocabulary("quantity_key").terms) {
                if (term.fixed_unit) append(out, "- `{}`: `\"{}\"`\n", term.name, *term.fixed_unit);
            }
            out += "\n";
        }
        if (node.has_rule("value_kind_by_key")) {
            out +=
                "The key says what kind the value is (see [parameter_key](vocabularies.md#parameter_key)); a "
                "number is "
                "always allowed.\n\n";
        }
        append_fields(out, node);
    }
    return out;
}

std::string emit_vocabulary_reference(const Model& model) {
    std::string out = kBanner;
    std::size_t terms = 0;
    for (const auto& vocabulary : model.vocabularies) terms += vocabulary.terms.size();
    append(out,
           "# The controlled vocabularies\n\n{} vocabularies with {} terms. Terms of every status are "
           "accepted; `current` ones "
           "are part of the model in its present version. Custom terms begin with `+`.\n",
           model.vocabularies.size(), terms);
    for (const auto& vocabulary : model.vocabularies) {
        append(out, "\n## {}\n\n", vocabulary.name);
        const auto users = users_of(model, vocabulary);
        if (!users.empty()) append(out, "Used by {}.\n\n", users);
        if (vocabulary.terms.empty()) {
            out += "No public source lists its terms: any text is allowed.\n";
            continue;
        }
        out += "| term | status | meaning |\n| --- | --- | --- |\n";
        for (const auto& term : vocabulary.terms) {
            append(out, "| `{}` | {}{} | {} |\n", cell(term.name), term.status,
                   term.replaced_by.empty() ? "" : ", now `" + cell(term.replaced_by) + "`",
                   cell(term.description));
        }
    }
    return out;
}

}  // namespace model_generator
