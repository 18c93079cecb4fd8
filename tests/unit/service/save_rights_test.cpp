#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph_installation.hpp"
#include "service/save_graph.hpp"

// Who may save what: rights, locks, roles, and nodes of other projects in one's own document.

namespace cript::service {
namespace {

using base::ErrorKind;
using model::NodeType;
using test::link;
using test::material;
using test::node;
using test::property;
using test::uuid;
using test::uuid_text;
using testing::ElementsAre;
using testing::IsEmpty;

class SavingWithRights : public test::GraphInstallation {
  protected:
    static std::vector<std::string> codes_of(const base::Result<SaveOutcome>& saved) {
        std::vector<std::string> codes;
        if (saved) return codes;
        for (const auto& problem : saved.error().problems) {
            codes.push_back(problem.code + " at " + problem.pointer);
        }
        return codes;
    }
    static std::vector<std::string> warnings_of(const SaveOutcome& outcome) {
        std::vector<std::string> codes;
        for (const auto& warning : outcome.warnings) codes.push_back(warning.code + " at " + warning.pointer);
        return codes;
    }
    static std::string person(const account::Caller& who) { return R"({"uuid":")" + who.uuid.text() + "\"}"; }
    static std::string people(const std::string& field, const std::vector<account::Caller>& who) {
        std::string list;
        for (const auto& one : who) list.append(list.empty() ? "" : ",").append(person(one));
        return "\"" + field + "\":[" + list + "]";
    }
    static std::string home(const std::string& more = "") { return node("Project", 1, "Home", more); }

