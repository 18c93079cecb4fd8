#include <gtest/gtest.h>

#include "model/graph.hpp"

namespace cript::model {
namespace {

TEST(ProblemsOfWhole, AQuantityThatKeepsItsKeyMustKeepItsUnitAndSign) {
    EXPECT_TRUE(problems_of_whole(NodeType::Quantity, R"({"key":"mass","value":1.5,"unit":"kg"})").empty());
    const auto problems = problems_of_whole(NodeType::Quantity, R"({"key":"mass","value":-2,"unit":"lb"})");
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_NE(problems[0].pointer, problems[1].pointer);
}

TEST(ProblemsOfWhole, AParameterKeepsTheKindOfItsKey) {
    EXPECT_TRUE(problems_of_whole(NodeType::Parameter, R"({"key":"seed","value":7})").empty());
    EXPECT_EQ(problems_of_whole(NodeType::Parameter, R"({"key":"seed","value":"seven"})").size(), 1U);
}

TEST(ProblemsOfWhole, OtherTypesHaveNoSuchRules) {
    EXPECT_TRUE(problems_of_whole(NodeType::Material, R"({"name":"water"})").empty());
}

}  // namespace
}  // namespace cript::model
