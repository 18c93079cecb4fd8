#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <algorithm>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using account::Role;
using model::NodeType;

/// A world of three accounts, some projects and many nodes, made at random.
class Visibility : public test::StoreTest {
  protected:
    struct World {
        std::vector<AccountRow> accounts;
        std::vector<NodeRow> nodes;
    };

    World make_world() {
        static constexpr std::array kTypes{NodeType::Material, NodeType::Process,  NodeType::Reference,
                                           NodeType::Software, NodeType::Property, NodeType::File};
        const auto flip = [] { return *rc::gen::arbitrary<bool>(); };
        World world;
        make([&](Writer& writer) -> base::Result<void> {
            for (int at = 0; at < 3; ++at) {
                const auto name = "user" + std::to_string(++users_);
                auto account = test::insert(writer, test::account(name, at == 2));
                CRIPT_CHECK(account);
                world.accounts.push_back(*account);
            }
            const auto any_account = [&] {
                return world.accounts[*rc::gen::inRange<std::size_t>(0, world.accounts.size())].id;
            };
            const auto projects = *rc::gen::inRange<std::size_t>(1, 4);
            for (std::size_t at = 0; at < projects; ++at) {
                auto row = test::node(NodeType::Project, "project", any_account());
                row.is_public = flip();
                row.is_locked = flip();
                auto project = test::insert(writer, row);
                CRIPT_CHECK(project);
                for (const auto& account : world.accounts) {
                    const auto role = static_cast<Role>(*rc::gen::inRange(0, 3));
                    CRIPT_CHECK(writer.set_role(project->id, account.id, role));
                }
                world.nodes.push_back(*project);
            }
            const auto count = *rc::gen::inRange<std::size_t>(1, 25);
            for (std::size_t at = 0; at < count; ++at) {
                const auto type = kTypes[*rc::gen::inRange<std::size_t>(0, kTypes.size())];
                auto row = test::node(type, flip() ? "Polystyrene" : "Toluene", any_account());
                const bool is_shared = type == NodeType::Reference || type == NodeType::Software;
                if (!is_shared && flip())
                    row.project = world.nodes[*rc::gen::inRange<std::size_t>(0, projects)].id;
                row.is_public = flip();
                auto node = test::insert(writer, row);
                CRIPT_CHECK(node);
                world.nodes.push_back(*node);
            }
            return {};
        });
        return world;
    }

    /// Does the policy let this caller read this node?
    bool may_read(const AccountRow& caller, const NodeRow& row) {
        const auto point = ask([&](Reader& reader) { return reader.read_point(row.uuid, caller.id); });
        account::Target target{.type = row.type};
        target.has_project = row.project.has_value();
        target.role = point->access.role;
        target.project_is_public = point->access.is_public;
        target.project_is_locked = point->access.is_locked;
        target.is_locked = row.is_locked;
        target.created_by_caller = row.created_by == caller.id;
        const account::Caller asking{.account = caller.id, .uuid = {}, .is_admin = caller.is_admin};
        return account::decide(asking, account::Action::Read, target) == account::Verdict::Allowed;
    }

    ListQuery query(const AccountRow& caller, NodeType type) const {
        ListQuery query;
        query.type = type;
        query.caller = caller.id;
        query.caller_is_admin = caller.is_admin;
        query.after = before_;
        query.limit = 1'000;
        return query;
    }
    /// Everything that is older than the world at hand is left out: one database serves all worlds.
    void remember_end(const World& world) {
        for (const auto& row : world.nodes) before_ = std::max(before_, row.id);
    }

    int users_ = 0;
    NodeId before_ = 0;
};
CRIPT_ON_EVERY_BACKEND(Visibility);

TEST_P(Visibility, OfListsCountsAndSearchesIsWhatThePolicySays) {
    const bool holds = rc::check([&] {
        const auto world = make_world();
        for (const auto& caller : world.accounts) {
            for (std::size_t number = 0; number < model::kNodeTypeCount; ++number) {
                const auto type = static_cast<NodeType>(number);
                if (type == NodeType::User) continue;
                for (const auto* part : {"", "s", "styr"}) {
                    std::vector<NodeId> expected;
                    for (const auto& row : world.nodes) {
                        const bool fits = row.type == type && row.name.find(part) != std::string::npos;
                        if (fits && may_read(caller, row)) expected.push_back(row.id);
                    }
                    auto wanted = query(caller, type);
                    if (*part != '\0') wanted.name_contains = part;
                    const auto listed = ask([&](Reader& reader) { return reader.list(wanted); });
                    RC_ASSERT(test::ids_of(listed) == expected);
                }
            }
        }
        remember_end(world);
    });
    EXPECT_TRUE(holds);
}

TEST_P(Visibility, OfACountIsThatOfTheWholeList) {
    const bool holds = rc::check([&] {
        const auto world = make_world();
        for (const auto& caller : world.accounts) {
            for (const auto type :
                 {NodeType::Material, NodeType::Project, NodeType::Reference, NodeType::Property}) {
                for (const auto* part : {"", "o", "olue"}) {
                    auto wanted = query(caller, type);
                    wanted.after = 0;
                    wanted.limit = 1'000'000;
                    if (*part != '\0') wanted.name_contains = part;
                    const auto all = ask([&](Reader& reader) { return reader.list(wanted); });
                    wanted.limit = 1;
                    wanted.after = before_;
                    RC_ASSERT(ask([&](Reader& reader) { return reader.count(wanted); }) == all.size());
                }
            }
        }
        remember_end(world);
    });
    EXPECT_TRUE(holds);
}

TEST_P(Visibility, OfChildrenIsWhatThePolicySaysInTheOrderOfTheListEachOnce) {
    const bool holds = rc::check([&] {
        const auto world = make_world();
        const auto parent = world.nodes.front().id;
        std::vector<NodeId> listed;
        for (const auto& row : world.nodes) listed.push_back(row.id);
        std::ranges::reverse(listed);
        listed.push_back(listed.front());
        make([&](Writer& writer) {
            return writer.set_children(parent, model::FieldName::Material, listed, false);
        });
        for (const auto& caller : world.accounts) {
            std::vector<NodeId> expected;
            for (auto row = world.nodes.rbegin(); row != world.nodes.rend(); ++row) {
                if (may_read(caller, *row)) expected.push_back(row->id);
            }
            RC_ASSERT(expected == ask([&](Reader& reader) {
                          return reader.visible_children(parent, model::FieldName::Material, caller.id,
                                                         caller.is_admin);
                      }));
        }
        remember_end(world);
    });
    EXPECT_TRUE(holds);
}

TEST_P(Visibility, OfAnExactNameIsWhatThePolicySays) {
    const bool holds = rc::check([&] {
        const auto world = make_world();
        for (const auto& caller : world.accounts) {
            std::vector<NodeId> expected;
            for (const auto& row : world.nodes) {
                const bool fits = row.type == NodeType::Material && row.name == "Toluene";
                if (fits && may_read(caller, row)) expected.push_back(row.id);
            }
            auto found = test::ids_of(ask([&](Reader& reader) {
                return reader.find_named(query(caller, NodeType::Material), "Toluene");
            }));
            std::erase_if(found, [&](NodeId id) { return id <= before_; });
            RC_ASSERT(found == expected);
        }
        remember_end(world);
    });
    EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace cript::store
