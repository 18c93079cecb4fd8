#include <gtest/gtest.h>

#include "documents.hpp"

namespace cript::model::test {
namespace {

class Example : public testing::TestWithParam<const char*> {};

TEST_P(Example, IsAValidProject) {
    const auto graph = valid(NodeType::Project, example(GetParam()));
    EXPECT_EQ(graph.nodes[0].type, NodeType::Project);
    EXPECT_GT(graph.nodes.size(), 10U);
}

TEST_P(Example, HasNoLinkThatLeavesIt) {
    const auto graph = valid(NodeType::Project, example(GetParam()));
    for (const auto& node : graph.nodes) {
        for (const auto& links : node.links) {
            for (const auto& target : links.targets) {
                ASSERT_LT(target.node, graph.nodes.size());
                EXPECT_EQ(graph.nodes[target.node].uuid, target.uuid);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Shipped, Example,
                         testing::Values("seed_materials.json", "polystyrene_synthesis.json",
                                         "polystyrene_template.sheet.json"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::ranges::replace(name, '.', '_');
                             return name;
                         });

}  // namespace
}  // namespace cript::model::test