    /// What somebody is to the project of that number.
    account::Role role(const account::Caller& who, unsigned project = 1) {
        const auto id = row(project)->id;
        auto found = account::Role::None;
        const auto done = store_->read([&](store::Reader& reader) -> base::Result<void> {
            auto access = reader.project_access(who.account, std::vector{id});
            CRIPT_CHECK(access);
            found = access->at(id).role;
            return {};
        });
        EXPECT_TRUE(done);
        return found;
    }
    void make_public(unsigned project, const account::Caller& who) {
        change(who, NodeType::Project, node("Project", project, "", R"("public":true)"));
    }
};

TEST_F(SavingWithRights, MakesTheCreatorOfAProjectItsAdministrator) {
    create(ada_, NodeType::Project, home());
    EXPECT_EQ(role(ada_), account::Role::Admin);
    EXPECT_EQ(role(bob_), account::Role::None);
}

TEST_F(SavingWithRights, ShowsAStrangerNothing) {
    create(ada_, NodeType::Project, home(R"("material":[)" + material(2, "toluene") + "]"));
    const auto refused = try_change(bob_, NodeType::Material, node("Material", 2, "Toluene"));
    ASSERT_FALSE(refused);
    EXPECT_THAT(codes_of(refused), ElementsAre("duplicate_uuid at "));
    EXPECT_EQ(row(2)->name, "toluene");
}

TEST_F(SavingWithRights, LetsAMemberChangeWhatIsInTheProject) {
    create(ada_, NodeType::Project,
           home(people("member", {bob_}) + R"(,"material":[)" + material(2, "toluene") + "]"));
    EXPECT_EQ(role(bob_), account::Role::Member);
    change(bob_, NodeType::Material, node("Material", 2, "Toluene"));
    EXPECT_EQ(row(2)->updated_by, bob_.account);
    EXPECT_EQ(row(2)->created_by, ada_.account);
}

TEST_F(SavingWithRights, LetsAStrangerReadAPublicProjectAndChangeNothing) {
    create(ada_, NodeType::Project, home(R"("material":[)" + material(2, "toluene") + "]"));
    make_public(1, ada_);
    const auto refused = try_change(bob_, NodeType::Material, node("Material", 2, "Toluene"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Forbidden);
    EXPECT_THAT(codes_of(refused), ElementsAre("not_allowed at "));
}

TEST_F(SavingWithRights, AcceptsWhatAStrangerSendsBackUnchanged) {
    create(ada_, NodeType::Project, home(R"("material":[)" + material(2, "toluene") + "]"));
    make_public(1, ada_);
    EXPECT_EQ(change(bob_, NodeType::Material, material(2, "toluene")).unchanged, 1U);
}

// Roles.

TEST_F(SavingWithRights, GivesRolesByTheListsOfTheProject) {
    create(ada_, NodeType::Project, home());
    change(ada_, NodeType::Project, node("Project", 1, "", people("member", {bob_})));
    EXPECT_EQ(role(bob_), account::Role::Member);
    change(ada_, NodeType::Project, node("Project", 1, "", people("admin", {bob_})));
    EXPECT_EQ(role(bob_), account::Role::Admin);
}

TEST_F(SavingWithRights, TakesTheRoleOfWhoeverIsNotListedAnyMore) {
    create(ada_, NodeType::Project, home(people("member", {bob_, operator_})));
    change(ada_, NodeType::Project, node("Project", 1, "", people("member", {operator_})),
           {.replace_lists = true});
    EXPECT_EQ(role(bob_), account::Role::None);
    EXPECT_EQ(role(operator_), account::Role::Member);
    EXPECT_FALSE(try_read(bob_, NodeType::Project, 1));
}

TEST_F(SavingWithRights, TakesEveryRoleOfAListThatIsCleared) {
    create(ada_, NodeType::Project, home(people("member", {bob_})));
    change(ada_, NodeType::Project, node("Project", 1, "", R"("member":null)"));
    EXPECT_EQ(role(bob_), account::Role::None);
}

TEST_F(SavingWithRights, LeavesTheStrongerRoleToWhoeverStandsInBothLists) {
    create(ada_, NodeType::Project, home(people("admin", {bob_})));
    change(ada_, NodeType::Project, node("Project", 1, "", people("member", {bob_})));
    EXPECT_EQ(role(bob_), account::Role::Admin);
    change(ada_, NodeType::Project, node("Project", 1, "", R"("admin":null)"));
    EXPECT_EQ(role(bob_), account::Role::Member);
}

TEST_F(SavingWithRights, LeavesTheCreatorAnAdministratorWhoIsAlsoListedAsAMember) {
    create(ada_, NodeType::Project, home(people("member", {ada_})));
    EXPECT_EQ(role(ada_), account::Role::Admin);
    change(ada_, NodeType::Project, node("Project", 1, "", people("member", {bob_})),
           {.replace_lists = true});
    EXPECT_EQ(role(ada_), account::Role::Admin);
    change(ada_, NodeType::Project, node("Project", 1, "", people("member", {ada_})));
    EXPECT_EQ(role(ada_), account::Role::Admin);
}

TEST_F(SavingWithRights, LeavesAProjectOneAdministratorAtLeast) {
    create(ada_, NodeType::Project, home(people("admin", {ada_, bob_})));
    const auto refused = try_change(ada_, NodeType::Project, node("Project", 1, "", R"("admin":null)"));
    ASSERT_FALSE(refused);
    EXPECT_THAT(codes_of(refused), ElementsAre("not_allowed at /admin"));
    change(ada_, NodeType::Project, node("Project", 1, "", people("admin", {bob_})), {.replace_lists = true});
    EXPECT_EQ(role(ada_), account::Role::None);
    EXPECT_EQ(role(bob_), account::Role::Admin);
}

TEST_F(SavingWithRights, LetsOnlyAnAdministratorChangeTheRoles) {
    create(ada_, NodeType::Project, home(people("member", {bob_})));
    for (const auto& more :
         {people("admin", {bob_}), people("member", {bob_, operator_}), std::string(R"("member":null)")}) {
        const auto refused = try_change(bob_, NodeType::Project, node("Project", 1, "", more));
        ASSERT_FALSE(refused) << more;
        EXPECT_THAT(codes_of(refused), ElementsAre("not_allowed at ")) << more;
    }
    EXPECT_EQ(role(bob_), account::Role::Member);
    EXPECT_EQ(role(operator_), account::Role::None);
}

TEST_F(SavingWithRights, LeavesUnknownPeopleOutWithAWarning) {
    const auto outcome =
        create(ada_, NodeType::Project, home(R"("member":[)" + link(99) + "," + person(bob_) + "]"));
    EXPECT_THAT(warnings_of(outcome), ElementsAre("unknown_account at /member/0"));
    EXPECT_EQ(role(bob_), account::Role::Member);
}

TEST_F(SavingWithRights, GivesNoRightsByTheListsOfACollection) {
    create(ada_, NodeType::Project,
           home(R"("collection":[)" + node("Collection", 2, "collection", people("admin", {bob_})) + "]"));
    EXPECT_THAT(children(ada_, NodeType::Collection, 2, "admin"), ElementsAre(bob_.uuid));
    EXPECT_FALSE(try_read(bob_, NodeType::Collection, 2));
}

TEST_F(SavingWithRights, RefusesToMakeOrChangePeople) {
    const auto made = try_create(ada_, NodeType::User, R"({"node":["User"],"username":"eve"})");
    ASSERT_FALSE(made);
    const auto changed = try_change(
        ada_, NodeType::User, R"({"node":["User"],"username":"eve","uuid":")" + ada_.uuid.text() + "\"}");
    ASSERT_FALSE(changed);
}

// Public and locked.

TEST_F(SavingWithRights, LetsOnlyAnAdministratorMakeAProjectPublic) {
    create(ada_, NodeType::Project, home(people("member", {bob_})));
    const auto refused = try_change(bob_, NodeType::Project, node("Project", 1, "", R"("public":true)"));
    EXPECT_THAT(codes_of(refused), ElementsAre("not_allowed at "));
    make_public(1, ada_);
    EXPECT_TRUE(row(1)->is_public);
}

TEST_F(SavingWithRights, LeavesAPublicProjectPublicWithAWarning) {
    create(ada_, NodeType::Project, home(R"("public":true)"));
    const auto outcome = change(ada_, NodeType::Project, node("Project", 1, "", R"("public":false)"));
    EXPECT_THAT(warnings_of(outcome), ElementsAre("read_only at /public"));
    EXPECT_TRUE(row(1)->is_public);
}

TEST_F(SavingWithRights, RefusesEveryDifferenceOfALockedNode) {
    create(ada_, NodeType::Project,
           home(R"("material":[)" + material(2, "toluene", R"("locked":true)") + "]"));
    const auto refused = try_change(ada_, NodeType::Material, node("Material", 2, "Toluene"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Forbidden);
    EXPECT_THAT(codes_of(refused), ElementsAre("locked at "));
    EXPECT_EQ(change(ada_, NodeType::Material, material(2, "toluene", R"("locked":true)")).unchanged, 1U);
}

TEST_F(SavingWithRights, RefusesEveryDifferenceInALockedProject) {
    create(ada_, NodeType::Project, home(R"("locked":true,"material":[)" + material(2, "toluene") + "]"));
    EXPECT_THAT(codes_of(try_change(ada_, NodeType::Material, node("Material", 2, "Toluene"))),
                ElementsAre("locked at "));
    EXPECT_THAT(codes_of(try_change(ada_, NodeType::Material,
                                    node("Material", 2, "", R"("property":[)" + property(3, "1") + "]"))),
                ElementsAre("locked at "));
}

TEST_F(SavingWithRights, LetsAnAdministratorUnlock) {
    create(ada_, NodeType::Project, home(R"("locked":true)"));
    change(ada_, NodeType::Project, node("Project", 1, "", R"("locked":false)"));
    EXPECT_FALSE(row(1)->is_locked);
    change(ada_, NodeType::Project, node("Project", 1, "", R"("notes":"n")"));
}

TEST_F(SavingWithRights, DoesNotUnlockAndChangeInOne) {
    create(ada_, NodeType::Project, home(R"("locked":true)"));
    EXPECT_THAT(codes_of(try_change(ada_, NodeType::Project,
                                    node("Project", 1, "", R"("locked":false,"notes":"n")"))),
                ElementsAre("locked at "));
}

TEST_F(SavingWithRights, IgnoresAMembersLockWithAWarning) {
    create(ada_, NodeType::Project,
           home(people("member", {bob_}) + R"(,"material":[)" + material(2, "toluene") + "]"));
    const auto outcome = change(bob_, NodeType::Material, node("Material", 2, "", R"("locked":true)"));
    EXPECT_THAT(warnings_of(outcome), ElementsAre("read_only at /locked"));
    EXPECT_FALSE(row(2)->is_locked);
}

// Nodes without a project.

TEST_F(SavingWithRights, KeepsANodeWithoutAProjectToItsCreator) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    EXPECT_TRUE(try_read(ada_, NodeType::Material, 2));
    EXPECT_FALSE(try_read(bob_, NodeType::Material, 2));
}

TEST_F(SavingWithRights, AdoptsANodeWithoutAProjectByTheFirstLink) {
    create(ada_, NodeType::Material, material(2, "toluene", R"("property":[)" + property(3, "1") + "]"));
    create(ada_, NodeType::Project, home(R"("material":[)" + link(2) + "]"));
    EXPECT_EQ(row(2)->project, row(1)->id);
    EXPECT_EQ(row(3)->project, row(1)->id) << "with all that is below it";
    create(ada_, NodeType::Project, node("Project", 10, "Other", R"("material":[)" + link(2) + "]"));
    EXPECT_EQ(row(2)->project, row(1)->id) << "the first one counts";
}

TEST_F(SavingWithRights, AdoptsAFullNodeThatWasStoredBefore) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    create(
        ada_, NodeType::Project,
        home(R"("material":[)" + material(2, "Toluene", R"("property":[)" + property(3, "1") + "]") + "]"));
    EXPECT_EQ(row(2)->project, row(1)->id);
    EXPECT_EQ(row(3)->project, row(1)->id);
    EXPECT_EQ(row(2)->name, "Toluene");
}

