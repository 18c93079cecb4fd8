// The part of the transaction that knows groups.
#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

namespace {

GroupRow read_group(const Query& query) {
    GroupRow group;
    group.id = query.integer(0);
    group.uuid = query.uuid(1);
    group.name = query.text(2);
    group.is_public = query.flag(3);
    group.created_by = query.integer(4);
    group.created_at = query.time(5);
    group.updated_at = query.time(6);
    return group;
}

std::optional<GroupRow> first_of(Query& query) {
    if (!query.step()) return std::nullopt;
    return read_group(query);
}

/// The only thing about a group that must be unique and that a caller chooses is its name.
base::Result<void> name_taken(base::Result<void> done) {
    if (done || done.error().kind != base::ErrorKind::Conflict) return done;
    return base::fail(base::ErrorKind::Conflict, "the name of the group is taken");
}

}  // namespace

base::Result<std::optional<GroupRow>> Transaction::find_group(const base::Uuid& uuid) {
    return guarded([&] {
        auto query = connection_.query("select * from account_group where uuid = :uuid");
        query.bind(uuid);
        return first_of(query);
    });
}

base::Result<std::optional<GroupRow>> Transaction::group_named(std::string_view name) {
    return guarded([&] {
        auto query = connection_.query("select * from account_group where name = :name");
        query.bind(name);
        return first_of(query);
    });
}

base::Result<std::vector<GroupRow>> Transaction::groups_for(AccountId account) {
    return guarded([&] {
        std::vector<GroupRow> groups;
        auto query = connection_.query(R"sql(
            select *
            from account_group
            where is_public or id in (select group_id from group_member where account = :account)
            order by id)sql");
        query.bind(account);
        while (query.step()) groups.push_back(read_group(query));
        return groups;
    });
}

base::Result<std::vector<AccountId>> Transaction::members_of(GroupId group) {
    return guarded([&] {
        std::vector<AccountId> accounts;
        auto query =
            connection_.query("select account from group_member where group_id = :group order by account");
        query.bind(group);
        while (query.step()) accounts.push_back(query.integer(0));
        return accounts;
    });
}

base::Result<std::optional<GroupId>> Transaction::group_of_project(NodeId project) {
    return guarded([&]() -> std::optional<GroupId> {
        auto query = connection_.query("select group_id from project_group where project = :project");
        query.bind(project);
        if (!query.step()) return std::nullopt;
        return query.integer(0);
    });
}

base::Result<std::uint64_t> Transaction::count_projects_of(GroupId group) {
    return guarded([&]() -> std::uint64_t {
        auto query = connection_.query("select count(*) from project_group where group_id = :group");
        query.bind(group);
        return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
    });
}

base::Result<void> Transaction::insert_group(GroupRow& group) {
    return name_taken(guarded([&] {
        connection_
            .query(R"sql(
                insert into account_group (uuid, name, is_public, created_by, created_at, updated_at)
                values (:uuid, :name, :is_public, :created_by, :created_at, :updated_at))sql")
            .bind(group.uuid, group.name, group.is_public, group.created_by, group.created_at,
                  group.updated_at)
            .run();
        group.id = connection_.last_id();
    }));
}

base::Result<void> Transaction::update_group(const GroupRow& group) {
    return name_taken(guarded([&] {
        connection_
            .query(R"sql(
                update account_group
                set name = :name, is_public = :is_public, updated_at = :updated_at
                where id = :id)sql")
            .bind(group.name, group.is_public, group.updated_at, group.id)
            .run();
    }));
}

base::Result<void> Transaction::set_members(GroupId group, std::span<const AccountId> accounts) {
    return guarded([&] {
        connection_.query("delete from group_member where group_id = :group").bind(group).run();
        auto insert = connection_.query(
            "insert or ignore into group_member (account, group_id) values (:account, :group)");
        for (const auto account : accounts) insert.bind(account, group).run();
    });
}

base::Result<void> Transaction::delete_group(GroupId group) {
    return guarded([&] {
        connection_.query("delete from group_member where group_id = :group").bind(group).run();
        connection_.query("delete from project_group where group_id = :group").bind(group).run();
        connection_.query("delete from account_group where id = :group").bind(group).run();
    });
}

base::Result<void> Transaction::set_group_of_project(NodeId project, std::optional<GroupId> group) {
    return guarded([&] {
        if (!group) {
            connection_.query("delete from project_group where project = :project").bind(project).run();
            return;
        }
        connection_
            .query("insert or replace into project_group (project, group_id) values (:project, :group)")
            .bind(project, *group)
            .run();
    });
}

}  // namespace cript::store::sqlite
