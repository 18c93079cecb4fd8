#pragma once

#include <string_view>

#include "model/units/unit.hpp"

namespace cript::model {

class UnitWords;

/// parse_unit with the words known so far.
[[nodiscard]] base::Result<Unit> read_unit(std::string_view text, const UnitWords& words);

}  // namespace cript::model
