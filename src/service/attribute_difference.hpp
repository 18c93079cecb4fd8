#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"
#include "store/graph_rows.hpp"

namespace cript::service {

/// The names of the members in which two JSON objects differ, in the order of the first, then of the second.
[[nodiscard]] std::vector<std::string> differing_fields(std::string_view before, std::string_view after);

/// Are nodes of this type in the side table of identifiers?
[[nodiscard]] bool has_identifiers(model::NodeType type);

/// What the side table of identifiers holds of a node: each text (and each of a list) of a material's
/// identifier fields, title and DOI of a reference, and of a file the SHA-256 of its content, as its source.
[[nodiscard]] store::Identifiers identifiers_of(model::NodeType type, std::string_view attributes);

}  // namespace cript::service
