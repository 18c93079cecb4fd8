#pragma once

#include <string_view>
#include <vector>

#include "service/save_faults.hpp"
#include "service/save_plan.hpp"

namespace cript::service {

/// Holds the value of a node against the dimension and range of its key. Whether what does not fit is a fault
/// or a warning belongs to the dialect. `pointer` is where the node stands in the document.
void judge_value(model::NodeType type, std::string_view attributes, std::string_view pointer, bool must_fit,
                 std::vector<Fault>& faults, std::vector<base::Problem>& warnings);

}  // namespace cript::service
