#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "model/model.hpp"

/// The form of the generated tables behind model.hpp. They are filled in by tools/model_generator.
namespace cript::model::tables {

inline constexpr std::uint32_t kUnlimited = std::numeric_limits<std::uint32_t>::max();
inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// What a key asks of its value, or of each one in a list.
enum class ValueType : std::uint8_t { Any, Number, Text, Flag };

/// What is known of a term beyond what model.hpp shows.
struct TermFacts {
    std::span<const std::string_view> aliases;    ///< words that mean it, and are not accepted
    std::span<const std::string_view> spellings;  ///< words that mean it, and are accepted
    std::string_view replaced_by;                 ///< the present term, of one that is no longer current
    ValueType value_type;
    double minimum;
    double maximum;
    bool has_fixed_unit;
    std::string_view fixed_unit;
    bool has_si_unit;                               ///< known what it is measured in; "" is a number
    std::string_view si_unit;                       ///< in which minimum and maximum are
    std::span<const std::string_view> other_units;  ///< taken as well, whatever their dimension
};

struct VocabularyTable {
    std::string_view name;
    std::span<const Term> terms;
    std::span<const TermFacts> facts;  ///< in the order of `terms`
};

/// Rules that tie fields of one node together.
struct NodeRules {
    bool unit_fixed_by_key;  ///< Quantity: `unit` is that of the key, `value` is a number not below the key's
                             ///< minimum
    bool value_kind_by_key;  ///< Parameter: `value` is of the key's kind, or a number
};

extern const std::array<NodeInfo, kNodeTypeCount> kNodes;
extern const std::array<NodeRules, kNodeTypeCount> kRules;
extern const std::array<std::string_view, kFieldNameCount> kFieldNames;
extern const std::array<VocabularyTable, kVocabularyCount> kVocabularies;
extern const std::string_view kJsonSchema;

}  // namespace cript::model::tables
