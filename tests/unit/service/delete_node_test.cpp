#include "service/delete_node.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixture/database.hpp"
#include "graph_installation.hpp"

namespace cript::service {
namespace {

using base::ErrorKind;
using model::NodeType;
using test::link;
using test::material;
using test::node;
using test::property;
using test::uuid;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Deleting : public test::GraphInstallation {
  protected:
    /// Home (1) with toluene (2, property 3) and a collection (4) → experiment (5) → process (6) → ingredient
    /// (7) of it.
    void SetUp() override {
        GraphInstallation::SetUp();
        create(
            ada_, NodeType::Project,
            node("Project", 1, "Home",
                 R"("material":[)" + material(2, "toluene", R"("property":[)" + property(3, "1") + "]") +
                     R"(],"collection":[)" +
                     node("Collection", 4, "collection",
                          R"("experiment":[)" +
                              node("Experiment", 5, "experiment",
                                   R"("process":[)" +
                                       node("Process", 6, "process",
                                            R"("type":"mix","ingredient":[)" +
                                                node("Ingredient", 7, "", R"("material":)" + link(2)) + "]") +
                                       "]") +
                              "]") +
                     "]"));
    }
    void make_public(unsigned project, const account::Caller& who) {
        change(who, NodeType::Project, node("Project", project, "", R"("public":true)"));
    }
    static std::string with_members(unsigned number, const std::string& name, const account::Caller& who,
                                    const std::string& more) {
        return node("Project", number, name, R"("member":[{"uuid":")" + who.uuid.text() + R"("}],)" + more);
    }
};

TEST_F(Deleting, TakesWhatIsContainedAlong) {
    ASSERT_TRUE(erase(ada_, NodeType::Collection, 4));
    for (unsigned number : {4U, 5U, 6U, 7U}) EXPECT_FALSE(is_there(number)) << number;
    EXPECT_TRUE(is_there(2)) << "what is merely linked stays";
}

TEST_F(Deleting, TakesAllThatAProjectOwns) {
    ASSERT_TRUE(erase(ada_, NodeType::Project, 1));
    for (unsigned number = 1; number <= 7; ++number) EXPECT_FALSE(is_there(number)) << number;
    EXPECT_TRUE(try_create(bob_, NodeType::Project, node("Project", 20, "Home"))) << "its name is free";
}

TEST_F(Deleting, CutsTheLinksOfOthersAndSaysSoInTheirHistory) {
    create(ada_, NodeType::Material, material(8, "water"));
    change(ada_, NodeType::Process, node("Process", 6, "", R"("product":[)" + link(8) + "]"));
    const auto revision = row(6)->revision;
    clock_.advance(std::chrono::seconds(1));
    ASSERT_TRUE(erase(ada_, NodeType::Material, 8));
    EXPECT_THAT(children(ada_, NodeType::Process, 6, "product"), IsEmpty());
    EXPECT_EQ(row(6)->revision, revision + 1);
    EXPECT_EQ(row(6)->updated_at, clock_.now());
    const auto history = rows("select edges from history where node = " + std::to_string(row(6)->id) +
                              " order by revision desc limit 1");
    EXPECT_THAT(history, ElementsAre(HasSubstr("product")));
}

TEST_F(Deleting, RefusesWhenARequiredLinkOutsideWouldDangle) {
    const auto refused = erase(ada_, NodeType::Material, 2);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    ASSERT_EQ(refused.error().problems.size(), 1U);
    EXPECT_EQ(refused.error().problems[0].code, "still_needed");
    EXPECT_EQ(refused.error().problems[0].message,
              "Ingredient " + test::uuid_text(7) + " needs it as its 'material'");
    EXPECT_TRUE(is_there(2));
    ASSERT_TRUE(erase(ada_, NodeType::Ingredient, 7));
    EXPECT_TRUE(erase(ada_, NodeType::Material, 2));
    EXPECT_FALSE(is_there(3));
}

TEST_F(Deleting, TakesWhatCannotBeWithoutItAlongWhenAsked) {
    const auto would = erase(ada_, NodeType::Material, 2, {.cascade = true, .dry_run = true});
    ASSERT_TRUE(would);
    EXPECT_EQ(would->size(), 3U);
    for (unsigned number : {2U, 3U, 7U}) EXPECT_TRUE(is_there(number)) << number;

    const auto deleted = erase(ada_, NodeType::Material, 2, {.cascade = true});
    ASSERT_TRUE(deleted) << deleted.error().message;
    EXPECT_EQ(deleted->size(), 3U);
    for (unsigned number : {2U, 3U, 7U}) EXPECT_FALSE(is_there(number)) << number;
    EXPECT_THAT(children(ada_, NodeType::Process, 6, "ingredient"), IsEmpty());
}

TEST_F(Deleting, TakesNothingAlongThatBelongsToAnotherProjectOfTheCaller) {
    create(ada_, NodeType::Project,
           node("Project", 10, "Other",
                R"("material":[)" + material(11, "guest") + R"(],"collection":[)" +
                    node("Collection", 12, "collection",
                         R"("experiment":[)" +
                             node("Experiment", 13, "experiment",
                                  R"("process":[)" +
                                      node("Process", 14, "process",
                                           R"("type":"mix","ingredient":[)" +
                                               node("Ingredient", 15, "", R"("material":)" + link(2)) + "]") +
                                      "]") +
                             "]") +
                    "]"));
    change(ada_, NodeType::Project, node("Project", 1, "", R"("material":[)" + link(11) + "]"));
    change(ada_, NodeType::Project, node("Project", 10, "", R"("material":[)" + link(11) + "]"),
           {.removes = true});
    ASSERT_EQ(row(11)->project, row(10)->id) << "only the first project links to it now";
    const auto deleted = erase(ada_, NodeType::Project, 1, {.cascade = true});
    ASSERT_TRUE(deleted) << deleted.error().message;
    EXPECT_FALSE(is_there(15)) << "it needed what went";
    EXPECT_TRUE(is_there(11));
}

TEST_F(Deleting, TakesNothingAlongOutOfALockedNode) {
    change(ada_, NodeType::Process, node("Process", 6, "", R"("locked":true)"));
    const auto refused = erase(ada_, NodeType::Material, 2, {.cascade = true});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(refused.error().problems.at(0).code, kLocked);
    for (unsigned number : {2U, 7U}) EXPECT_TRUE(is_there(number)) << number;
    change(ada_, NodeType::Process, node("Process", 6, "", R"("locked":false)"));
    EXPECT_TRUE(erase(ada_, NodeType::Material, 2, {.cascade = true}));
}

TEST_F(Deleting, TakesNothingOfAStrangerAlong) {
    make_public(1, ada_);
    create(bob_, NodeType::Process,
           node("Process", 13, "process",
                R"("type":"mix","ingredient":[)" + node("Ingredient", 14, "", R"("material":)" + link(2)) +
                    "]"));
    EXPECT_EQ(erase(ada_, NodeType::Material, 2, {.cascade = true}).error().kind, ErrorKind::Conflict);
    for (unsigned number : {2U, 7U, 14U}) EXPECT_TRUE(is_there(number)) << number;
}

TEST_F(Deleting, DoesNotNameWhatTheCallerMayNotSee) {
    make_public(1, ada_);
    create(bob_, NodeType::Project,
           node("Project", 10, "Bob's",
                R"("collection":[)" +
                    node("Collection", 11, "collection",
                         R"("experiment":[)" +
                             node("Experiment", 12, "experiment",
                                  R"("process":[)" +
                                      node("Process", 13, "process",
                                           R"("type":"mix","ingredient":[)" +
                                               node("Ingredient", 14, "", R"("material":)" + link(2)) + "]") +
                                      "]") +
                             "]") +
                    "]"));
    ASSERT_TRUE(erase(ada_, NodeType::Ingredient, 7));
    const auto refused = erase(ada_, NodeType::Material, 2);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, Not(HasSubstr(test::uuid_text(14))));
    EXPECT_THAT(refused.error().message, HasSubstr("you may not see"));
}

TEST_F(Deleting, LeavesWhatAnotherNodeContainsToo) {
    create(ada_, NodeType::Collection, node("Collection", 20, "other", R"("experiment":[)" + link(5) + "]"));
    ASSERT_TRUE(erase(ada_, NodeType::Collection, 4));
    EXPECT_FALSE(is_there(4));
    for (unsigned number : {5U, 6U, 7U}) EXPECT_TRUE(is_there(number)) << number;
    EXPECT_THAT(children(ada_, NodeType::Collection, 20, "experiment"), ElementsAre(uuid(5)));
}

TEST_F(Deleting, HandsWhatAnotherProjectContainsOverToIt) {
    make_public(1, ada_);
    create(bob_, NodeType::Project, node("Project", 10, "Bob's", R"("material":[)" + link(2) + "]"));
    ASSERT_TRUE(erase(ada_, NodeType::Project, 1));
    ASSERT_TRUE(is_there(2));
    EXPECT_EQ(row(2)->project, row(10)->id);
    EXPECT_EQ(row(3)->project, row(10)->id) << "with all that it contains";
    EXPECT_EQ(row(2)->revision, 2);
    EXPECT_TRUE(try_read(bob_, NodeType::Material, 2));
    EXPECT_FALSE(try_read(ada_, NodeType::Material, 2));
    change(bob_, NodeType::Material, node("Material", 2, "Toluene"));
}

TEST_F(Deleting, RefusesAProjectWhoseMaterialASurvivorNeeds) {
    make_public(1, ada_);
    create(bob_, NodeType::Project,
           node("Project", 10, "Bob's",
                R"("collection":[)" +
                    node("Collection", 11, "collection", R"("experiment":[)" + link(5) + "]") + "]"));
    const auto refused = erase(ada_, NodeType::Project, 1);
    ASSERT_FALSE(refused) << "the ingredient that stays in Bob's experiment would lose its material";
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    for (unsigned number : {1U, 2U, 5U, 7U}) EXPECT_TRUE(is_there(number)) << number;
}

TEST_F(Deleting, NeverTakesWhatAnotherProjectOwns) {
    create(ada_, NodeType::Process,
           node("Process", 30, "loose", R"("type":"mix","product":[)" + material(31, "product") + "]"));
    change(ada_, NodeType::Experiment, node("Experiment", 5, "", R"("process":[)" + link(30) + "]"));
    make_public(1, ada_);
    ASSERT_EQ(row(31)->project, row(1)->id) << "owned by Home, contained in nothing";
    create(bob_, NodeType::Project, node("Project", 10, "Bob's", R"("material":[)" + link(31) + "]"));
    ASSERT_TRUE(erase(bob_, NodeType::Project, 10));
    EXPECT_TRUE(is_there(31));
    create(bob_, NodeType::Collection,
           node("Collection", 12, "collection", R"("experiment":[)" + link(5) + "]"));
    ASSERT_TRUE(erase(bob_, NodeType::Collection, 12));
    EXPECT_TRUE(is_there(5));
}

TEST_F(Deleting, LeavesSharedNodesThatWereCited) {
    create(ada_, NodeType::Citation,
           node("Citation", 40, "",
                R"("type":"reference","reference":)" +
                    node("Reference", 41, "", R"("type":"journal_article","title":"t")")));
    ASSERT_TRUE(erase(ada_, NodeType::Citation, 40));
    EXPECT_TRUE(is_there(41));
}

TEST_F(Deleting, RefusesSharedNodes) {
    create(ada_, NodeType::Reference, node("Reference", 41, "", R"("type":"journal_article","title":"t")"));
    const auto refused = erase(ada_, NodeType::Reference, 41);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidInput);
    EXPECT_TRUE(erase(ada_, NodeType::Reference, 41, {.may_delete_shared = true}));
}

