#include "store/graph_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using base::ErrorKind;
using model::FieldName;
using model::NodeType;
using std::chrono::seconds;
using test::ids_of;
using test::kNow;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class GraphRows : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        ada_ = change([](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
        zoe_ = change([](Writer& writer) { return test::insert(writer, test::account("zoe")); })->id;
        project_ = *change([&](Writer& writer) { return test::insert_project(writer, "Home", ada_); });
    }

    NodeRow add(NodeType type, const std::string& name, std::optional<NodeId> project) {
        return *change(
            [&](Writer& writer) { return test::insert(writer, test::node(type, name, ada_, project)); });
    }
    NodeRow add(NodeType type, const std::string& name) { return add(type, name, project_.id); }
    void link(const NodeRow& parent, FieldName field, const std::vector<NodeId>& children) {
        make([&](Writer& writer) { return writer.set_children(parent.id, field, children, false); });
    }
    std::optional<NodeRow> find(const base::Uuid& uuid) {
        return ask([&](Reader& reader) { return reader.find_nodes(std::vector{uuid}); }).at(0);
    }
    std::vector<NodeId> children(const NodeRow& parent) {
        std::vector<NodeId> ids;
        for (const auto& edge :
             ask([&](Reader& reader) { return reader.edges_of(std::vector{parent.id}); })) {
            ids.push_back(edge.child);
        }
        return ids;
    }
    std::optional<PointRead> point(const NodeRow& row, AccountId caller) {
        return ask([&](Reader& reader) { return reader.read_point(row.uuid, caller); });
    }

    AccountId ada_ = 0;
    AccountId zoe_ = 0;
    NodeRow project_;
};
CRIPT_ON_EVERY_BACKEND(GraphRows);

TEST_P(GraphRows, GiveANodeBackAsItWasInserted) {
    auto row = test::node(NodeType::Material, "Ethanol “absolute” 99,9 %", ada_, project_.id);
    row.attributes = R"({"name":"Ethanol","smiles":"CCO","pubchem_cid":702,"x":1.0})";
    row.updated_by = zoe_;
    row.updated_at = kNow.plus(seconds(1));
    row.is_public = true;
    row.is_locked = true;
    row.revision = 12;
    NodeRow* const rows[] = {&row};
    make([&](Writer& writer) { return writer.insert_nodes(rows); });
    const auto found = find(row.uuid);
    ASSERT_TRUE(found);
    test::expect_same(*found, row);
}

TEST_P(GraphRows, GiveEveryTypeOfNodeBack) {
    for (std::size_t type = 0; type < model::kNodeTypeCount; ++type) {
        const auto made = add(static_cast<NodeType>(type), "name", std::nullopt);
        EXPECT_EQ(find(made.uuid)->type, static_cast<NodeType>(type));
    }
}

TEST_P(GraphRows, GiveIdsInTheOrderOfInsertion) {
    auto first = test::node(NodeType::Material, "first", ada_);
    auto second = test::node(NodeType::Process, "second", ada_);
    NodeRow* const rows[] = {&first, &second};
    make([&](Writer& writer) { return writer.insert_nodes(rows); });
    EXPECT_GT(first.id, project_.id);
    EXPECT_GT(second.id, first.id);
}

TEST_P(GraphRows, LetAProjectOwnItself) {
    EXPECT_EQ(project_.project, project_.id);
    EXPECT_EQ(find(project_.uuid)->project, project_.id);
}

TEST_P(GraphRows, RefuseAUuidThatIsThereAlready) {
    auto row = test::node(NodeType::Material, "first", ada_);
    row.uuid = project_.uuid;
    const auto refused = change([&](Writer& writer) { return test::insert(writer, row); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
}

TEST_P(GraphRows, AreFoundInTheOrderAsked) {
    const auto first = add(NodeType::Material, "first");
    const auto second = add(NodeType::Material, "second");
    const std::vector uuids{second.uuid, base::Uuid::random(), first.uuid, second.uuid};
    const auto rows = ask([&](Reader& reader) { return reader.find_nodes(uuids); });
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0]->id, second.id);
    EXPECT_FALSE(rows[1]);
    EXPECT_EQ(rows[2]->id, first.id);
    EXPECT_EQ(rows[3]->id, second.id);
    EXPECT_THAT(ask([](Reader& reader) { return reader.find_nodes({}); }), IsEmpty());
}

