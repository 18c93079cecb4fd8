#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using model::FieldName;
using model::NodeType;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class RecordLists : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        if (IsSkipped()) return;
        ada_ = change([](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
        bob_ = change([](Writer& writer) { return test::insert(writer, test::account("bob")); })->id;
        project_ = change([&](Writer& writer) { return test::insert_project(writer, "Home", ada_); })->id;
    }

    NodeId add(NodeType type, std::optional<NodeId> project) {
        return change(
                   [&](Writer& writer) { return test::insert(writer, test::node(type, "", ada_, project)); })
            ->id;
    }
    void link(NodeId parent, FieldName field, const std::vector<NodeId>& children) {
        make([&](Writer& writer) { return writer.set_children(parent, field, children, true); });
    }

    RecordListQuery query(NodeType type, std::optional<Listed> listed = {}) const {
        return {.type = type, .caller = ada_, .is_owned = true, .listed = listed};
    }
    /// The list, which is counted alike.
    std::vector<NodeId> found(const RecordListQuery& wanted) {
        auto ids = test::ids_of(ask([&](Reader& reader) { return reader.list_records(wanted); }));
        EXPECT_EQ(ask([&](Reader& reader) { return reader.count_records(wanted); }), ids.size());
        return ids;
    }
    std::vector<NodeId> page(RecordListQuery wanted, unsigned limit, std::uint64_t offset) {
        wanted.limit = limit;
        wanted.offset = offset;
        return test::ids_of(ask([&](Reader& reader) { return reader.list_records(wanted); }));
    }

    AccountId ada_ = 0;
    AccountId bob_ = 0;
    NodeId project_ = 0;
};

TEST_P(RecordLists, HoldWhatAProjectOwns) {
    const auto home = add(NodeType::Material, project_);
    const auto unfiled = add(NodeType::Material, {});
    EXPECT_THAT(found(query(NodeType::Material)), ElementsAre(home));
    auto of_project = query(NodeType::Material);
    of_project.project = project_;
    EXPECT_THAT(found(of_project), ElementsAre(home));
    auto of_any = query(NodeType::Material);
    of_any.is_owned = false;
    EXPECT_THAT(found(of_any), ElementsAre(home, unfiled));
    of_any.caller = bob_;
    EXPECT_THAT(found(of_any), IsEmpty());
}

TEST_P(RecordLists, HoldWhatIsListedByTheRightTypeUnderTheOldestThatDoes) {
    const auto material = add(NodeType::Material, project_);
    const auto first = add(NodeType::Experiment, project_);
    const auto second = add(NodeType::Experiment, project_);
    const auto both = add(NodeType::Process, project_);
    const auto late = add(NodeType::Process, project_);
    const auto made = add(NodeType::Process, project_);
    add(NodeType::Process, project_);
    link(material, FieldName::Process, {made, late});
    link(second, FieldName::Process, {late, both, late});
    link(first, FieldName::Process, {both});
    const Listed anywhere{FieldName::Process, NodeType::Experiment, {}};
    EXPECT_THAT(found(query(NodeType::Process, anywhere)), ElementsAre(both, late));
    EXPECT_THAT(page(query(NodeType::Process, anywhere), 1, 1), ElementsAre(late));
    const auto in = [&](NodeId parent) {
        return query(NodeType::Process, Listed{FieldName::Process, NodeType::Experiment, parent});
    };
    EXPECT_THAT(found(in(first)), ElementsAre(both));
    EXPECT_THAT(found(in(second)), ElementsAre(late)) << "once, although it is listed twice";
    EXPECT_THAT(page(in(second), 10, 1), IsEmpty());
    auto after = in(second);
    after.after = late;
    EXPECT_THAT(test::ids_of(ask([&](Reader& reader) { return reader.list_records(after); })), IsEmpty());
}

TEST_P(RecordLists, PreferTheParentOfTheRecordsOwnProject) {
    const auto other =
        change([&](Writer& writer) { return test::insert_project(writer, "Other", ada_); })->id;
    const auto strange = add(NodeType::Experiment, other);
    const auto unfiled = add(NodeType::Experiment, {});
    const auto first = add(NodeType::Experiment, project_);
    const auto second = add(NodeType::Experiment, project_);
    const auto process = add(NodeType::Process, project_);
    const auto unplaced = add(NodeType::Process, project_);
    const auto of_none = add(NodeType::Process, {});
    for (const auto experiment : {unfiled, first, second})
        link(experiment, FieldName::Process, {process, of_none});
    link(strange, FieldName::Process, {process, unplaced, of_none});
    const auto in = [&](NodeId parent) {
        return found(query(NodeType::Process, Listed{FieldName::Process, NodeType::Experiment, parent}));
    };
    EXPECT_THAT(in(strange), ElementsAre(unplaced)) << "which stands nowhere else";
    EXPECT_THAT(in(unfiled), ElementsAre(of_none));
    EXPECT_THAT(in(first), ElementsAre(process));
    EXPECT_THAT(in(second), IsEmpty());
}

TEST_P(RecordLists, AreNarrowedByNumbers) {
    std::vector<NodeId> nodes;
    for (const double value : {1.0, 2.0, 3.0}) {
        nodes.push_back(add(NodeType::Property, project_));
        const MeasuredChange changes[] = {
            {nodes.back(), model::MeasuredValue{"density", {value, value + 0.5}, {}, "kelvin"}, false}};
        make([&](Writer& writer) { return writer.set_measured(changes); });
    }
    const auto found = [&](double least, double most, unsigned limit) {
        return ask(
            [&](Reader& reader) { return reader.measured_nodes({"density", "kelvin", least, most}, limit); });
    };
    EXPECT_THAT(found(1, 2.2, 10), UnorderedElementsAre(nodes[0], nodes[1]));
    EXPECT_EQ(found(0, 9, 2).size(), 2U);
    EXPECT_THAT(found(2.6, 2.9, 10), IsEmpty());
}

CRIPT_ON_EVERY_BACKEND(RecordLists);

}  // namespace
}  // namespace cript::store
