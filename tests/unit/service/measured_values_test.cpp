#include <gmock/gmock.h>

#include <limits>

#include "graph_installation.hpp"
#include "service/reindex.hpp"

namespace cript::service::test {
namespace {

using model::NodeType;
using testing::ElementsAre;
using testing::IsEmpty;

class MeasuredValues : public GraphInstallation {
  protected:
    /// The materials with a density from `least` kg/m³ on.
    std::vector<std::string> found(double least) {
        PageRequest request{NodeType::Material, {}, {}, 10, {}, {}};
        request.measured = {"density", "kilogram / meter ** 3", least,
                            std::numeric_limits<double>::infinity()};
        const auto page = find_page(context(), ada_, request);
        EXPECT_TRUE(page);
        std::vector<std::string> names;
        for (const auto& hit : page->hits) names.push_back(hit.row.name);
        return names;
    }
    /// As a database has it that was made before there were such values.
    void forget(unsigned number) {
        const auto done = store_->write([&](store::Writer& writer) -> base::Result<void> {
            auto rows = writer.find_nodes(std::vector{uuid(number)});
            CRIPT_CHECK(rows);
            const store::MeasuredChange changes[] = {{rows->at(0)->id, {}, false}};
            return writer.set_measured(changes);
        });
        EXPECT_TRUE(done);
    }
};

TEST_F(MeasuredValues, ThatDoNotFitAreAWarningOrAnErrorAsTheDialectHasIt) {
    const auto wrong = node("Property", 2, "", R"("key":"density","type":"value","unit":"GPa","value":1)");
    const auto json = material(1, "toluene", R"("property":[)" + wrong + "]");
    SaveOptions strict;
    strict.values_must_fit = true;
    const auto refused = try_create(ada_, NodeType::Material, json, strict);
    ASSERT_FALSE(refused);
    ASSERT_EQ(refused.error().problems.size(), 1U);
    EXPECT_EQ(refused.error().problems[0].pointer, "/property/0/unit");
    EXPECT_EQ(refused.error().problems[0].code, "unit_mismatch");
    EXPECT_FALSE(is_there(1));

    const auto outcome = create(ada_, NodeType::Material, json);
    ASSERT_EQ(outcome.warnings.size(), 1U);
    EXPECT_EQ(outcome.warnings[0].pointer, "/property/0/unit");
    EXPECT_TRUE(try_change(ada_, NodeType::Material, json, strict)) << "what is stored is not judged again";
}

TEST_F(MeasuredValues, AreMadeAnewFromTheNodes) {
    create(ada_, NodeType::Material, material(1, "toluene", R"("property":[)" + property(2, "0.87") + "]"));
    EXPECT_THAT(found(800), ElementsAre("toluene"));
    forget(2);
    EXPECT_THAT(found(800), IsEmpty());
    const auto done = reindex(context());
    ASSERT_TRUE(done);
    EXPECT_EQ(done->measured, 1U);
    EXPECT_EQ(done->identified, 1U);
    EXPECT_EQ(done->nodes, 5U) << "two, and three accounts";
    EXPECT_THAT(found(800), ElementsAre("toluene"));
    EXPECT_THAT(found(900), IsEmpty());
}

}  // namespace
}  // namespace cript::service::test
