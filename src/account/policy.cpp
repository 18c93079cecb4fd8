#include "account/policy.hpp"

namespace cript::account {

namespace {

using model::NodeGroup;
using model::NodeType;

bool may_read(const Caller& caller, const Target& target) {
    // References, software and people are shared by everyone who is signed in.
    const auto group = model::info(target.type).group;
    if (group == NodeGroup::PrimaryPublic || target.type == NodeType::User) return true;
    if (target.has_project) return target.role != Role::None || target.project_is_public || caller.is_admin;
    return target.created_by_caller || caller.is_admin;
}

bool may_change(const Target& target) {
    if (target.type == NodeType::User) return false;  // people change themselves through their account
    if (target.has_project) return target.role != Role::None;
    return target.created_by_caller;
}

}  // namespace

Verdict decide(const Caller& caller, Action action, const Target& target) {
    if (!may_read(caller, target)) return Verdict::Hidden;
    switch (action) {
        case Action::Read:
            return Verdict::Allowed;
        case Action::Change:
            if (!may_change(target)) return Verdict::Denied;
            return target.is_locked || target.project_is_locked ? Verdict::Locked : Verdict::Allowed;
        case Action::Delete:
            // A project goes with everything in it: that is for its administrators.
            if (!may_change(target)) return Verdict::Denied;
            if (target.type == NodeType::Project && target.role != Role::Admin) return Verdict::Denied;
            return target.is_locked || target.project_is_locked ? Verdict::Locked : Verdict::Allowed;
        case Action::Administer:
            return target.role == Role::Admin || (caller.is_admin && target.has_project) ? Verdict::Allowed
                                                                                         : Verdict::Denied;
    }
    return Verdict::Hidden;
}

}  // namespace cript::account
