#pragma once

#include <unordered_map>

#include "account/policy.hpp"
#include "store/types.hpp"

namespace cript::service {

using ProjectAccessMap = std::unordered_map<store::NodeId, store::ProjectAccess>;

/// What the policy must know of a stored node, from its row and what the caller is to its project.
[[nodiscard]] account::Target policy_target(const account::Caller& caller, const store::NodeRow& row,
                                            const store::ProjectAccess& access);
[[nodiscard]] account::Target policy_target(const account::Caller& caller, const store::NodeRow& row,
                                            const ProjectAccessMap& access);

}  // namespace cript::service
