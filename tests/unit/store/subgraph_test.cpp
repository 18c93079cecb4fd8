#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using model::FieldName;
using model::NodeType;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

/// What is shown below a node (decision D7), by the name or, without one, the type of each node.
class Subgraphs : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        ada_ = change([](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
        home_ = *change([&](Writer& writer) { return test::insert_project(writer, "home", ada_); });
        away_ = *change([&](Writer& writer) { return test::insert_project(writer, "away", ada_); });
    }
    NodeRow add(NodeType type, const std::string& name, std::optional<NodeId> project) {
        return *change(
            [&](Writer& writer) { return test::insert(writer, test::node(type, name, ada_, project)); });
    }
    void link(const NodeRow& parent, FieldName field, const std::vector<NodeId>& children) {
        make([&](Writer& writer) { return writer.set_children(parent.id, field, children, false); });
    }
    std::map<std::string, Reach> reached_from(const NodeRow& root) {
        graph_ = ask([&](Reader& reader) { return reader.subgraph(root); });
        std::map<std::string, Reach> reached;
        for (const auto& node : graph_.nodes) reached[node.row.name] = node.reach;
        EXPECT_EQ(reached.size(), graph_.nodes.size()) << "each node is there once";
        return reached;
    }
    std::size_t edges_of(const NodeRow& parent) const {
        return static_cast<std::size_t>(
            std::count_if(graph_.edges.begin(), graph_.edges.end(),
                          [&](const auto& edge) { return edge.parent == parent.id; }));
    }

    AccountId ada_ = 0;
    NodeRow home_;
    NodeRow away_;
    Subgraph graph_;
};
CRIPT_ON_EVERY_BACKEND(Subgraphs);

TEST_P(Subgraphs, OfANodeWithoutLinksIsItself) {
    EXPECT_THAT(reached_from(home_), ElementsAre(Pair("home", Reach::Home)));
    EXPECT_THAT(graph_.edges, IsEmpty());
    test::expect_same(graph_.nodes[0].row, home_);
}

TEST_P(Subgraphs, HoldEverythingOfTheHomeProjectInFull) {
    const auto process = add(NodeType::Process, "process", home_.id);
    const auto product = add(NodeType::Material, "product", home_.id);
    const auto property = add(NodeType::Property, "property", home_.id);
    link(process, FieldName::Product, {product.id});
    link(product, FieldName::Property, {property.id});
    EXPECT_THAT(reached_from(process), ElementsAre(Pair("process", Reach::Home), Pair("product", Reach::Home),
                                                   Pair("property", Reach::Home)));
    EXPECT_EQ(graph_.edges.size(), 2U);
}

TEST_P(Subgraphs, ShowAForeignNodeWithItsSubobjectsAndTheRestAsStubs) {
    const auto inventory = add(NodeType::Inventory, "inventory", home_.id);
    const auto foreign = add(NodeType::Material, "foreign", away_.id);
    const auto property = add(NodeType::Property, "property", away_.id);
    const auto condition = add(NodeType::Condition, "condition", away_.id);
    const auto component = add(NodeType::Material, "component", away_.id);
    const auto deeper = add(NodeType::Property, "deeper", away_.id);
    link(inventory, FieldName::Material, {foreign.id});
    link(foreign, FieldName::Property, {property.id});
    link(property, FieldName::Condition, {condition.id});
    link(foreign, FieldName::Component, {component.id});
    link(component, FieldName::Property, {deeper.id});
    EXPECT_THAT(reached_from(inventory),
                UnorderedElementsAre(Pair("inventory", Reach::Home), Pair("foreign", Reach::Foreign),
                                     Pair("property", Reach::Foreign), Pair("condition", Reach::Foreign),
                                     Pair("component", Reach::Stub)));
    EXPECT_EQ(edges_of(component), 0U) << "a stub has no edges";
}

