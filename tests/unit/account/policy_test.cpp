#include "account/policy.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace cript::account {
namespace {

using model::NodeType;

constexpr std::array kActions{Action::Read, Action::Change, Action::Delete, Action::Administer};
constexpr std::array kRoles{Role::None, Role::Member, Role::Admin};

/// One line of the table: who asks, what for, and of what.
struct Case {
    Caller caller;
    Action action{};
    Target target;
};

std::string words(const Case& one) {
    static constexpr std::array kActionWords{"read", "change", "delete", "administer"};
    static constexpr std::array kRoleWords{"no role", "member", "admin"};
    std::string text(kActionWords.at(static_cast<std::size_t>(one.action)));
    text.append(" ").append(model::info(one.target.type).name);
    text.append(", ").append(kRoleWords.at(static_cast<std::size_t>(one.target.role)));
    if (one.caller.is_admin) text.append(", administrator of the server");
    if (one.target.has_project) text.append(", in a project");
    if (one.target.project_is_public) text.append(", public");
    if (one.target.project_is_locked) text.append(", project locked");
    if (one.target.is_locked) text.append(", locked");
    if (one.target.created_by_caller) text.append(", the caller's own");
    return text;
}

/// Calls `visit` with every line of the table.
template <class Visit>
void for_every_case(Visit visit) {
    for (std::size_t type = 0; type < model::kNodeTypeCount; ++type) {
        for (unsigned flags = 0; flags < 64; ++flags) {
            for (const auto role : kRoles) {
                for (const auto action : kActions) {
                    Case one;
                    one.caller.is_admin = (flags & 1U) != 0;
                    one.action = action;
                    one.target.type = static_cast<NodeType>(type);
                    one.target.role = role;
                    one.target.has_project = (flags & 2U) != 0;
                    one.target.project_is_public = (flags & 4U) != 0;
                    one.target.project_is_locked = (flags & 8U) != 0;
                    one.target.is_locked = (flags & 16U) != 0;
                    one.target.created_by_caller = (flags & 32U) != 0;
                    visit(one);
                }
            }
        }
    }
}

// The rules once more, each as a set of lines: what is in it, and not how it is found out.

bool is_shared_by_all(const Case& one) {
    return std::set{NodeType::Reference, NodeType::Software, NodeType::User}.contains(one.target.type);
}
bool is_visible(const Case& one) {
    if (is_shared_by_all(one) || one.caller.is_admin) return true;
    if (!one.target.has_project) return one.target.created_by_caller;
    return one.target.role == Role::Member || one.target.role == Role::Admin || one.target.project_is_public;
}
bool is_the_callers_to_change(const Case& one) {
    if (one.target.type == NodeType::User) return false;
    return one.target.has_project ? one.target.role != Role::None : one.target.created_by_caller;
}
bool is_locked(const Case& one) {
    return one.target.is_locked || one.target.project_is_locked;
}

Verdict expected(const Case& one) {
    if (!is_visible(one)) return Verdict::Hidden;
    const bool asks_for_a_whole_project =
        one.action == Action::Delete && one.target.type == NodeType::Project;
    switch (one.action) {
        case Action::Read:
            return Verdict::Allowed;
        case Action::Administer:
            if (one.target.role == Role::Admin) return Verdict::Allowed;
            return one.caller.is_admin && one.target.has_project ? Verdict::Allowed : Verdict::Denied;
        case Action::Change:
        case Action::Delete:
            break;
    }
    if (!is_the_callers_to_change(one)) return Verdict::Denied;
    if (asks_for_a_whole_project && one.target.role != Role::Admin) return Verdict::Denied;
    return is_locked(one) ? Verdict::Locked : Verdict::Allowed;
}

TEST(Policy, DecidesEveryCaseAsTheRulesSay) {
    std::size_t cases = 0;
    for_every_case([&](const Case& one) {
        ++cases;
        EXPECT_EQ(decide(one.caller, one.action, one.target), expected(one)) << words(one);
    });
    EXPECT_EQ(cases, model::kNodeTypeCount * 64 * 3 * 4);
}

TEST(Policy, NeverAllowsMoreThanReadingOfWhatIsHidden) {
    for_every_case([](const Case& one) {
        if (decide(one.caller, Action::Read, one.target) != Verdict::Hidden) return;
        EXPECT_EQ(decide(one.caller, one.action, one.target), Verdict::Hidden) << words(one);
    });
}

TEST(Policy, GivesAStrongerRoleNoLess) {
    for_every_case([](const Case& one) {
        if (one.target.role != Role::Member || decide(one.caller, one.action, one.target) != Verdict::Allowed)
            return;
        auto stronger = one.target;
        stronger.role = Role::Admin;
        EXPECT_EQ(decide(one.caller, one.action, stronger), Verdict::Allowed) << words(one);
    });
}

TEST(Policy, DoesNotAskByWhichCredential) {
    for_every_case([](const Case& one) {
        auto by_session = one.caller;
        by_session.credential = Credential::Session;
        EXPECT_EQ(decide(by_session, one.action, one.target), decide(one.caller, one.action, one.target))
            << words(one);
    });
}

// The rows of the table that people ask about, in words.

Target material_in_project(Role role) {
    Target target{.type = NodeType::Material};
    target.has_project = true;
    target.role = role;
    return target;
}

TEST(Policy, HidesAProjectFromAStranger) {
    EXPECT_EQ(decide({}, Action::Read, material_in_project(Role::None)), Verdict::Hidden);
    EXPECT_EQ(decide({}, Action::Delete, material_in_project(Role::None)), Verdict::Hidden);
}

TEST(Policy, LetsAStrangerReadAPublicProjectAndNoMore) {
    auto target = material_in_project(Role::None);
    target.project_is_public = true;
    EXPECT_EQ(decide({}, Action::Read, target), Verdict::Allowed);
    EXPECT_EQ(decide({}, Action::Change, target), Verdict::Denied);
}

TEST(Policy, LetsAMemberChangeButNotDeleteAProject) {
    auto target = material_in_project(Role::Member);
    target.type = NodeType::Project;
    EXPECT_EQ(decide({}, Action::Change, target), Verdict::Allowed);
    EXPECT_EQ(decide({}, Action::Delete, target), Verdict::Denied);
}

TEST(Policy, LetsTheServersAdministratorReadButNotChange) {
    Caller admin;
    admin.is_admin = true;
    EXPECT_EQ(decide(admin, Action::Read, material_in_project(Role::None)), Verdict::Allowed);
    EXPECT_EQ(decide(admin, Action::Change, material_in_project(Role::None)), Verdict::Denied);
    EXPECT_EQ(decide(admin, Action::Administer, material_in_project(Role::None)), Verdict::Allowed);
}

TEST(Policy, LetsOnlyItsCreatorChangeAReference) {
    Target target{.type = NodeType::Reference};
    EXPECT_EQ(decide({}, Action::Read, target), Verdict::Allowed);
    EXPECT_EQ(decide({}, Action::Change, target), Verdict::Denied);
    target.created_by_caller = true;
    EXPECT_EQ(decide({}, Action::Change, target), Verdict::Allowed);
}

}  // namespace
}  // namespace cript::account
