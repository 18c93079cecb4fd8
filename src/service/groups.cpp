#include "service/groups.hpp"

#include <algorithm>
#include <set>

#include "service/save_record.hpp"

namespace cript::service {

namespace {

using base::ErrorKind;
using base::fail;
using store::AccountId;
using store::GroupRow;

constexpr std::size_t kLongestName = 2048;

tl::unexpected<base::Error> not_there() {
    return fail(ErrorKind::NotFound, "there is no such group");
}

tl::unexpected<base::Error> wrong(std::string pointer, std::string message, std::string_view code) {
    return fail({ErrorKind::InvalidInput, message, {{std::move(pointer), message, std::string(code), ""}}});
}

tl::unexpected<base::Error> name_taken(const std::string& uuid) {
    return fail({ErrorKind::Conflict,
                 "there is a group of that name already",
                 {{"/name", "name", std::string(kDuplicateRecord), uuid}}});
}

bool is_in(const std::vector<AccountId>& members, const account::Caller& caller) {
    return std::ranges::find(members, caller.account) != members.end();
}

bool are_the_same(const std::vector<AccountId>& left, const std::vector<AccountId>& right) {
    return std::set(left.begin(), left.end()) == std::set(right.begin(), right.end());
}

base::Result<Group> with_users(store::Reader& reader, const GroupRow& row,
                               const std::vector<AccountId>& members) {
    Group group{row.uuid, row.name, row.is_public, row.created_at, row.updated_at, {}};
    for (const auto member : members) {
        auto uuid = reader.account_uuid(member);
        CRIPT_CHECK(uuid);
        if (*uuid) group.users.push_back(**uuid);
    }
    return group;
}

/// The own group of the account of that uuid, if there is one.
base::Result<std::optional<Group>> own_group(store::Reader& reader, const base::Uuid& uuid) {
    const base::Uuid uuids[] = {uuid};
    auto rows = reader.find_nodes(uuids);
    CRIPT_CHECK(rows);
    const auto& person = rows->front();
    if (!person || person->type != model::NodeType::User) return std::nullopt;
    auto account = reader.find_account(person->created_by);
    CRIPT_CHECK(account);
    if (!*account) return std::nullopt;
    return Group{uuid, (*account)->username, false, (*account)->created_at, (*account)->created_at, {uuid}};
}

struct Found {
    GroupRow row;
    std::vector<AccountId> members;
};

/// A group that the caller may see; no account's own one.
base::Result<Found> find(store::Reader& reader, const account::Caller& caller, const base::Uuid& uuid) {
    auto row = reader.find_group(uuid);
    CRIPT_CHECK(row);
    if (!*row) return not_there();
    auto members = reader.members_of((*row)->id);
    CRIPT_CHECK(members);
    if (!(*row)->is_public && !is_in(*members, caller) && !caller.is_admin) return not_there();
    return Found{std::move(**row), std::move(*members)};
}

/// The same, for a change of it.
base::Result<Found> find_to_change(store::Reader& reader, const account::Caller& caller,
                                   const base::Uuid& uuid) {
    auto own = own_group(reader, uuid);
    CRIPT_CHECK(own);
    if (*own) return fail(ErrorKind::Forbidden, "the group of an account belongs to it and stays as it is");
    auto found = find(reader, caller, uuid);
    CRIPT_CHECK(found);
    if (!is_in(found->members, caller))
        return fail(ErrorKind::Forbidden, "only those who are in a group change it");
    return found;
}

/// Accounts by the uuids of their users. Errors: InvalidInput for who is not there.
base::Result<std::vector<AccountId>> accounts_of(store::Reader& reader,
                                                 const std::vector<base::Uuid>& users) {
    auto rows = reader.find_nodes(users);
    CRIPT_CHECK(rows);
    std::vector<AccountId> accounts;
    for (std::size_t at = 0; at < users.size(); ++at) {
        const auto& row = (*rows)[at];
        if (!row || row->type != model::NodeType::User)
            return wrong("/users/" + std::to_string(at), "there is no such user", kUnknownUuid);
        accounts.push_back(row->created_by);  // a User node is made by, and with, its account
    }
    return accounts;
}

/// The name is that of no other group, and of no account: each has a group of its own name.
base::Result<void> check_name(store::Reader& reader, const account::Caller& caller, const std::string& name,
                              store::GroupId self) {
    if (name.empty()) return wrong("/name", "a group needs a name", "required");
    if (name.size() > kLongestName) return wrong("/name", "the name is longer than 2048 bytes", "too_long");
    auto other = reader.group_named(name);
    CRIPT_CHECK(other);
    if (*other && (*other)->id != self) {
        auto members = reader.members_of((*other)->id);
        CRIPT_CHECK(members);
        const bool is_visible = (*other)->is_public || is_in(*members, caller);
        return name_taken(is_visible ? (*other)->uuid.text() : "");
    }
    auto account = reader.find_account_named(name);
    CRIPT_CHECK(account);
    if (*account && (*account)->username == name)
        return name_taken((*account)->id == caller.account ? (*account)->uuid.text() : "");
    return {};
}

}  // namespace

base::Result<std::optional<store::GroupId>> group_for(store::Reader& reader, const account::Caller& caller,
                                                      const base::Uuid& uuid) {
    using Answer = std::optional<store::GroupId>;
    if (uuid == caller.uuid) return Answer{};
    auto row = reader.find_group(uuid);
    CRIPT_CHECK(row);
    if (*row) {
        auto members = reader.members_of((*row)->id);
        CRIPT_CHECK(members);
        if (is_in(*members, caller)) return Answer{(*row)->id};
    }
    return wrong("/group", "there is no such group that you are in", kUnknownGroup);
}

base::Result<void> check_group(Context& context, const account::Caller& caller, const base::Uuid& uuid) {
    return context.store.read([&](store::Reader& reader) -> base::Result<void> {
        CRIPT_CHECK(group_for(reader, caller, uuid));
        return {};
    });
}

base::Result<Group> read_group(Context& context, const account::Caller& caller, const base::Uuid& uuid) {
    return read<Group>(context.store, [&](store::Reader& reader) -> base::Result<Group> {
        auto own = own_group(reader, uuid);
        CRIPT_CHECK(own);
        if (*own) return std::move(**own);
        auto found = find(reader, caller, uuid);
        CRIPT_CHECK(found);
        return with_users(reader, found->row, found->members);
    });
}

base::Result<std::vector<Group>> list_groups(Context& context, const account::Caller& caller) {
    using Groups = std::vector<Group>;
    return read<Groups>(context.store, [&](store::Reader& reader) -> base::Result<Groups> {
        Groups groups;
        auto own = own_group(reader, caller.uuid);
        CRIPT_CHECK(own);
        if (*own) groups.push_back(std::move(**own));
        auto rows = reader.groups_for(caller.account);
        CRIPT_CHECK(rows);
        for (const auto& row : *rows) {
            auto members = reader.members_of(row.id);
            CRIPT_CHECK(members);
            auto group = with_users(reader, row, *members);
            CRIPT_CHECK(group);
            groups.push_back(std::move(*group));
        }
        return groups;
    });
}

base::Result<Group> create_group(Context& context, const account::Caller& caller,
                                 const GroupContent& content) {
    return write<Group>(context.store, [&](store::Writer& writer) -> base::Result<Group> {
        CRIPT_CHECK(check_name(writer, caller, content.name, 0));
        auto members = accounts_of(writer, content.users);
        CRIPT_CHECK(members);
        if (!is_in(*members, caller)) members->push_back(caller.account);
        const auto now = context.clock.now();
        GroupRow row{0, base::Uuid::random(), content.name, content.is_public, caller.account, now, now};
        CRIPT_CHECK(writer.insert_group(row));
        CRIPT_CHECK(writer.set_members(row.id, *members));
        return with_users(writer, row, *members);
    });
}

base::Result<Group> change_group(Context& context, const account::Caller& caller, const base::Uuid& uuid,
                                 const GroupContent& content, account::AuditEvent event) {
    return write<Group>(context.store, [&](store::Writer& writer) -> base::Result<Group> {
        auto found = find_to_change(writer, caller, uuid);
        CRIPT_CHECK(found);
        auto& [row, members] = *found;
        CRIPT_CHECK(check_name(writer, caller, content.name, row.id));
        if (!content.users.empty()) {
            auto wanted = accounts_of(writer, content.users);
            CRIPT_CHECK(wanted);
            if (!is_in(*wanted, caller)) wanted->push_back(caller.account);
            if (!are_the_same(*wanted, members)) {
                if (row.created_by != caller.account)
                    return fail(ErrorKind::Forbidden, "who is in a group is for its maker to say");
                event.action = "group.members_changed";
                event.detail = row.uuid.text();
                CRIPT_CHECK(writer.append_audit(context.clock.now(), event));
            }
            members = std::move(*wanted);
        }
        row.name = content.name;
        row.is_public = content.is_public;
        row.updated_at = context.clock.now();
        CRIPT_CHECK(writer.update_group(row));
        CRIPT_CHECK(writer.set_members(row.id, members));
        return with_users(writer, row, members);
    });
}

base::Result<void> delete_group(Context& context, const account::Caller& caller, const base::Uuid& uuid) {
    return context.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto found = find_to_change(writer, caller, uuid);
        CRIPT_CHECK(found);
        auto projects = writer.count_projects_of(found->row.id);
        CRIPT_CHECK(projects);
        if (*projects > 0) return fail(ErrorKind::Conflict, "it is still the group of a project");
        return writer.delete_group(found->row.id);
    });
}

}  // namespace cript::service
