#include "service/find_nodes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using testing::IsEmpty;

class Finding : public test::GraphInstallation {
  protected:
    NodePage page(const account::Caller& who, const PageRequest& request) {
        auto found = find_page(context(), who, request);
        EXPECT_TRUE(found) << found.error().message;
        return found ? std::move(*found) : NodePage{};
    }
    static std::vector<std::string> names_of(const NodePage& page) {
        std::vector<std::string> names;
        for (const auto& hit : page.hits) names.push_back(hit.row.name);
        return names;
    }
};

TEST_F(Finding, GoesThroughAllPagesWithoutALossOrARepetition) {
    for (unsigned number = 1; number <= 25; ++number)
        create(ada_, NodeType::Material, material(number, "m" + std::to_string(number)));
    std::vector<std::string> seen;
    PageRequest request{.type = NodeType::Material, .name_contains = {}, .after = {}, .limit = 10};
    for (int round = 0; round < 10; ++round) {
        const auto found = page(ada_, request);
        EXPECT_EQ(found.count, 25U);
        if (found.hits.empty()) break;
        for (const auto& name : names_of(found)) seen.push_back(name);
        request.after = found.hits.back().row.uuid;
    }
    std::vector<std::string> expected;
    for (unsigned number = 1; number <= 25; ++number) expected.push_back("m" + std::to_string(number));
    EXPECT_EQ(seen, expected);
}

TEST_F(Finding, GoesOnAfterANodeThatWasDeletedMeanwhile) {
    for (unsigned number = 1; number <= 3; ++number)
        create(ada_, NodeType::Material, material(number, "m" + std::to_string(number)));
    ASSERT_TRUE(erase(ada_, NodeType::Material, 2));
    EXPECT_THAT(names_of(page(ada_, {.type = NodeType::Material, .name_contains = {}, .after = uuid(2)})),
                ElementsAre("m3"));
}

TEST_F(Finding, RefusesAnUnknownPlaceAndAHiddenOneAlike) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    const auto unknown =
        find_page(context(), bob_, {.type = NodeType::Material, .name_contains = {}, .after = uuid(99)});
    const auto hidden =
        find_page(context(), bob_, {.type = NodeType::Material, .name_contains = {}, .after = uuid(2)});
    ASSERT_FALSE(unknown);
    ASSERT_FALSE(hidden);
    EXPECT_EQ(unknown.error().kind, ErrorKind::InvalidInput);
    EXPECT_EQ(hidden.error().kind, unknown.error().kind);
    EXPECT_EQ(hidden.error().message, unknown.error().message);
}

TEST_F(Finding, ShowsNeitherHitsNorTheirNumberToAStranger) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    const auto found = page(bob_, {.type = NodeType::Material, .name_contains = "tol", .after = {}});
    EXPECT_THAT(found.hits, IsEmpty());
    EXPECT_EQ(found.count, 0U);
    EXPECT_EQ(page(ada_, {.type = NodeType::Material, .name_contains = "tol", .after = {}}).count, 1U);
}

TEST_F(Finding, GivesEachHitWithItsDirectChildren) {
    create(ada_, NodeType::Material,
           material(2, "toluene", R"("property":[)" + property(3, "1") + "," + property(4, "2") + "]"));
    create(ada_, NodeType::Material, material(5, "water"));
    const auto found = page(ada_, {.type = NodeType::Material, .name_contains = {}, .after = {}});
    ASSERT_EQ(found.hits.size(), 2U);
    EXPECT_EQ(found.hits[0].edges.size(), 2U);
    EXPECT_THAT(found.hits[1].edges, IsEmpty());
    ASSERT_EQ(found.children.size(), 2U);
    EXPECT_EQ(found.children[0].uuid, uuid(3));
    EXPECT_EQ(found.accounts.at(ada_.account), ada_.uuid);
}

TEST_F(Finding, MarksTheChildrenThatAreNotForTheCallersEyes) {
    create(ada_, NodeType::Project,
           node("Project", 1, "Home",
                R"("member":[{"uuid":")" + bob_.uuid.text() + R"("}],"material":[)" + material(2, "toluene") +
                    "]"));
    create(bob_, NodeType::Inventory, node("Inventory", 10, "shelf", R"("material":[)" + link(2) + "]"));
    change(ada_, NodeType::Project, node("Project", 1, "", R"("member":null)"));
    const auto found = page(bob_, {.type = NodeType::Inventory, .name_contains = {}, .after = {}});
    ASSERT_EQ(found.hits.size(), 1U);
    ASSERT_EQ(found.children.size(), 1U);
    EXPECT_TRUE(found.hidden.contains(found.children[0].id));
}

TEST_F(Finding, GivesTheNewestOfExactlyThatNameWithItsGraph) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    create(ada_, NodeType::Material, material(3, "toluene", R"("property":[)" + property(4, "1") + "]"));
    create(ada_, NodeType::Material, material(5, "toluene 2"));
    const auto found = find_exact(context(), ada_, NodeType::Material, "toluene");
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->root.uuid, uuid(3));
    EXPECT_EQ((*found)->graph.nodes.size(), 2U);
}

TEST_F(Finding, GivesNothingForANameThatIsNotThereOrNotTheCallers) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    EXPECT_FALSE(*find_exact(context(), ada_, NodeType::Material, "Toluene"));
    EXPECT_FALSE(*find_exact(context(), bob_, NodeType::Material, "toluene"));
    EXPECT_FALSE(*find_exact(context(), ada_, NodeType::Process, "toluene"));
}

TEST_F(Finding, GivesTheNewestAlsoOfVeryManyOfOneName) {
    const auto done = store_->write([&](store::Writer& writer) -> base::Result<void> {
        for (unsigned number = 1; number <= 1'200; ++number) {
            store::NodeRow row;
            row.uuid = uuid(number);
            row.type = NodeType::Material;
            row.name = "toluene";
            row.attributes = R"({"name":"toluene"})";
            row.created_by = row.updated_by = ada_.account;
            store::NodeRow* const rows[] = {&row};
            CRIPT_CHECK(writer.insert_nodes(rows));
        }
        return {};
    });
    ASSERT_TRUE(done);
    const auto found = find_exact(context(), ada_, NodeType::Material, "toluene");
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->root.uuid, uuid(1'200));
}

}  // namespace
}  // namespace cript::service
