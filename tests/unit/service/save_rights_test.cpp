#include "rights_fixture.hpp"

namespace cript::service {
namespace {

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

// Clients send back whole what they have read, who belongs to it included.
TEST_F(SavingWithRights, GiveNoRoleByACopyFromBeforeTheLastChange) {
    create(ada_, NodeType::Project, home(people("member", {bob_})));
    const auto seen = R"("updated_at":")" + row(1)->updated_at.text() + R"(",)";
    clock_.advance(std::chrono::seconds(1));
    change(ada_, NodeType::Project, home(people("member", {})), {.replace_lists = true});
    ASSERT_EQ(role(bob_), account::Role::None);

    const auto copy = home(seen + R"("notes":"n",)" + people("member", {bob_}));
    const auto saved = change(ada_, NodeType::Project, copy);
    EXPECT_EQ(role(bob_), account::Role::None);
    EXPECT_THAT(warnings_of(saved), ElementsAre("stale_copy at /member"));
    EXPECT_THAT(row(1)->attributes, testing::HasSubstr(R"("notes":"n")")) << "the rest is saved";

    const auto now = R"("updated_at":")" + row(1)->updated_at.text() + R"(",)";
    change(ada_, NodeType::Project, home(now + people("member", {bob_})));
    EXPECT_EQ(role(bob_), account::Role::Member) << "who has seen the present state means it";
}

// A client need not renew its copy after it has saved it.
TEST_F(SavingWithRights, GiveRolesToThoseWhomACopyAddsToWhatItsSenderSaw) {
    create(ada_, NodeType::Project, home(people("member", {operator_})));
    const auto seen = R"("updated_at":")" + row(1)->updated_at.text() + R"(",)";
    clock_.advance(std::chrono::seconds(1));
    change(ada_, NodeType::Project, home(seen + people("member", {operator_})));
    change(ada_, NodeType::Project, home(people("member", {})), {.replace_lists = true});
    clock_.advance(std::chrono::seconds(1));
    change(ada_, NodeType::Project, home(R"("notes":"n")"));

    const auto saved = change(ada_, NodeType::Project, home(seen + people("member", {operator_, bob_})));
    EXPECT_EQ(role(bob_), account::Role::Member);
    EXPECT_EQ(role(operator_), account::Role::None) << "stood there, and was taken out since";
    EXPECT_THAT(warnings_of(saved), ElementsAre("stale_copy at /member"));
    const auto more = home(seen + people("member", {caller("carol", false)}));
    EXPECT_THAT(codes_of(try_change(bob_, NodeType::Project, more)), ElementsAre("not_allowed at "))
        << "by the usual rights";
    const auto again = change(ada_, NodeType::Project, home(seen + people("admin", {ada_, bob_})));
    EXPECT_EQ(role(bob_), account::Role::Admin);
    EXPECT_THAT(warnings_of(again), testing::IsEmpty());
}

TEST_F(SavingWithRights, GiveNoRoleByACopyOfAStateThatNeverWas) {
    create(ada_, NodeType::Project, home());
    const auto copy = home(R"("updated_at":"2001-01-01T00:00:00.000000Z",)" + people("member", {bob_}));
    EXPECT_THAT(warnings_of(change(ada_, NodeType::Project, copy)), ElementsAre("stale_copy at /member"));
    EXPECT_EQ(role(bob_), account::Role::None);
}

TEST_F(SavingWithRights, LetAMemberSaveACopyFromBeforeTheLastChange) {
    create(ada_, NodeType::Project, home(people("member", {bob_, operator_}) + R"(,"public":true)"));
    const auto seen = R"("updated_at":")" + row(1)->updated_at.text() + R"(",)";
    clock_.advance(std::chrono::seconds(1));
    change(ada_, NodeType::Project, home(people("member", {bob_}) + R"(,"public":false)"),
           {.replace_lists = true, .may_unset_public = true});

    const auto copy = home(seen + R"("notes":"n","public":true,)" + people("member", {bob_, operator_}));
    const auto saved = change(bob_, NodeType::Project, copy);
    EXPECT_THAT(warnings_of(saved), ElementsAre("stale_copy at /public", "stale_copy at /member"));
    EXPECT_FALSE(row(1)->is_public);
    EXPECT_EQ(role(operator_), account::Role::None);
}

TEST_F(SavingWithRights, LeaveALockThatACopyDoesNotKnow) {
    create(ada_, NodeType::Project, home());
    const auto seen = R"("updated_at":")" + row(1)->updated_at.text() + R"(",)";
    clock_.advance(std::chrono::seconds(1));
    change(ada_, NodeType::Project, home(R"("locked":true)"));
    const auto saved = change(ada_, NodeType::Project, home(seen + R"("locked":false)"));
    EXPECT_THAT(warnings_of(saved), ElementsAre("stale_copy at /locked"));
    EXPECT_TRUE(row(1)->is_locked);
}

TEST_F(SavingWithRights, TellThatWhoAndWhenStayAsTheyAre) {
    create(ada_, NodeType::Project, home());
    const auto saved =
        change(ada_, NodeType::Project,
               home(R"("created_at":"2001-01-01T00:00:00.000000Z","model_version":"0.1","notes":"n")"));
    EXPECT_THAT(warnings_of(saved), ElementsAre("read_only at /model_version", "read_only at /created_at"));
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

}  // namespace
}  // namespace cript::service
