#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/model.hpp"

namespace cript::model {

/// The number of insertions, deletions, substitutions and swaps of neighbours between two words, without
/// regard to ASCII case, each letter touched once (optimal string alignment). Stops counting above `limit`
/// and returns limit + 1.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit);

/// The field of the node type that a misspelt name most likely means, or an empty text.
[[nodiscard]] std::string_view suggest_field(NodeType type, std::string_view misspelt);

/// The node type that a misspelt name most likely means, or an empty text.
[[nodiscard]] std::string_view suggest_node_type(std::string_view misspelt);

/// The term of the vocabularies that a word most likely means: one that it is an alias of, else the nearest
/// in spelling. A term that was replaced gives its successor. Empty if nothing is near.
[[nodiscard]] std::string_view suggest_term(std::span<const Vocabulary> vocabularies, std::string_view word);

}  // namespace cript::model