TEST_P(GraphRows, AreReadByIdInAscendingOrder) {
    const auto first = add(NodeType::Material, "first");
    const auto second = add(NodeType::Material, "second");
    const std::vector<NodeId> ids{second.id, 999'999, first.id};
    EXPECT_THAT(ids_of(ask([&](Reader& reader) { return reader.nodes_with_ids(ids); })),
                ElementsAre(first.id, second.id));
}

TEST_P(GraphRows, KeepTheOrderOfChildrenAndHowOftenEachIsThere) {
    const auto inventory = add(NodeType::Inventory, "shelf");
    const auto a = add(NodeType::Material, "a");
    const auto b = add(NodeType::Material, "b");
    link(inventory, FieldName::Material, {b.id, a.id, b.id});
    const auto edges = ask([&](Reader& reader) { return reader.edges_of(std::vector{inventory.id}); });
    EXPECT_THAT(edges, ElementsAre(EdgeRow{inventory.id, FieldName::Material, 0, b.id},
                                   EdgeRow{inventory.id, FieldName::Material, 1, a.id},
                                   EdgeRow{inventory.id, FieldName::Material, 2, b.id}));
}

TEST_P(GraphRows, ReplaceTheChildrenOfOneFieldOnly) {
    const auto material = add(NodeType::Material, "m");
    const auto a = add(NodeType::Property, "");
    const auto b = add(NodeType::Property, "");
    const auto other = add(NodeType::Material, "other");
    link(material, FieldName::Property, {a.id});
    link(material, FieldName::Component, {other.id});
    link(material, FieldName::Property, {b.id});
    EXPECT_THAT(children(material), UnorderedElementsAre(b.id, other.id));
    link(material, FieldName::Component, {});
    EXPECT_THAT(children(material), ElementsAre(b.id));
}

TEST_P(GraphRows, GiveTheEdgesOfManyParentsAscending) {
    const auto first = add(NodeType::Inventory, "first");
    const auto second = add(NodeType::Inventory, "second");
    const auto a = add(NodeType::Material, "a");
    const auto b = add(NodeType::Material, "b");
    link(first, FieldName::Material, {b.id, a.id});
    link(second, FieldName::Material, {a.id});
    const std::vector<NodeId> parents{second.id, first.id};
    EXPECT_THAT(ask([&](Reader& reader) { return reader.edges_of(parents); }),
                ElementsAre(EdgeRow{first.id, FieldName::Material, 0, b.id},
                            EdgeRow{first.id, FieldName::Material, 1, a.id},
                            EdgeRow{second.id, FieldName::Material, 0, a.id}));
}

TEST_P(GraphRows, KnowWhoPointsToANode) {
    const auto first = add(NodeType::Inventory, "first");
    const auto process = add(NodeType::Process, "process");
    const auto a = add(NodeType::Material, "a");
    link(first, FieldName::Material, {a.id});
    link(process, FieldName::Product, {a.id});
    EXPECT_THAT(ask([&](Reader& reader) { return reader.edges_to(std::vector{a.id}); }),
                ElementsAre(EdgeRow{first.id, FieldName::Material, 0, a.id},
                            EdgeRow{process.id, FieldName::Product, 0, a.id}));
    EXPECT_THAT(ask([&](Reader& reader) { return reader.edges_to(std::vector{first.id}); }), IsEmpty());
}

TEST_P(GraphRows, TellAtOnePointWhatTheCallerIsToTheProject) {
    const auto material = add(NodeType::Material, "m");
    EXPECT_EQ(point(material, ada_)->access.role, account::Role::Admin);
    EXPECT_EQ(point(material, zoe_)->access.role, account::Role::None);
    make([&](Writer& writer) { return writer.set_role(project_.id, zoe_, account::Role::Member); });
    EXPECT_EQ(point(material, zoe_)->access.role, account::Role::Member);
    make([&](Writer& writer) { return writer.set_role(project_.id, zoe_, account::Role::None); });
    EXPECT_EQ(point(material, zoe_)->access.role, account::Role::None);
}

TEST_P(GraphRows, TellAtOnePointWhetherTheProjectIsPublicOrLocked) {
    const auto material = add(NodeType::Material, "m");
    EXPECT_FALSE(point(material, zoe_)->access.is_public);
    EXPECT_FALSE(point(material, zoe_)->access.is_locked);
    auto changed = project_;
    changed.is_public = changed.is_locked = true;
    ++changed.revision;
    make([&](Writer& writer) { return writer.update_node(changed, project_, {}); });
    EXPECT_TRUE(point(material, zoe_)->access.is_public);
    EXPECT_TRUE(point(material, zoe_)->access.is_locked);
}

TEST_P(GraphRows, TellAtOnePointWhetherANodeHasLinks) {
    const auto inventory = add(NodeType::Inventory, "shelf");
    const auto a = add(NodeType::Material, "a");
    EXPECT_FALSE(point(inventory, ada_)->has_links);
    link(inventory, FieldName::Material, {a.id});
    EXPECT_TRUE(point(inventory, ada_)->has_links);
    EXPECT_FALSE(point(a, ada_)->has_links) << "it is linked to, and links to nothing";
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.read_point(base::Uuid::random(), ada_); }));
}

