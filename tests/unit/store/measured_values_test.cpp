#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using model::FieldName;
using model::NodeType;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr double kAny = std::numeric_limits<double>::infinity();

class MeasuredValues : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        if (IsSkipped()) return;
        ada_ = change([](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
        project_ = change([&](Writer& writer) { return test::insert_project(writer, "Home", ada_); })->id;
    }

    NodeRow add(NodeType type, std::optional<NodeId> project) {
        return *change(
            [&](Writer& writer) { return test::insert(writer, test::node(type, "", ada_, project)); });
    }
    /// A material with one property.
    NodeId measured(double value, const std::string& unit, const std::string& key = "density") {
        const auto material = add(NodeType::Material, project_);
        const auto property = add(NodeType::Property, project_);
        make([&](Writer& writer) {
            return writer.set_children(material.id, FieldName::Property, std::vector{property.id}, true);
        });
        set(property.id, {{key, {value}, {}, unit}});
        property_ = property;
        return material.id;
    }
    void set(NodeId node, std::optional<model::MeasuredValue> value) {
        const MeasuredChange changes[] = {{node, std::move(value), false}};
        make([&](Writer& writer) { return writer.set_measured(changes); });
    }

    ListQuery query(double least, double most, NodeType type = NodeType::Material) const {
        ListQuery wanted;
        wanted.type = type;
        wanted.caller = ada_;
        wanted.measured = {"density", "kilogram / meter ** 3", least, most};
        return wanted;
    }
    std::vector<NodeId> found(const ListQuery& wanted) {
        return test::ids_of(ask([&](Reader& reader) { return reader.list(wanted); }));
    }

    AccountId ada_ = 0;
    NodeId project_ = 0;
    NodeRow property_;  ///< the last one
};

TEST_P(MeasuredValues, AreFoundByKeyUnitAndRange) {
    const auto light = measured(500, "kilogram / meter ** 3");
    const auto heavy = measured(1200, "kilogram / meter ** 3");
    measured(900, "kelvin");
    measured(900, "kilogram / meter ** 3", "density_vapor");
    EXPECT_THAT(found(query(400, 600)), ElementsAre(light));
    EXPECT_THAT(found(query(500, 1200)), ElementsAre(light, heavy));
    EXPECT_THAT(found(query(-kAny, kAny)), ElementsAre(light, heavy));
    EXPECT_THAT(found(query(501, 1199)), IsEmpty());
    EXPECT_EQ(ask([&](Reader& reader) { return reader.count(query(0, kAny)); }), 2U);
}

TEST_P(MeasuredValues, LeadToTheirOwnNodeToo) {
    measured(500, "kilogram / meter ** 3");
    EXPECT_THAT(found(query(0, kAny, NodeType::Property)), ElementsAre(property_.id));
}

TEST_P(MeasuredValues, AreReplacedAndGoWithTheirNode) {
    const auto material = measured(500, "kilogram / meter ** 3");
    set(property_.id, {{"density", {1, 2, 2}, {}, "kilogram / meter ** 3"}});
    EXPECT_THAT(found(query(400, 600)), IsEmpty());
    EXPECT_THAT(found(query(2, 2)), ElementsAre(material));
    set(property_.id, {});
    EXPECT_THAT(found(query(-kAny, kAny)), IsEmpty());
    set(property_.id, {{"density", {7}, {}, "kilogram / meter ** 3"}});
    const NodeRow doomed[] = {property_};
    make([&](Writer& writer) { return writer.delete_nodes(doomed, ada_, test::kNow); });
    EXPECT_THAT(found(query(-kAny, kAny)), IsEmpty());
}

TEST_P(MeasuredValues, OfAnotherProjectSayNothingOfTheirHolder) {
    measured(500, "kilogram / meter ** 3");
    const auto elsewhere =
        change([&](Writer& writer) { return test::insert_project(writer, "Away", ada_); })->id;
    const auto holder = add(NodeType::Material, elsewhere);
    make([&](Writer& writer) {
        return writer.set_children(holder.id, FieldName::Property, std::vector{property_.id}, true);
    });
    EXPECT_EQ(found(query(0, kAny)).size(), 1U);
}

TEST_P(MeasuredValues, MayHaveAVeryLongKey) {
    const std::string key = "+" + std::string(5'000, 'k');
    const auto material = measured(1, "", key);
    auto wanted = query(0, 2);
    wanted.measured = {key, "", 0, 2};
    EXPECT_THAT(found(wanted), ElementsAre(material));
}

CRIPT_ON_EVERY_BACKEND(MeasuredValues);

}  // namespace
}  // namespace cript::store
