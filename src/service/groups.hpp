#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/context.hpp"

namespace cript::service {

/// A group with who is in it. Every account has one of its own, which has the account's uuid and name, cannot
/// be changed, and stands for "no group".
struct Group {
    base::Uuid uuid;
    std::string name;
    bool is_public = false;
    base::Timestamp created_at;
    base::Timestamp updated_at;
    std::vector<base::Uuid> users;
};

/// What is said of a group that is made or changed.
struct GroupContent {
    std::string name;
    bool is_public = false;
    std::vector<base::Uuid> users;  ///< none: those that it has
};

/// The group of that uuid, for use on a project or node; nothing for the caller's own one.
/// Errors: InvalidInput with kUnknownGroup unless the caller is in it.
[[nodiscard]] base::Result<std::optional<store::GroupId>> group_for(store::Reader& reader,
                                                                    const account::Caller& caller,
                                                                    const base::Uuid& uuid);
/// The same, by itself.
[[nodiscard]] base::Result<void> check_group(Context& context, const account::Caller& caller,
                                             const base::Uuid& uuid);

/// Errors: NotFound, also for a group that the caller is not in, unless it is public or an account's own.
[[nodiscard]] base::Result<Group> read_group(Context& context, const account::Caller& caller,
                                             const base::Uuid& uuid);
/// The caller's own one first, then those that the caller is in or that are public.
[[nodiscard]] base::Result<std::vector<Group>> list_groups(Context& context, const account::Caller& caller);
/// The caller is in it. Errors: InvalidInput; Conflict with kDuplicateRecord for a name that is taken.
[[nodiscard]] base::Result<Group> create_group(Context& context, const account::Caller& caller,
                                               const GroupContent& content);
/// By those who are in it, and they stay in it. Who else is, only its maker says: whoever is in the group of
/// a project belongs to that. Audited as group.members_changed, with the rest of `event` as it is. Errors: as
/// read_group and create_group; Forbidden.
[[nodiscard]] base::Result<Group> change_group(Context& context, const account::Caller& caller,
                                               const base::Uuid& uuid, const GroupContent& content,
                                               account::AuditEvent event);
/// Errors: as change_group; Conflict while a project has it.
[[nodiscard]] base::Result<void> delete_group(Context& context, const account::Caller& caller,
                                              const base::Uuid& uuid);

}  // namespace cript::service
