#pragma once

#include <vector>

#include "service/save_faults.hpp"
#include "service/save_plan.hpp"

namespace cript::service {

/// Adds a fault if `root` is a project with a new name that another project has. Errors: those of the store.
[[nodiscard]] base::Result<void> judge_project_name(store::Reader& reader, const PlannedNode& root,
                                                    std::vector<Fault>& faults);

}  // namespace cript::service
