#pragma once

#include <string_view>
#include <vector>

#include "service/save_plan.hpp"

namespace cript::service {

/// Was the document read before the last change of the node? Clients send back whole what they have read. Who
/// may see and change a node has been decided since, and must not be undone by that.
[[nodiscard]] bool is_stale_copy(const model::GraphNode& node, const PlannedNode& planned);

/// Tells that a field with rights was not taken from a stale copy. `pointer` is where its node stands.
[[nodiscard]] base::Problem stale_copy_warning(std::string_view pointer, model::FieldName field);

/// What the caller may do about a node that is stored.
struct FlagRights {
    bool administers = false;
    bool may_unset_public = false;  ///< in this dialect
};

/// Plans what becomes of `public` and `locked` of a node that is stored; what is not taken is told in
/// `warnings`.
void plan_flags(const model::GraphNode& node, std::string_view pointer, FlagRights rights,
                PlannedNode& planned, std::vector<base::Problem>& warnings);

}  // namespace cript::service
