#pragma once

#include <cstdint>
#include <vector>

#include "model/graph.hpp"
#include "model/problem_list.hpp"

namespace cript::model {

/// A node that a document gives in full once more.
struct Repeat {
    std::uint32_t node;   ///< index of the later mention
    std::uint32_t first;  ///< index of the first
};

/// Reports repeats that say something else, or more, than the first mention, and takes all others out of the
/// graph. A repeat may say less: answers show a node that is still open without its children, and those come
/// back.
void settle_repeats(Graph& graph, const std::vector<Repeat>& repeats, ProblemList& problems);

}  // namespace cript::model
