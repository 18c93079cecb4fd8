#include "model/repeats.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents.hpp"

/// A node that a document gives in full more than once.
namespace cript::model::test {
namespace {

constexpr auto kUuid = R"("uuid":"11111111-1111-4111-8111-111111111101")";

std::string material(const std::string& more) {
    return R"({"node":["Material"],"name":"water","smiles":"O",)" + std::string(kUuid) + more + "}";
}

std::string project_of(const std::string& first, const std::string& second) {
    return R"({"node":["Project"],"name":"ab","material":[)" + first + "," + second + "]}";
}

TEST(Repeat, IsOneNodeInTheGraph) {
    const auto graph = valid(NodeType::Project, project_of(material(""), material("")));
    ASSERT_EQ(graph.nodes.size(), 2U);
    const auto& targets = links_of(graph.nodes[0], FieldName::Material).targets;
    ASSERT_EQ(targets.size(), 2U);
    EXPECT_EQ(targets[0].node, 1U);
    EXPECT_EQ(targets[1].node, 1U);
}

TEST(Repeat, InAnotherOrderOfItsMembersIsTheSame) {
    const auto graph =
        valid(NodeType::Project, project_of(material(""), R"({"smiles":"O",)" + std::string(kUuid) +
                                                              R"(,"name":"water","node":["Material"]})"));
    EXPECT_EQ(graph.nodes.size(), 2U);
}

TEST(Repeat, WithChildrenWithoutIdentityIsTheSame) {
    const std::string property =
        R"(,"property":[{"node":["Property"],"key":"color","type":"none","condition":[{"node":["Condition"],"value":1}]}])";
    const auto graph = valid(NodeType::Project, project_of(material(property), material(property)));
    ASSERT_EQ(graph.nodes.size(), 4U);
    EXPECT_EQ(graph.pointer(3), "/material/0/property/0/condition/0");
}

TEST(Repeat, MaySayLess) {
    const auto graph = valid(
        NodeType::Project,
        project_of(
            material(R"(,"notes":"wet","property":[{"node":["Property"],"key":"color","type":"none"}])"),
            R"({"node":["Material"],)" + std::string(kUuid) + R"(,"name":"water"})"));
    ASSERT_EQ(graph.nodes.size(), 3U);
    EXPECT_EQ(graph.nodes[1].attributes, R"({"name":"water","notes":"wet","smiles":"O"})");
}

TEST(Repeat, OfANodeThatIsStillOpenIsAStub) {
    const auto graph =
        valid(NodeType::Material,
              material(R"(,"process":{"node":["Process"],"type":"mix","product":[)" + material("") + "]}"));
    ASSERT_EQ(graph.nodes.size(), 2U);
    EXPECT_EQ(links_of(graph.nodes[1], FieldName::Product).targets[0].node, 0U);
}

TEST(Repeat, OfANodeWithARequiredChildMayLeaveItOut) {
    const std::string ingredient = R"({"node":["Ingredient"],"uuid":"22222222-2222-4222-8222-222222222202")";
    const auto graph =
        valid(NodeType::Process, R"({"node":["Process"],"ingredient":[)" + ingredient + R"(,"material":)" +
                                     material("") + "}," + ingredient + "}]}");
    EXPECT_EQ(graph.nodes.size(), 3U);
}

TEST(Repeat, ThatContradictsIsAProblem) {
    const auto problem =
        problem_of(NodeType::Project, project_of(material(""), material(R"(,"vendor":"ACME")")));
    EXPECT_EQ(problem.code, "conflicting_uuid");
    EXPECT_EQ(problem.pointer, "/material/1");
    EXPECT_THAT(problem.message, testing::HasSubstr("/material/0"));
    EXPECT_EQ(problem_of(NodeType::Project, project_of(material(""), R"({"node":["Material"],"name":"ice",)" +
                                                                         std::string(kUuid) + "}"))
                  .pointer,
              "/material/1");
}

TEST(Repeat, ThatDiffersInLinksFlagsOrNullsIsAProblem) {
    const std::string link = R"(,"component":[{"uuid":"22222222-2222-4222-8222-222222222202"}])";
    for (const auto& more :
         {link, std::string(R"(,"public":true)"), std::string(R"(,"locked":true)"),
          std::string(R"(,"notes":null)"),
          std::string(R"(,"property":[{"node":["Property"],"key":"color","type":"none"}])")}) {
        EXPECT_EQ(problem_of(NodeType::Project, project_of(material(""), material(more))).code,
                  "conflicting_uuid")
            << more;
        EXPECT_EQ(valid(NodeType::Project, project_of(material(more), material(""))).nodes[1].type,
                  NodeType::Material)
            << more;
    }
}

TEST(Repeat, ByUidWithoutUuidIsTheSameNode) {
    const std::string water = R"({"node":["Material"],"name":"water","smiles":"O","uid":"_:w"})";
    const auto graph = valid(NodeType::Project, project_of(water, water));
    ASSERT_EQ(graph.nodes.size(), 2U);
    EXPECT_TRUE(graph.nodes[1].uuid_is_new);
    EXPECT_EQ(problem_of(NodeType::Project,
                         project_of(water, R"({"node":["Material"],"name":"ice","smiles":"O","uid":"_:w"})"))
                  .pointer,
              "/material/1");
}

TEST(Repeat, KeepsANodeThatOnlyTheRepetitionGivesInFull) {
    const std::string by_uuid = R"(,"component":[{"uuid":"22222222-2222-4222-8222-222222222202"}])";
    const std::string in_full =
        R"(,"component":[{"node":["Material"],"name":"salt","smiles":"[Na]","uuid":"22222222-2222-4222-8222-222222222202"}])";
    const auto graph = valid(NodeType::Project, project_of(material(by_uuid), material(in_full)));
    ASSERT_EQ(graph.nodes.size(), 3U);
    EXPECT_EQ(graph.nodes[2].name, "salt");
    EXPECT_EQ(graph.nodes[2].parent, 1U);
    EXPECT_EQ(links_of(graph.nodes[1], FieldName::Component).targets[0].node, 2U);
}

TEST(Repeat, MovesLinksOfLaterNodesToTheirNewPlaces) {
    const std::string document =
        R"({"node":["Project"],"name":"ab","material":[)" + material("") + "," + material("") +
        R"(,{"node":["Material"],"name":"brine","uid":"_:b","component":[{"uid":"_:salt"}]},
                                    {"node":["Material"],"name":"salt","smiles":"[Na]","uid":"_:salt"}]})";
    const auto graph = valid(NodeType::Project, document);
    ASSERT_EQ(graph.nodes.size(), 4U);
    EXPECT_EQ(graph.nodes[3].name, "salt");
    EXPECT_EQ(links_of(graph.nodes[2], FieldName::Component).targets[0].node, 3U);
    EXPECT_EQ(graph.pointer(3), "/material/3");
}

}  // namespace
}  // namespace cript::model::test
