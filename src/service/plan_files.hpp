#pragma once

#include "service/save_faults.hpp"
#include "service/save_plan.hpp"

namespace cript::service {

/// Finds the stored file that each changed File node names, and says which of them it may not name: a File
/// may name a file that its author stored, or may read already. Warns of sources that are neither an address
/// nor a stored file.
[[nodiscard]] base::Result<void> plan_file_sources(store::Reader& reader, const account::Caller& caller,
                                                   const model::Graph& graph, SavePlan& plan,
                                                   std::vector<Fault>& faults);

}  // namespace cript::service
