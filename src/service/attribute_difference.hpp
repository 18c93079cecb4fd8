#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"
#include "store/graph_rows.hpp"

namespace cript::service {

/// The names of the members in which two JSON objects differ, in the order of the first, then of the second.
[[nodiscard]] std::vector<std::string> differing_fields(std::string_view before, std::string_view after);

/// What the search side table holds of a material: each text (and each of a list) of its identifier fields.
[[nodiscard]] store::Identifiers identifiers_of(model::NodeType type, std::string_view attributes);

}  // namespace cript::service
