#pragma once

#include "base/json_reader.hpp"

#include <optional>
#include <string>

#include "model/model.hpp"
#include "model/units/unit.hpp"

namespace cript::api::legacy {

/// Value, uncertainty and unit of a property, condition or quantity as this dialect shows them, where that
/// differs from what is stored.
struct Measure {
    bool is_converted = false;
    std::string value{};  ///< JSON, like the others
    std::string unit{};
    std::string uncertainty{};

    [[nodiscard]] bool has(model::FieldName field) const;
    [[nodiscard]] const std::string& json(model::FieldName field) const;
};

/// In the SI unit of the node's key. Nothing is converted of other types, of custom keys, and of what has no
/// number.
[[nodiscard]] Measure measured(model::NodeType type, simdjson::dom::element attributes);

/// A value or an uncertainty in another unit, as JSON: a number, or a list of them; nothing for anything
/// else, where the units do not compare, and where the number would be too large.
[[nodiscard]] std::optional<std::string> in_other_unit(model::FieldName field, simdjson::dom::element value,
                                                       const model::Unit& from, const model::Unit& to);

}  // namespace cript::api::legacy
