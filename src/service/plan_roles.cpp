#include "service/plan_roles.hpp"

#include <algorithm>
#include <set>

namespace cript::service {

namespace {

using account::Role;
using model::FieldName;
using store::NodeId;

bool changes(const PlannedNode& root, FieldName field) {
    return std::any_of(root.links.begin(), root.links.end(),
                       [field](const PlannedLinks& links) { return links.field == field; });
}

std::set<NodeId> people_before(const PlannedNode& root, FieldName field) {
    std::set<NodeId> people;
    for (const auto& edge : root.former_edges) {
        if (edge.field == field) people.insert(edge.child);
    }
    return people;
}

std::set<NodeId> people_after(const PlannedNode& root, FieldName field) {
    for (const auto& links : root.links) {
        if (links.field != field) continue;
        std::set<NodeId> people;
        for (const auto& child : links.children) people.insert(child.stored);
        return people;
    }
    return people_before(root, field);
}

base::Result<Role> role_before(store::Reader& reader, const account::Caller& caller, const PlannedNode& root,
                               store::AccountId account) {
    if (root.is_new()) return account == caller.account ? Role::Admin : Role::None;
    const NodeId projects[] = {root.row.id};
    auto access = reader.project_access(account, projects);
    CRIPT_CHECK(access);
    const auto found = access->find(root.row.id);
    return found == access->end() ? Role::None : found->second.role;
}

}  // namespace

base::Result<RolePlan> plan_roles(store::Reader& reader, const account::Caller& caller,
                                  const PlannedNode& root) {
    RolePlan plan;
    if (root.row.type != model::NodeType::Project) return plan;
    if (!changes(root, FieldName::Admin) && !changes(root, FieldName::Member)) return plan;
    const auto admins = people_after(root, FieldName::Admin);
    const auto members = people_after(root, FieldName::Member);
    const auto former_admins = people_before(root, FieldName::Admin);
    auto people = people_before(root, FieldName::Member);
    for (const auto* more : {&admins, &members, &former_admins}) people.insert(more->begin(), more->end());
    auto rows = reader.nodes_with_ids(std::vector<NodeId>(people.begin(), people.end()));
    CRIPT_CHECK(rows);
    for (const auto& row : *rows) {
        const auto role = admins.contains(row.id)    ? Role::Admin
                          : members.contains(row.id) ? Role::Member
                                                     : Role::None;
        const auto account = row.created_by;  // a User node is made by, and with, its account
        auto former = role_before(reader, caller, root, account);
        CRIPT_CHECK(former);
        // Who made the project is its administrator without standing in a list, and no list takes that away.
        const bool is_unlisted_admin = *former == Role::Admin && !former_admins.contains(row.id);
        if (role != *former && !is_unlisted_admin) plan.changes.push_back({account, role});
    }
    auto makers_role = role_before(reader, caller, root, root.row.created_by);
    CRIPT_CHECK(makers_role);
    const bool maker_is_listed = std::any_of(rows->begin(), rows->end(), [&](const store::NodeRow& row) {
        return row.created_by == root.row.created_by && former_admins.contains(row.id);
    });
    plan.leaves_no_admin = admins.empty() && (*makers_role != Role::Admin || maker_is_listed);
    return plan;
}

}  // namespace cript::service
