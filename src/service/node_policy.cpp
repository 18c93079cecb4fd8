#include "service/node_policy.hpp"

namespace cript::service {

account::Target policy_target(const account::Caller& caller, const store::NodeRow& row,
                              const store::ProjectAccess& access) {
    account::Target target;
    target.type = row.type;
    target.has_project = row.project.has_value();
    target.role = access.role;
    target.project_is_public = access.is_public;
    target.project_is_locked = access.is_locked;
    target.is_locked = row.is_locked;
    target.created_by_caller = row.created_by == caller.account;
    return target;
}

account::Target policy_target(const account::Caller& caller, const store::NodeRow& row,
                              const ProjectAccessMap& access) {
    const auto found = row.project ? access.find(*row.project) : access.end();
    return policy_target(caller, row, found == access.end() ? store::ProjectAccess{} : found->second);
}

}  // namespace cript::service