TEST_F(SavingWithRights, DoesNotAdoptWhatBelongsToSomebodyElse) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    const auto refused = try_create(bob_, NodeType::Project, home(R"("material":[)" + link(2) + "]"));
    EXPECT_THAT(codes_of(refused), ElementsAre("unknown_uuid at /material/0"));
    EXPECT_EQ(row(2)->project, std::nullopt);
}

// Nodes of other projects.

class SavingForeignNodes : public SavingWithRights {
  protected:
    void SetUp() override {
        SavingWithRights::SetUp();
        create(ada_, NodeType::Project, home(R"("material":[)" + material(2, "toluene") + "]"));
    }
    static std::string bobs(const std::string& content) {
        return node("Project", 10, "Bob's", R"("material":[)" + content + "]");
    }
};

TEST_F(SavingForeignNodes, LinksWhatTheCallerMayRead) {
    make_public(1, ada_);
    create(bob_, NodeType::Project, bobs(link(2)));
    EXPECT_EQ(row(2)->project, row(1)->id) << "a link changes no owner";
    EXPECT_THAT(children(bob_, NodeType::Project, 10, "material"), ElementsAre(uuid(2)));
}

TEST_F(SavingForeignNodes, RefusesToLinkWhatTheCallerMayNotRead) {
    EXPECT_THAT(codes_of(try_create(bob_, NodeType::Project, bobs(link(2)))),
                ElementsAre("unknown_uuid at /material/0"));
}

