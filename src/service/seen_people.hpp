#pragma once

#include <string>
#include <vector>

#include "service/save_plan.hpp"

namespace cript::service {

/// A list of people in a stale copy (is_stale_copy).
struct StaleList {
    const model::GraphNode& node;
    const PlannedNode& planned;
    const model::Field& field;
    std::string pointer;  ///< of the node
};

/// What a list of people from a stale copy means: whoever is stored, and whom its sender added. A person who
/// stood there in the revision that the sender saw, and was taken out since, is an echo and stays out, with a
/// warning; so does everybody new if there is no such revision. Errors: those of the store.
[[nodiscard]] base::Result<std::vector<PlannedChild>> without_echoes(store::Reader& reader,
                                                                     const StaleList& list,
                                                                     std::vector<PlannedChild> sent,
                                                                     std::vector<base::Problem>& warnings);

}  // namespace cript::service
