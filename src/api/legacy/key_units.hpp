#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/model.hpp"
#include "model/units/unit.hpp"

namespace cript::api::legacy {

/// In which unit the values of a key are shown.
struct KeyUnit {
    std::string text;                 ///< as the vocabulary has it; empty where values have none
    std::optional<model::Unit> unit;  ///< nothing if its text makes no sense
};

/// A unit of the vocabularies in the words of the older SDKs: pint 0.19 does not know a later spelling.
[[nodiscard]] std::string_view unit_of_the_time(std::string_view unit);

/// Of a key of properties, conditions or quantities; nothing for custom ones and those of which no more than
/// the name is known.
[[nodiscard]] const KeyUnit* key_unit(model::NodeType type, std::string_view key);

}  // namespace cript::api::legacy
