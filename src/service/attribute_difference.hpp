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

/// Under which the side table holds what identifies a material, whatever its key, and is in no field: the
/// older dialect keeps a second CAS number, and keys of people's own.
inline constexpr model::FieldName kKeptIdentifier = model::FieldName::Key;

/// What the side table of identifiers holds of a node: each text (and each of a list) of a material's
/// identifier fields, and those that are kept beside them; title and DOI of a reference; of a file the
/// SHA-256 of its content, as its source.
[[nodiscard]] store::Identifiers identifiers_of(model::NodeType type, std::string_view attributes);

}  // namespace cript::service
