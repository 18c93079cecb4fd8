#include "service/read_node.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph_installation.hpp"

namespace cript::service {
namespace {

using base::ErrorKind;
using model::NodeType;
using store::Reach;
using test::link;
using test::material;
using test::node;
using test::property;
using test::uuid;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

class Reading : public test::GraphInstallation {
  protected:
    std::map<std::string, Reach> reached(const account::Caller& who, NodeType type, unsigned number) {
        auto graph = try_read(who, type, number);
        EXPECT_TRUE(graph) << graph.error().message;
        std::map<std::string, Reach> names;
        for (const auto& entry : graph->graph.nodes) names[entry.row.uuid.text().substr(34)] = entry.reach;
        return names;
    }
    std::vector<std::string> hidden(const account::Caller& who, NodeType type, unsigned number) {
        auto graph = try_read(who, type, number);
        EXPECT_TRUE(graph) << graph.error().message;
        std::vector<std::string> names;
        for (const auto& entry : graph->graph.nodes) {
            if (graph->hidden.contains(entry.row.id)) names.push_back(entry.row.name);
        }
        return names;
    }
};

TEST_F(Reading, FindsNothingUnderAnUnknownUuidOrAnotherType) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    EXPECT_EQ(try_read(ada_, NodeType::Material, 99).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(try_read(ada_, NodeType::Process, 2).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(read_single(context(), ada_, NodeType::Process, uuid(2)).error().kind, ErrorKind::NotFound);
}

TEST_F(Reading, TellsAHiddenNodeAndAMissingOneAlike) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    const auto hidden = try_read(bob_, NodeType::Material, 2);
    const auto missing = try_read(bob_, NodeType::Material, 99);
    ASSERT_FALSE(hidden);
    EXPECT_EQ(hidden.error().kind, missing.error().kind);
    EXPECT_EQ(hidden.error().message, missing.error().message);
}

TEST_F(Reading, ShowsTheServersAdministratorEverything) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    EXPECT_TRUE(try_read(operator_, NodeType::Material, 2));
}

TEST_F(Reading, SaysOfASingleNodeWhoMadeItAndWhetherItHasLinks) {
    create(ada_, NodeType::Material, material(2, "toluene", R"("property":[)" + property(3, "1") + "]"));
    const auto single = read_single(context(), ada_, NodeType::Material, uuid(2));
    ASSERT_TRUE(single);
    EXPECT_TRUE(single->has_links);
    EXPECT_THAT(single->accounts, ElementsAre(Pair(ada_.account, ada_.uuid)));
    EXPECT_FALSE(read_single(context(), ada_, NodeType::Property, uuid(3))->has_links);
}

TEST_F(Reading, NamesEveryoneWhoMadeOrChangedANodeOfTheGraph) {
    create(ada_, NodeType::Project,
           node("Project", 1, "Home",
                R"("member":[{"uuid":")" + bob_.uuid.text() + R"("}],"material":[)" + material(2, "toluene") +
                    "]"));
    change(bob_, NodeType::Material, node("Material", 2, "Toluene"));
    const auto graph = try_read(ada_, NodeType::Project, 1);
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->accounts.at(ada_.account), ada_.uuid);
    EXPECT_EQ(graph->accounts.at(bob_.account), bob_.uuid);
}

/// Bob's inventory (10 → 12) holds Ada's toluene (2), which has a property (3) and a component (4).
class ReadingAcrossProjects : public Reading {
  protected:
    void SetUp() override {
        Reading::SetUp();
        create(
            ada_, NodeType::Project,
            node("Project", 1, "Home",
                 R"("public":true,"material":[)" +
                     material(2, "toluene",
                              R"("property":[)" + property(3, "1") + R"(],"component":[)" + link(4) + "]") +
                     "," + material(4, "component", R"("property":[)" + property(5, "2") + "]") + "]"));
        create(
            bob_, NodeType::Project,
            node("Project", 10, "Bob's",
                 R"("collection":[)" +
                     node("Collection", 11, "collection",
                          R"("inventory":[)" +
                              node("Inventory", 12, "inventory", R"("material":[)" + link(2) + "]") + "]") +
                     "]"));
    }
};

TEST_F(ReadingAcrossProjects, ShowsAForeignNodeWithItsSubobjectsAndWhatItLinksToAsStubs) {
    EXPECT_THAT(reached(bob_, NodeType::Project, 10),
                UnorderedElementsAre(Pair("10", Reach::Home), Pair("11", Reach::Home),
                                     Pair("12", Reach::Home), Pair("02", Reach::Foreign),
                                     Pair("03", Reach::Foreign), Pair("04", Reach::Stub)));
    EXPECT_THAT(hidden(bob_, NodeType::Project, 10), IsEmpty());
}

TEST_F(ReadingAcrossProjects, HidesWhatTheReaderMayNotSee) {
    const auto carol = caller("carol");
    change(bob_, NodeType::Project,
           node("Project", 10, "", R"("member":[{"uuid":")" + carol.uuid.text() + "\"}]"));
    const auto done = store_->write([&](store::Writer& writer) -> base::Result<void> {
        // Publicity is not taken back through a document.
        const auto former = *writer.find_nodes(std::vector{uuid(1)})->at(0);
        auto closed = former;
        closed.is_public = false;
        ++closed.revision;
        return writer.update_node(closed, former, {});
    });
    ASSERT_TRUE(done);
    EXPECT_THAT(hidden(carol, NodeType::Project, 10), UnorderedElementsAre("toluene", "", "component"));
    EXPECT_FALSE(try_read(carol, NodeType::Material, 2));
}

}  // namespace
}  // namespace cript::service
