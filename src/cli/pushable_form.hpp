#pragma once

#include "cript/json.hpp"

namespace cript::cli {

/// A node as a server answers it, made into a document that can be pushed again: what only the server sets is
/// left out (times, authors, counts, versions), and every further mention of a node is a link by uuid.
[[nodiscard]] Json pushable_form(const Json& answered);

}  // namespace cript::cli