TEST_P(Subgraphs, ShowANodeAsNearAsTheNearestWayToIt) {
    const auto inventory = add(NodeType::Inventory, "inventory", home_.id);
    const auto foreign = add(NodeType::Material, "foreign", away_.id);
    const auto twice = add(NodeType::Material, "twice", away_.id);
    const auto property = add(NodeType::Property, "property", away_.id);
    link(foreign, FieldName::Component, {twice.id});
    link(twice, FieldName::Property, {property.id});
    link(inventory, FieldName::Material, {foreign.id, twice.id});
    EXPECT_THAT(reached_from(inventory),
                UnorderedElementsAre(Pair("inventory", Reach::Home), Pair("foreign", Reach::Foreign),
                                     Pair("twice", Reach::Foreign), Pair("property", Reach::Foreign)));
    EXPECT_EQ(edges_of(twice), 1U) << "the edges of a node that is reached twice are there once";
}

TEST_P(Subgraphs, DoNotComeHomeThroughAForeignNode) {
    const auto inventory = add(NodeType::Inventory, "inventory", home_.id);
    const auto foreign = add(NodeType::Material, "foreign", away_.id);
    const auto local = add(NodeType::Material, "local", home_.id);
    const auto property = add(NodeType::Property, "property", home_.id);
    link(inventory, FieldName::Material, {foreign.id});
    link(foreign, FieldName::Component, {local.id});
    link(local, FieldName::Property, {property.id});
    EXPECT_THAT(reached_from(inventory),
                UnorderedElementsAre(Pair("inventory", Reach::Home), Pair("foreign", Reach::Foreign),
                                     Pair("local", Reach::Stub)));
}

TEST_P(Subgraphs, OfANodeWithoutAProjectHaveNodesWithoutOneAtHome) {
    const auto process = add(NodeType::Process, "process", std::nullopt);
    const auto product = add(NodeType::Material, "product", std::nullopt);
    const auto component = add(NodeType::Material, "component", std::nullopt);
    link(process, FieldName::Product, {product.id});
    link(product, FieldName::Component, {component.id});
    EXPECT_THAT(reached_from(process),
                UnorderedElementsAre(Pair("process", Reach::Home), Pair("product", Reach::Home),
                                     Pair("component", Reach::Home)));
}

TEST_P(Subgraphs, ShowASharedNodeInFull) {
    const auto citation = add(NodeType::Citation, "citation", home_.id);
    const auto reference = add(NodeType::Reference, "reference", std::nullopt);
    link(citation, FieldName::Reference, {reference.id});
    EXPECT_THAT(reached_from(citation),
                UnorderedElementsAre(Pair("citation", Reach::Home), Pair("reference", Reach::Foreign)));
}

TEST_P(Subgraphs, EndWhereLinksGoInACircle) {
    const auto a = add(NodeType::Process, "a", home_.id);
    const auto b = add(NodeType::Process, "b", home_.id);
    link(a, FieldName::PrerequisiteProcess, {b.id, a.id});
    link(b, FieldName::PrerequisiteProcess, {a.id});
    EXPECT_THAT(reached_from(a), UnorderedElementsAre(Pair("a", Reach::Home), Pair("b", Reach::Home)));
    EXPECT_THAT(graph_.edges, ElementsAre(EdgeRow{a.id, FieldName::PrerequisiteProcess, 0, b.id},
                                          EdgeRow{a.id, FieldName::PrerequisiteProcess, 1, a.id},
                                          EdgeRow{b.id, FieldName::PrerequisiteProcess, 0, a.id}));
}

TEST_P(Subgraphs, AscendById) {
    std::vector<NodeId> ids;
    for (const auto* name : {"a", "b", "c", "d"}) ids.push_back(add(NodeType::Material, name, home_.id).id);
    const auto inventory = add(NodeType::Inventory, "inventory", home_.id);
    link(inventory, FieldName::Material, {ids[2], ids[0], ids[3], ids[1]});
    reached_from(inventory);
    EXPECT_TRUE(
        std::is_sorted(graph_.nodes.begin(), graph_.nodes.end(),
                       [](const auto& left, const auto& right) { return left.row.id < right.row.id; }));
}

}  // namespace
}  // namespace cript::store