TEST_F(Deleting, RefusesASharedNodeThatIsCited) {
    create(ada_, NodeType::Citation,
           node("Citation", 40, "",
                R"("type":"reference","reference":)" +
                    node("Reference", 41, "", R"("type":"journal_article","title":"t")")));
    EXPECT_EQ(erase(ada_, NodeType::Reference, 41, {.may_delete_shared = true}).error().kind,
              ErrorKind::Conflict);
}

TEST_F(Deleting, FindsNothingForAStranger) {
    EXPECT_EQ(erase(bob_, NodeType::Collection, 4).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(erase(ada_, NodeType::Collection, 99).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(erase(ada_, NodeType::Material, 4).error().kind, ErrorKind::NotFound)
        << "it is of another type";
    EXPECT_TRUE(is_there(4));
}

TEST_F(Deleting, IsForbiddenToAReaderOfAPublicProject) {
    make_public(1, ada_);
    EXPECT_EQ(erase(bob_, NodeType::Collection, 4).error().kind, ErrorKind::Forbidden);
    EXPECT_EQ(erase(operator_, NodeType::Collection, 4).error().kind, ErrorKind::Forbidden);
}

TEST_F(Deleting, LetsAMemberDeleteContentButNotTheProject) {
    create(ada_, NodeType::Project,
           with_members(50, "Ours", bob_, R"("material":[)" + material(51, "water") + "]"));
    EXPECT_TRUE(erase(bob_, NodeType::Material, 51));
    EXPECT_EQ(erase(bob_, NodeType::Project, 50).error().kind, ErrorKind::Forbidden);
    EXPECT_TRUE(erase(ada_, NodeType::Project, 50));
}

TEST_F(Deleting, RefusesALockedNodeAndWhatContainsIt) {
    change(ada_, NodeType::Experiment, node("Experiment", 5, "", R"("locked":true)"));
    EXPECT_EQ(erase(ada_, NodeType::Experiment, 5).error().kind, ErrorKind::Forbidden);
    EXPECT_EQ(erase(ada_, NodeType::Collection, 4).error().kind, ErrorKind::Forbidden);
    EXPECT_EQ(erase(ada_, NodeType::Project, 1).error().kind, ErrorKind::Forbidden);
    change(ada_, NodeType::Experiment, node("Experiment", 5, "", R"("locked":false)"));
    EXPECT_TRUE(erase(ada_, NodeType::Collection, 4));
}

TEST_F(Deleting, RefusesARevisionThatIsOld) {
    const auto refused = erase(ada_, NodeType::Collection, 4, {.if_revision = 7});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(refused.error().problems.at(0).code, kRevisionDiffers);
    EXPECT_TRUE(erase(ada_, NodeType::Collection, 4, {.if_revision = 1}));
}

TEST_F(Deleting, CanTakeTheOnlyQuantityOfAnIngredient) {
    change(
        ada_, NodeType::Ingredient,
        node("Ingredient", 7, "",
             R"("quantity":[)" + node("Quantity", 60, "", R"("key":"mass","value":1.5,"unit":"kg")") + "]"));
    EXPECT_TRUE(erase(ada_, NodeType::Quantity, 60));
    EXPECT_THAT(children(ada_, NodeType::Ingredient, 7, "quantity"), IsEmpty());
}

}  // namespace
}  // namespace cript::service
