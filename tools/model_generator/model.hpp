#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace model_generator {

/// One field of a node type, base fields included.
struct Field {
    std::string name;    ///< snake case, as in JSON
    std::string type;    ///< text, integer, number, boolean, text_list, integer_list, number_or_text,
                         ///< number_text_or_flag, number_text_or_list, any_value, link or link_list
    std::string target;  ///< node type of a link
    std::string role;    ///< of a link: containment, reference or account
    bool required = false;
    bool read_only = false;
    bool nullable = false;
    bool is_name = false;
    std::uint32_t min_length = 0;
    std::optional<std::uint32_t> max_length;
    std::vector<std::string> vocabularies;
    std::string suggested_vocabulary;  ///< terms to offer where any text is allowed
    std::string description;

    [[nodiscard]] bool is_link() const { return !target.empty(); }
    [[nodiscard]] bool is_list() const { return type.ends_with("_list") && type != "number_text_or_list"; }
};

struct Node {
    std::string name;   ///< "ComputationProcess"
    std::string slug;   ///< "computation_process"
    std::string group;  ///< primary, primary_public, subobject or supporting
    std::string description;
    std::vector<std::string> rules;  ///< unit_fixed_by_key, value_kind_by_key
    std::vector<Field> fields;       ///< in the order of answers

    [[nodiscard]] bool has_rule(const std::string& rule) const;
};

struct Term {
    std::string name;
    std::string description;
    std::string status;
    std::string replaced_by;
    std::vector<std::string> aliases;    ///< other words for it, not accepted
    std::vector<std::string> spellings;  ///< other words for it, accepted
    std::string value_type;              ///< of keys: number, string, boolean, …; empty when not known
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::optional<std::string> fixed_unit;  ///< the only unit this key may have
    std::optional<std::string> si_unit;     ///< in which its range is; "" for a number
    std::vector<std::string> other_units;   ///< of other dimensions, perhaps, that it takes as well
    std::string json;                       ///< the whole record
};

struct Vocabulary {
    std::string name;
    std::vector<Term> terms;
};

struct Prefix {
    std::string name;
    std::vector<std::string> also;  ///< other words for it
    double factor = 1;
};

struct Unit {
    std::string name;
    std::vector<std::string> also;  ///< other words for it
    std::string definition;         ///< an expression in units before it; empty for base units and numbers
    std::optional<std::size_t> dimension;  ///< of a base unit
    double factor = 1;                     ///< of a base unit or number
    double offset = 0;                     ///< in kelvin, of a temperature scale
};

/// What units.toml holds, apart from its corrections of terms.
struct Units {
    std::vector<std::string> dimensions;
    std::vector<std::string> si_units;  ///< of these dimensions
    std::vector<Prefix> prefixes;
    std::vector<Unit> units;
    std::vector<std::string> indefinite;  ///< words for what has no fixed size
};

struct Model {
    std::string version;
    std::vector<Node> nodes;
    std::vector<Vocabulary> vocabularies;
    std::vector<std::string> field_names;  ///< of all nodes, each once, sorted
    Units units;

    [[nodiscard]] const Node& node(const std::string& name) const;
    [[nodiscard]] const Vocabulary& vocabulary(const std::string& name) const;
};

/// Reads and checks the model. Throws std::runtime_error that names the file and the place of whatever is
/// wrong.
[[nodiscard]] Model read_model(const std::filesystem::path& folder);

/// The part of it that is in units.toml; sets what its corrections say of the terms of `model`.
[[nodiscard]] Units read_units(const std::filesystem::path& file, Model& model);

/// "computation_process" → "ComputationProcess".
[[nodiscard]] std::string pascal_case(const std::string& snake_case);

}  // namespace model_generator
