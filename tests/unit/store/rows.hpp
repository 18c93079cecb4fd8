#pragma once

#include <string>
#include <utility>
#include <vector>

#include "store/store.hpp"

/// Short ways to make rows, for the tests of this folder.
namespace cript::store::test {

inline constexpr base::Timestamp kNow{1'800'000'000'000'000};

inline AccountRow account(std::string username, bool is_admin = false) {
    AccountRow row;
    row.uuid = base::Uuid::random();
    row.email = username + "@example.org";
    row.username = std::move(username);
    row.password_hash = "hash";
    row.is_admin = is_admin;
    row.created_at = kNow;
    return row;
}

inline NodeRow node(model::NodeType type, std::string name, AccountId by,
                    std::optional<NodeId> project = {}) {
    NodeRow row;
    row.uuid = base::Uuid::random();
    row.type = type;
    row.attributes = name.empty() ? "{}" : R"({"name":")" + name + "\"}";
    row.name = std::move(name);
    row.project = project;
    row.created_by = row.updated_by = by;
    row.created_at = row.updated_at = kNow;
    return row;
}

/// Inserts an account and gives it as it is stored.
inline base::Result<AccountRow> insert(AccountWriter& writer, AccountRow row) {
    if (auto done = writer.insert_account(row); !done) return base::fail(done.error());
    return row;
}

/// Inserts a node and gives it as it is stored.
inline base::Result<NodeRow> insert(GraphWriter& writer, NodeRow row) {
    NodeRow* const rows[] = {&row};
    if (auto done = writer.insert_nodes(rows); !done) return base::fail(done.error());
    return row;
}

/// A project with its name taken and its creator as administrator.
inline base::Result<NodeRow> insert_project(Writer& writer, std::string name, AccountId by) {
    auto row = insert(writer, node(model::NodeType::Project, std::move(name), by));
    if (!row) return row;
    if (auto done = writer.set_project_name(row->id, row->name); !done) return base::fail(done.error());
    if (auto done = writer.set_role(row->id, by, account::Role::Admin); !done)
        return base::fail(done.error());
    return row;
}

inline std::vector<NodeId> ids_of(const std::vector<NodeRow>& rows) {
    std::vector<NodeId> ids;
    for (const auto& row : rows) ids.push_back(row.id);
    return ids;
}

inline std::vector<std::string> names_of(const std::vector<NodeRow>& rows) {
    std::vector<std::string> names;
    for (const auto& row : rows) names.push_back(row.name);
    return names;
}

inline void expect_same(const NodeRow& left, const NodeRow& right) {
    EXPECT_EQ(left.id, right.id);
    EXPECT_EQ(left.uuid, right.uuid);
    EXPECT_EQ(left.type, right.type);
    EXPECT_EQ(left.name, right.name);
    EXPECT_EQ(left.attributes, right.attributes);
    EXPECT_EQ(left.project, right.project);
    EXPECT_EQ(left.created_by, right.created_by);
    EXPECT_EQ(left.updated_by, right.updated_by);
    EXPECT_EQ(left.created_at, right.created_at);
    EXPECT_EQ(left.updated_at, right.updated_at);
    EXPECT_EQ(left.is_public, right.is_public);
    EXPECT_EQ(left.is_locked, right.is_locked);
    EXPECT_EQ(left.revision, right.revision);
}

}  // namespace cript::store::test