TEST_F(SavingForeignNodes, TakesAFullNodeThatIsEqualAsALink) {
    make_public(1, ada_);
    create(bob_, NodeType::Project, bobs(material(2, "toluene")));
    EXPECT_EQ(row(2)->revision, 1);
}

TEST_F(SavingForeignNodes, RefusesAFullNodeThatDiffers) {
    make_public(1, ada_);
    const auto refused = try_create(bob_, NodeType::Project, bobs(material(2, "Toluene")));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Forbidden);
    EXPECT_THAT(codes_of(refused), ElementsAre("not_allowed at /material/0"));
    EXPECT_FALSE(is_there(10));
}

TEST_F(SavingForeignNodes, RefusesAFullNodeWithSomethingNewBelowIt) {
    make_public(1, ada_);
    const auto refused = try_create(bob_, NodeType::Project,
                                    bobs(material(2, "toluene", R"("property":[)" + property(3, "1") + "]")));
    EXPECT_THAT(codes_of(refused), ElementsAre("not_allowed at /material/0"));
    EXPECT_FALSE(is_there(3));
}

TEST_F(SavingForeignNodes, RefusesAHiddenFullNodeWithoutTellingWhatItIs) {
    const auto refused = try_create(bob_, NodeType::Project, bobs(material(2, "toluene")));
    EXPECT_THAT(codes_of(refused), ElementsAre("duplicate_uuid at /material/0"));
}

/// Bob's project links a node of Ada's that Carol, a member of Bob's, may not see.
class SavingAroundAHiddenNode : public SavingForeignNodes {
  protected:
    void SetUp() override {
        SavingForeignNodes::SetUp();
        carol_ = caller("carol");
        change(ada_, NodeType::Project, node("Project", 1, "", people("member", {bob_})));
        create(bob_, NodeType::Project,
               node("Project", 10, "Bob's", people("member", {carol_}) + R"(,"material":[)" + link(2) + "]"));
    }
    static std::string stub() {
        return R"({"node":["Material"],"uid":"_:)" + uuid_text(2) + R"(","uuid":")" + uuid_text(2) +
               R"(","name":"hidden node"})";
    }

    account::Caller carol_;
};

