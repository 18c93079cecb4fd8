#pragma once

#include "service/save_plan.hpp"

namespace cript::service {

/// Writes what a save has decided. New nodes have their ids afterwards.
[[nodiscard]] base::Result<void> apply_plan(store::Writer& writer, const account::Caller& caller,
                                            SavePlan& plan);

/// What a plan did, or would do. Takes its lists out of it.
[[nodiscard]] SaveOutcome outcome_of(SavePlan& plan, bool lists_changes);

}  // namespace cript::service