TEST_P(GraphRows, TellWhatACallerIsToManyProjects) {
    const auto other = *change([&](Writer& writer) { return test::insert_project(writer, "Other", zoe_); });
    const std::vector<NodeId> projects{project_.id, other.id, 999'999};
    const auto access = ask([&](Reader& reader) { return reader.project_access(ada_, projects); });
    ASSERT_EQ(access.size(), 2U);
    EXPECT_EQ(access.at(project_.id).role, account::Role::Admin);
    EXPECT_EQ(access.at(other.id).role, account::Role::None);
}

TEST_P(GraphRows, ChangeANodeInPlace) {
    const auto former = add(NodeType::Material, "before");
    auto changed = former;
    changed.name = "after";
    changed.attributes = R"({"name":"after"})";
    changed.updated_by = zoe_;
    changed.updated_at = kNow.plus(seconds(5));
    changed.revision = 2;
    changed.is_locked = true;
    make([&](Writer& writer) { return writer.update_node(changed, former, {}); });
    test::expect_same(*find(former.uuid), changed);
}

TEST_P(GraphRows, TakeAProjectNameOnce) {
    EXPECT_EQ(ask([](Reader& reader) { return reader.project_named("Home"); }), project_.id);
    EXPECT_EQ(ask([](Reader& reader) { return reader.project_named("home"); }), std::nullopt);
    const auto refused = change([&](Writer& writer) { return test::insert_project(writer, "Home", zoe_); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(refused.error().message, "the project name is taken");
}

TEST_P(GraphRows, SetAProjectNameFreeWhenTheProjectIsRenamed) {
    make([&](Writer& writer) { return writer.set_project_name(project_.id, "New home"); });
    EXPECT_EQ(ask([](Reader& reader) { return reader.project_named("Home"); }), std::nullopt);
    EXPECT_EQ(ask([](Reader& reader) { return reader.project_named("New home"); }), project_.id);
    make([&](Writer& writer) { return writer.set_project_name(project_.id, "New home"); });
    EXPECT_TRUE(change([&](Writer& writer) { return test::insert_project(writer, "Home", zoe_); }));
}

TEST_P(GraphRows, AdoptNodesWithoutAProjectAndAllBelowThem) {
    const auto process = add(NodeType::Process, "process", std::nullopt);
    const auto ingredient = add(NodeType::Ingredient, "", std::nullopt);
    const auto material = add(NodeType::Material, "material", std::nullopt);
    const auto apart = add(NodeType::Material, "apart", std::nullopt);
    link(process, FieldName::Ingredient, {ingredient.id});
    link(ingredient, FieldName::Material, {material.id});
    make([&](Writer& writer) { return writer.adopt(std::vector{process.id}, project_.id); });
    for (const auto& row : {process, ingredient, material}) EXPECT_EQ(find(row.uuid)->project, project_.id);
    EXPECT_EQ(find(apart.uuid)->project, std::nullopt);
}

TEST_P(GraphRows, NeverAdoptWhatHasAProjectOrIsShared) {
    const auto other = *change([&](Writer& writer) { return test::insert_project(writer, "Other", ada_); });
    const auto owned = add(NodeType::Material, "owned", other.id);
    const auto behind = add(NodeType::Property, "", std::nullopt);
    const auto citation = add(NodeType::Citation, "", std::nullopt);
    const auto reference = add(NodeType::Reference, "", std::nullopt);
    link(owned, FieldName::Property, {behind.id});
    link(citation, FieldName::Reference, {reference.id});
    make([&](Writer& writer) {
        return writer.adopt(std::vector{owned.id, citation.id, reference.id}, project_.id);
    });
    EXPECT_EQ(find(owned.uuid)->project, other.id);
    EXPECT_EQ(find(behind.uuid)->project, std::nullopt) << "it hangs on a node of another project";
    EXPECT_EQ(find(citation.uuid)->project, project_.id);
    EXPECT_EQ(find(reference.uuid)->project, std::nullopt);
}

TEST_P(GraphRows, SayWhatANodeContainsAtAnyDepth) {
    const auto collection = add(NodeType::Collection, "c");
    const auto experiment = add(NodeType::Experiment, "e");
    const auto process = add(NodeType::Process, "p");
    const auto product = add(NodeType::Material, "product");
    const auto before = add(NodeType::Process, "before");
    link(collection, FieldName::Experiment, {experiment.id});
    link(experiment, FieldName::Process, {process.id});
    link(process, FieldName::Product, {product.id});
    link(process, FieldName::PrerequisiteProcess, {before.id});
    EXPECT_THAT(ask([&](Reader& reader) { return reader.contained_in(collection.id); }),
                ElementsAre(collection.id, experiment.id, process.id));
}

TEST_P(GraphRows, CountAllThatAProjectOwnsAsContainedInIt) {
    const auto loose = add(NodeType::Material, "loose");
    const auto foreign = add(NodeType::Material, "foreign", std::nullopt);
    EXPECT_THAT(ask([&](Reader& reader) { return reader.contained_in(project_.id); }),
                ElementsAre(project_.id, loose.id));
    link(project_, FieldName::Material, {foreign.id});
    EXPECT_THAT(ask([&](Reader& reader) { return reader.contained_in(project_.id); }),
                ElementsAre(project_.id, loose.id, foreign.id));
}

TEST_P(GraphRows, EndWithContainmentThatGoesInACircle) {
    const auto a = add(NodeType::Collection, "a");
    const auto b = add(NodeType::Experiment, "b");
    link(a, FieldName::Experiment, {b.id});
    link(b, FieldName::Citation, {a.id});
    EXPECT_THAT(ask([&](Reader& reader) { return reader.contained_in(a.id); }), ElementsAre(a.id, b.id));
}

TEST_P(GraphRows, AreGoneWithAllTheirEdgesOnceDeleted) {
    const auto inventory = add(NodeType::Inventory, "shelf");
    const auto a = add(NodeType::Material, "a");
    const auto b = add(NodeType::Material, "b");
    const auto property = add(NodeType::Property, "");
    link(inventory, FieldName::Material, {a.id, b.id});
    link(a, FieldName::Property, {property.id});
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{a}, ada_, kNow); });
    EXPECT_FALSE(find(a.uuid));
    EXPECT_THAT(children(inventory), ElementsAre(b.id));
    EXPECT_THAT(ask([&](Reader& reader) { return reader.edges_to(std::vector{property.id}); }), IsEmpty());
    EXPECT_TRUE(find(property.uuid));
}

