#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/types.hpp"

namespace cript::store {

using GroupId = std::int64_t;  ///< of a group in this database

/// A named set of accounts. Whoever is in the group of a project is a member of that project.
struct GroupRow {
    GroupId id = 0;
    base::Uuid uuid;
    std::string name;
    bool is_public = false;
    AccountId created_by = 0;
    base::Timestamp created_at;
    base::Timestamp updated_at;
};

/// Questions about groups.
class GroupReader {
  public:
    virtual ~GroupReader() = default;

    [[nodiscard]] virtual base::Result<std::optional<GroupRow>> find_group(const base::Uuid& uuid) = 0;
    [[nodiscard]] virtual base::Result<std::optional<GroupRow>> group_named(std::string_view name) = 0;
    /// Those that the account belongs to, and those that are public; ascending by id.
    [[nodiscard]] virtual base::Result<std::vector<GroupRow>> groups_for(AccountId account) = 0;
    /// Ascending.
    [[nodiscard]] virtual base::Result<std::vector<AccountId>> members_of(GroupId group) = 0;
    /// The group of a project, if it has one of its own.
    [[nodiscard]] virtual base::Result<std::optional<GroupId>> group_of_project(NodeId project) = 0;
    /// How many projects have this group.
    [[nodiscard]] virtual base::Result<std::uint64_t> count_projects_of(GroupId group) = 0;
};

/// Changes to groups.
class GroupWriter {
  public:
    virtual ~GroupWriter() = default;

    /// Inserts the group and sets `id`. Errors: Conflict if the name is taken.
    [[nodiscard]] virtual base::Result<void> insert_group(GroupRow& group) = 0;
    /// Writes name, `is_public` and `updated_at`. Errors: Conflict if the name is taken.
    [[nodiscard]] virtual base::Result<void> update_group(const GroupRow& group) = 0;
    [[nodiscard]] virtual base::Result<void> set_members(GroupId group,
                                                         std::span<const AccountId> accounts) = 0;
    [[nodiscard]] virtual base::Result<void> delete_group(GroupId group) = 0;
    /// Nothing takes the group away.
    [[nodiscard]] virtual base::Result<void> set_group_of_project(NodeId project,
                                                                  std::optional<GroupId> group) = 0;
};

}  // namespace cript::store
