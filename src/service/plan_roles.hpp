#pragma once

#include <vector>

#include "service/save_plan.hpp"

namespace cript::service {

struct RolePlan {
    std::vector<SavePlan::RoleChange> changes;
    bool leaves_no_admin = false;
};

/// What a save of this root changes in who belongs to the project: its lists `admin` and `member` are its
/// rights (decision D1). Nothing for a root of another type, or one whose lists stay as they are.
[[nodiscard]] base::Result<RolePlan> plan_roles(store::Reader& reader, const account::Caller& caller,
                                                const PlannedNode& root);

}  // namespace cript::service
