#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "model/units/unit.hpp"
#include "store/types.hpp"

namespace cript::api::v1 {

/// A search for values of a key between two bounds.
struct MeasuredQuery {
    store::MeasuredFilter filter;  ///< in SI units
    model::Unit unit;              ///< in which the bounds were given
    std::optional<base::Uuid> after;
    unsigned limit = 10;
};

/// The body of such a search, `{"key", "unit", "min", "max", "after", "limit"}`; all but `key` may be null.
/// Without a unit it is that of the key in the vocabularies of properties and conditions. Errors:
/// InvalidInput with all problems.
[[nodiscard]] base::Result<MeasuredQuery> read_measured_query(std::string_view json);

}  // namespace cript::api::v1