TEST_P(GraphRows, KeepTheirPlaceInThePagesAfterTheyWereDeleted) {
    const auto a = add(NodeType::Material, "a");
    EXPECT_EQ(ask([&](Reader& reader) { return reader.page_position(a.uuid); }), a.id);
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{a}, ada_, kNow); });
    EXPECT_EQ(ask([&](Reader& reader) { return reader.page_position(a.uuid); }), a.id);
    EXPECT_EQ(ask([&](Reader& reader) { return reader.page_position(base::Uuid::random()); }), std::nullopt);
}

TEST_P(GraphRows, NeverGiveTheIdOfADeletedNodeToAnother) {
    const auto last = add(NodeType::Material, "last");
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{last}, ada_, kNow); });
    EXPECT_GT(add(NodeType::Material, "next").id, last.id);
}

TEST_P(GraphRows, SetAUuidFreeOnceDeleted) {
    auto row = add(NodeType::Material, "a");
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{row}, ada_, kNow); });
    const auto former = row.id;
    const auto again = change([&](Writer& writer) { return test::insert(writer, row); });
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_NE(again->id, former);
    EXPECT_EQ(ask([&](Reader& reader) { return reader.page_position(row.uuid); }), again->id);
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{*again}, ada_, kNow); });
    EXPECT_EQ(ask([&](Reader& reader) { return reader.page_position(row.uuid); }), again->id);
}

TEST_P(GraphRows, SetNameAndRolesOfAProjectFreeOnceDeleted) {
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{project_}, ada_, kNow); });
    EXPECT_EQ(ask([](Reader& reader) { return reader.project_named("Home"); }), std::nullopt);
    const auto access =
        ask([&](Reader& reader) { return reader.project_access(ada_, std::vector{project_.id}); });
    EXPECT_THAT(access, IsEmpty());
}

TEST_P(GraphRows, AreNotInsertedInPart) {
    auto good = test::node(NodeType::Material, "good", ada_);
    auto bad = test::node(NodeType::Material, "bad", ada_);
    bad.uuid = project_.uuid;
    NodeRow* const rows[] = {&good, &bad};
    const auto done = store_->write([&](Writer& writer) { return writer.insert_nodes(rows); });
    EXPECT_FALSE(done);
    EXPECT_FALSE(find(good.uuid)) << "nothing of a failed write is kept";
}

}  // namespace
}  // namespace cript::store
