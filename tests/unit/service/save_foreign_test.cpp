#include "rights_fixture.hpp"

namespace cript::service {
namespace {

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
