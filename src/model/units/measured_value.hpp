#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/model.hpp"
#include "model/units/unit.hpp"

namespace cript::model {

/// The numbers of a node that has a key, a value and a unit (a property, condition, parameter or quantity),
/// in SI units.
struct MeasuredValue {
    std::string key;                    ///< as entered
    std::vector<double> values;         ///< one, or those of a list, which may be written as text
    std::optional<double> uncertainty;  ///< scaled, never shifted
    std::string unit;                   ///< coherent SI unit, as si_unit_of writes it; "" for numbers
};

/// Do nodes of this type have a key and a value?
[[nodiscard]] bool can_be_measured(NodeType type);

/// Nothing if the node has no key or no number, or its unit cannot be read or has no fixed size.
[[nodiscard]] std::optional<MeasuredValue> measured_value(NodeType type, std::string_view attributes);

/// The unit in which a key is kept by its vocabulary (`si_unit`), which need not be a coherent one; "" for
/// numbers, nothing if the key is not in the vocabularies of the node type, or they do not tell.
[[nodiscard]] std::optional<std::string_view> unit_of_key(NodeType type, std::string_view key);

/// Has this key numbers as values, in each vocabulary of the node type that knows it?
[[nodiscard]] bool is_number_key(NodeType type, std::string_view key);

/// What is wrong with the value and the unit of a node that can be measured: a value of another kind than its
/// key has, or none for a number; a unit that cannot be read, is missing, is of another dimension, or is one
/// too many; a value outside the range. Pointers are into the attributes. Whether that is an error depends on
/// the dialect (docs/decisions/0008-strictness-per-dialect.md).
[[nodiscard]] std::vector<base::Problem> problems_of_value(NodeType type, std::string_view attributes);

/// Do both say the same of key, value and unit? Then what was accepted once is not judged again.
[[nodiscard]] bool has_same_value(std::string_view left, std::string_view right);

}  // namespace cript::model