TEST_F(SavingAroundAHiddenNode, TakesTheStubThatWasShownAsTheLinkThatIsThere) {
    const auto outcome = change(carol_, NodeType::Project, bobs(stub()));
    EXPECT_EQ(outcome.created + outcome.changed, 0U);
    EXPECT_EQ(row(2)->name, "toluene");
    EXPECT_EQ(row(10)->revision, 1);
}

TEST_F(SavingAroundAHiddenNode, TakesALinkThatIsThereAlready) {
    const auto outcome = change(carol_, NodeType::Project, bobs(link(2) + "," + material(11, "water")),
                                {.replace_lists = true});
    EXPECT_EQ(outcome.created, 1U);
    EXPECT_THAT(children(bob_, NodeType::Project, 10, "material"), ElementsAre(uuid(2), uuid(11)));
}

TEST_F(SavingAroundAHiddenNode, RefusesANewLinkToIt) {
    const auto shelf = node("Inventory", 12, "shelf", R"("material":[)" + link(2) + "]");
    EXPECT_THAT(codes_of(try_create(carol_, NodeType::Inventory, shelf)),
                ElementsAre("unknown_uuid at /material/0"));
    const auto through_the_stub =
        node("Project", 10, "",
             R"("material":[)" + stub() + R"(],"collection":[)" +
                 node("Collection", 13, "collection", R"("inventory":[)" + shelf + "]") + "]");
    EXPECT_THAT(codes_of(try_change(carol_, NodeType::Project, through_the_stub)),
                ElementsAre("unknown_uuid at /collection/0/inventory/0/material/0"));
}

TEST_F(SavingAroundAHiddenNode, RefusesAStubThatSaysMore) {
    const auto more =
        R"({"node":["Material"],"uuid":")" + uuid_text(2) + R"(","name":"hidden node","vendor":"A"})";
    EXPECT_THAT(codes_of(try_change(carol_, NodeType::Project, bobs(more))),
                ElementsAre("duplicate_uuid at /material/0"));
}

// References and software.

class SavingSharedNodes : public SavingWithRights {
  protected:
    static std::string reference(unsigned number, const std::string& title) {
        return node("Reference", number, "", R"("type":"journal_article","title":")" + title + "\"");
    }
    static std::string cited(const std::string& reference) {
        return node(
            "Project", 10, "Bob's",
            R"("collection":[)" +
                node("Collection", 11, "collection",
                     R"("citation":[)" +
                         node("Citation", 12, "", R"("type":"reference","reference":)" + reference) + "]") +
                "]");
    }
};

TEST_F(SavingSharedNodes, BelongToNoProjectAndAreReadByAll) {
    create(ada_, NodeType::Project, node("Project", 1, "Home"));
    create(bob_, NodeType::Project, cited(reference(2, "On polymers")));
    EXPECT_EQ(row(2)->project, std::nullopt);
    EXPECT_TRUE(row(2)->is_public);
    EXPECT_TRUE(try_read(ada_, NodeType::Reference, 2));
}

TEST_F(SavingSharedNodes, AreChangedByTheirCreator) {
    create(ada_, NodeType::Reference, reference(2, "On polymers"));
    change(ada_, NodeType::Reference, node("Reference", 2, "", R"("title":"Über Polymerisation")"));
    EXPECT_EQ(row(2)->revision, 2);
}

TEST_F(SavingSharedNodes, AreNotChangedByOthersInsideTheirDocuments) {
    create(ada_, NodeType::Reference, reference(2, "On polymers"));
    const auto outcome = create(bob_, NodeType::Project, cited(reference(2, "Something else")));
    EXPECT_THAT(warnings_of(outcome),
                ElementsAre("shared_node_unchanged at /collection/0/citation/0/reference"));
    EXPECT_EQ(row(2)->revision, 1);
    EXPECT_THAT(row(2)->attributes, testing::HasSubstr("On polymers"));
}

TEST_F(SavingSharedNodes, AreNotChangedByOthersDirectly) {
    create(ada_, NodeType::Reference, reference(2, "On polymers"));
    const auto refused = try_change(bob_, NodeType::Reference, node("Reference", 2, "", R"("title":"x")"));
    EXPECT_THAT(codes_of(refused), ElementsAre("not_allowed at "));
}

}  // namespace
}  // namespace cript::service
