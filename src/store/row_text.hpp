#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/types.hpp"

namespace cript::store {

// What every database writes alike, so that an instance can move from one to another.

/// The node that stands for an account, so that links can name people.
[[nodiscard]] NodeRow user_node(const AccountRow& account);

/// How history keeps the links of a node: [["field", position, child], …].
[[nodiscard]] std::string history_edges(std::span<const EdgeRow> edges);

/// The same, read back. A field that the model has no more is left out.
[[nodiscard]] std::vector<EdgeRow> read_history_edges(NodeId parent, std::string_view text);

/// A pattern of LIKE that finds a text anywhere, with `\` as its escape.
[[nodiscard]] std::string like_pattern(std::string_view text);

}  // namespace cript::store
