// The part of the transaction that knows groups.
#include "store/postgres/transaction.hpp"
#include "store/storable_text.hpp"

namespace cript::store::postgres {

namespace {

constexpr const char* kFindGroup =
    "select id, uuid, name, is_public, created_by, created_at, updated_at from account_group where uuid = $1";
constexpr const char* kGroupNamed =
    "select id, uuid, name, is_public, created_by, created_at, updated_at from account_group"
    " where digest = $1";
constexpr const char* kGroupsFor =
    "select id, uuid, name, is_public, created_by, created_at, updated_at from account_group"
    " where is_public or id in (select group_id from group_member where account = $1) order by id";

GroupRow read_group(const Rows& rows) {
    GroupRow group;
    group.id = rows.integer(0);
    group.uuid = rows.uuid(1);
    group.name = rows.text(2);
    group.is_public = rows.flag(3);
    group.created_by = rows.integer(4);
    group.created_at = rows.time(5);
    group.updated_at = rows.time(6);
    return group;
}

std::optional<GroupRow> first_of(Rows rows) {
    if (!rows.step()) return std::nullopt;
    return read_group(rows);
}

/// The only thing about a group that must be unique and that a caller chooses is its name.
base::Error name_taken(const Failure& failure) {
    if (!failure.is_broken_uniqueness()) return failure.error;
    return {base::ErrorKind::Conflict, "the name of the group is taken", {}};
}

}  // namespace

base::Result<std::optional<GroupRow>> Transaction::find_group(const base::Uuid& uuid) {
    return guarded([&] { return first_of(connection_.query(kFindGroup, Parameters(uuid))); });
}

base::Result<std::optional<GroupRow>> Transaction::group_named(std::string_view name) {
    return guarded([&] {
        return first_of(connection_.query(kGroupNamed, Parameters(crypto::sha256(base::as_bytes(name)))));
    });
}

base::Result<std::vector<GroupRow>> Transaction::groups_for(AccountId account) {
    return guarded([&] {
        auto rows = connection_.query(kGroupsFor, Parameters(account));
        std::vector<GroupRow> groups;
        while (rows.step()) groups.push_back(read_group(rows));
        return groups;
    });
}

base::Result<std::vector<AccountId>> Transaction::members_of(GroupId group) {
    return guarded([&] {
        auto rows = connection_.query("select account from group_member where group_id = $1 order by account",
                                      Parameters(group));
        std::vector<AccountId> accounts;
        while (rows.step()) accounts.push_back(rows.integer(0));
        return accounts;
    });
}

base::Result<std::optional<GroupId>> Transaction::group_of_project(NodeId project) {
    return guarded([&]() -> std::optional<GroupId> {
        auto rows =
            connection_.query("select group_id from project_group where project = $1", Parameters(project));
        if (!rows.step()) return std::nullopt;
        return rows.integer(0);
    });
}

base::Result<std::uint64_t> Transaction::count_projects_of(GroupId group) {
    return guarded([&]() -> std::uint64_t {
        auto rows =
            connection_.query("select count(*) from project_group where group_id = $1", Parameters(group));
        return rows.step() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
    });
}

base::Result<void> Transaction::insert_group(GroupRow& group) {
    return guarded(
        [&] {
            auto rows = connection_.query_or_undo(
                "insert into account_group (uuid, name, digest, is_public, created_by, created_at, "
                "updated_at)"
                " values ($1, $2, $3, $4, $5, $6, $7) returning id",
                Parameters(group.uuid, group.name, crypto::sha256(base::as_bytes(group.name)),
                           group.is_public, group.created_by, group.created_at, group.updated_at));
            if (rows.step()) group.id = rows.integer(0);
        },
        name_taken);
}

base::Result<void> Transaction::update_group(const GroupRow& group) {
    return guarded(
        [&] {
            connection_.query_or_undo(
                "update account_group set name = $2, digest = $3, is_public = $4, updated_at = $5"
                " where id = $1",
                Parameters(group.id, group.name, crypto::sha256(base::as_bytes(group.name)), group.is_public,
                           group.updated_at));
        },
        name_taken);
}

base::Result<void> Transaction::set_members(GroupId group, std::span<const AccountId> accounts) {
    return guarded([&] {
        connection_.run("delete from group_member where group_id = $1", Parameters(group));
        if (accounts.empty()) return;
        connection_.run(
            "insert into group_member (account, group_id) select distinct a.id, $2 from unnest($1) as a (id)",
            Parameters(array_of(accounts), group));
    });
}

base::Result<void> Transaction::delete_group(GroupId group) {
    return guarded([&] {
        for (const char* statement :
             {"delete from group_member where group_id = $1", "delete from project_group where group_id = $1",
              "delete from account_group where id = $1"}) {
            connection_.run(statement, Parameters(group));
        }
    });
}

base::Result<void> Transaction::set_group_of_project(NodeId project, std::optional<GroupId> group) {
    return guarded([&] {
        if (!group) {
            connection_.run("delete from project_group where project = $1", Parameters(project));
            return;
        }
        connection_.run(
            "insert into project_group (project, group_id) values ($1, $2)"
            " on conflict (project) do update set group_id = excluded.group_id",
            Parameters(project, *group));
    });
}

}  // namespace cript::store::postgres
