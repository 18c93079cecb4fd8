#include "model/graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents.hpp"

/// Nodes, identities and links of a document.
namespace cript::model::test {
namespace {

using testing::HasSubstr;

constexpr auto kMaterial = R"("node":["Material"],"name":"water","smiles":"O")";

std::string project(const std::string& materials, const std::string& more = "") {
    return R"({"node":["Project"],"name":"ab","material":[)" + materials + "]" + more + "}";
}

std::string material(const std::string& more) {
    return "{" + std::string(kMaterial) + more + "}";
}

std::string uuid_member(const char* uuid) {
    return R"(,"uuid":")" + std::string(uuid) + "\"";
}

TEST(Graph, HoldsTheRootFirstAndEveryWholeNode) {
    const auto graph =
        valid(NodeType::Project,
              project(material(R"(,"property":[{"node":["Property"],"key":"color","type":"none"}])")));
    ASSERT_EQ(graph.nodes.size(), 3U);
    EXPECT_EQ(graph.nodes[0].type, NodeType::Project);
    EXPECT_EQ(graph.nodes[1].type, NodeType::Material);
    EXPECT_EQ(graph.nodes[2].type, NodeType::Property);
    EXPECT_EQ(graph.nodes[2].parent, 1U);
    EXPECT_EQ(graph.nodes[2].parent_field, FieldName::Property);
    EXPECT_EQ(links_of(graph.nodes[1], FieldName::Property).targets[0].node, 2U);
}

TEST(Graph, PointsToNodesAndLinks) {
    const auto graph = valid(NodeType::Process, R"({"node":["Process"],"ingredient":[
        {"node":["Ingredient"],"material":{"uuid":"11111111-1111-4111-8111-111111111101"}},
        {"node":["Ingredient"],"material":{"node":["Material"],"name":"water","smiles":"O"}}]})");
    EXPECT_EQ(graph.pointer(0), "");
    EXPECT_EQ(graph.pointer(1), "/ingredient/0");
    EXPECT_EQ(graph.pointer(3), "/ingredient/1/material");
    EXPECT_EQ(graph.pointer(0, FieldName::Ingredient, 1), "/ingredient/1");
    EXPECT_EQ(graph.pointer(2, FieldName::Material, 0), "/ingredient/1/material");
}

TEST(Graph, KeepsLinksInModelOrderAndTheirTargetsAsSent) {
    const auto graph =
        valid(NodeType::Project,
              R"({"node":["Project"],"name":"ab","collection":[{"node":["Collection"],"name":"cc"}],
        "material":[{"uuid":"22222222-2222-4222-8222-222222222202"},{"uuid":"11111111-1111-4111-8111-111111111101"},
                    {"uuid":"22222222-2222-4222-8222-222222222202"}]})");
    ASSERT_EQ(graph.nodes[0].links.size(), 2U);
    EXPECT_EQ(graph.nodes[0].links[0].field, FieldName::Material);
    EXPECT_EQ(graph.nodes[0].links[1].field, FieldName::Collection);
    std::vector<std::string> uuids;
    for (const auto& target : graph.nodes[0].links[0].targets) {
        EXPECT_EQ(target.node, LinkTarget::kElsewhere);
        uuids.push_back(target.uuid.text());
    }
    EXPECT_THAT(uuids, testing::ElementsAre(kOtherUuid, kMaterialUuid, kOtherUuid));
}

TEST(Identity, TheUuidOfTheClientIsKeptInLowerCase) {
    const auto graph =
        valid(NodeType::Material, material(R"(,"uuid":"AAAAAAAA-1111-4111-8111-111111111101")"));
    EXPECT_EQ(graph.nodes[0].uuid.text(), "aaaaaaaa-1111-4111-8111-111111111101");
    EXPECT_FALSE(graph.nodes[0].uuid_is_new);
}

TEST(Identity, AUidThatHoldsAUuidGivesIt) {
    const auto graph =
        valid(NodeType::Material, material(R"(,"uid":"_:11111111-1111-4111-8111-111111111101")"));
    EXPECT_EQ(graph.nodes[0].uuid.text(), kMaterialUuid);
    EXPECT_FALSE(graph.nodes[0].uuid_is_new);
}

TEST(Identity, WithoutBothANodeGetsANewRandomUuid) {
    const auto first = valid(NodeType::Material, material(R"(,"uid":"_:water")"));
    const auto second = valid(NodeType::Material, material(R"(,"uid":"_:water")"));
    EXPECT_TRUE(first.nodes[0].uuid_is_new);
    EXPECT_NE(first.nodes[0].uuid, second.nodes[0].uuid);
    EXPECT_EQ(first.nodes[0].uuid.text()[14], '4');
}

TEST(Identity, NewUuidsDiffer) {
    std::string materials;
    for (int at = 0; at < 500; ++at) materials += (at > 0 ? "," : "") + material("");
    const auto graph = valid(NodeType::Project, project(materials));
    std::vector<base::Uuid> uuids;
    for (const auto& node : graph.nodes) uuids.push_back(node.uuid);
    std::ranges::sort(uuids);
    EXPECT_EQ(std::ranges::adjacent_find(uuids), uuids.end());
}

TEST(Identity, AnUidAndAUuidMayDiffer) {
    const auto graph = valid(NodeType::Material, material(R"(,"uuid":"11111111-1111-4111-8111-111111111101",
        "uid":"_:22222222-2222-4222-8222-222222222202")"));
    EXPECT_EQ(graph.nodes[0].uuid.text(), kMaterialUuid);
}

TEST(Identity, MalformedOnesAreProblems) {
    for (const auto* uuid :
         {R"("x")", R"("11111111-1111-4111-8111-11111111110")", "5", R"(["a"])",
          R"("11111111111141118111111111111101")", R"("00000000-0000-0000-0000-000000000000")"}) {
        const auto problem = problem_of_material(R"("uuid":)" + std::string(uuid));
        EXPECT_EQ(problem.code, "invalid_uuid") << uuid;
        EXPECT_EQ(problem.pointer, "/uuid");
    }
    for (const std::string uid : {R"("water")", R"("_:")", R"("")", "7", R"({})"}) {
        const auto problem = problem_of_material(R"("uid":)" + uid);
        EXPECT_EQ(problem.code, "invalid_uid") << uid;
        EXPECT_EQ(problem.pointer, "/uid");
    }
}

TEST(Identity, AUidHasThreeTo255Characters) {
    EXPECT_EQ(problem_of_material(R"("uid":"_:)" + std::string(254, 'x') + "\"").code, "invalid_uid");
    valid(NodeType::Material, material(R"(,"uid":"_:)" + std::string(253, 'x') + "\""));
    valid(NodeType::Material, material(R"(,"uid":"_:ä")"));
}

TEST(Identity, OfTheRootComesFromTheAddress) {
    const auto address = *base::Uuid::parse(kMaterialUuid);
    const auto graph = read_graph(material(""), {.root = NodeType::Material, .root_uuid = address});
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->nodes[0].uuid, address);
    EXPECT_FALSE(graph->nodes[0].uuid_is_new);
}

TEST(Identity, ABodyThatNamesAnotherNodeThanTheAddressIsAProblem) {
    const auto address = *base::Uuid::parse(kMaterialUuid);
    const auto graph =
        read_graph(material(uuid_member(kOtherUuid)), {.root = NodeType::Material, .root_uuid = address});
    ASSERT_FALSE(graph);
    ASSERT_EQ(graph.error().problems.size(), 1U);
    EXPECT_EQ(graph.error().problems[0].code, "uuid_mismatch");
    EXPECT_EQ(graph.error().problems[0].pointer, "/uuid");
}

TEST(Identity, TwoNodesMayNotShareAUid) {
    const auto problem =
        problem_of(NodeType::Project, project(material(R"(,"uid":"_:a")" + uuid_member(kMaterialUuid)) + "," +
                                              material(R"(,"uid":"_:a")" + uuid_member(kOtherUuid))));
    EXPECT_EQ(problem.code, "duplicate_uid");
    EXPECT_EQ(problem.pointer, "/material/1/uid");
    EXPECT_THAT(problem.message, HasSubstr("/material/0"));
}

TEST(Identity, AUuidBelongsToOneType) {
    const auto problem = problem_of(
        NodeType::Project,
        project(material(uuid_member(kMaterialUuid)),
                R"(,"collection":[{"node":["Collection"],"name":"cc")" + uuid_member(kMaterialUuid) + "}]"));
    EXPECT_EQ(problem.code, "conflicting_uuid");
    EXPECT_EQ(problem.pointer, "/collection/0/uuid");
    EXPECT_THAT(problem.message, HasSubstr("Material"));
}

TEST(NodeType, IsNeeded) {
    const auto problem = problem_of(NodeType::Material, R"({"name":"water","smiles":"O"})");
    EXPECT_EQ(problem.message, "'node' is a required property");
    EXPECT_EQ(problem.pointer, "");
}

TEST(NodeType, IsAListOfOneName) {
    for (const auto* node : {R"("Material")", "[]", R"(["Material","Material"])", "[1]", "null", "{}"}) {
        const auto problem = problem_of(NodeType::Material,
                                        R"({"name":"water","smiles":"O","node":)" + std::string(node) + "}");
        EXPECT_EQ(problem.code, "wrong_type") << node;
        EXPECT_EQ(problem.pointer, "/node");
    }
}

TEST(NodeType, AnUnknownOneIsAProblemWithASuggestion) {
    const auto problem =
        problem_of(NodeType::Project, project(R"({"node":["Materal"],"name":"water","smiles":"O"})"));
    EXPECT_EQ(problem.code, "unknown_node_type");
    EXPECT_EQ(problem.pointer, "/material/0/node");
    EXPECT_EQ(problem.suggestion, "Material");
}

TEST(NodeType, OfTheWrongKindIsOneProblemNotOneForEachField) {
    const auto process =
        problem_of(NodeType::Project,
                   project(R"({"node":["Process"],"type":"mix","description":"d","keyword":["anionic"]})"));
    EXPECT_EQ(process.code, "wrong_node_type");
    EXPECT_EQ(process.pointer, "/material/0/node");
    EXPECT_EQ(process.message, "expected a node of type Material, found Process");
    const auto slip = problem_of(NodeType::Project,
                                 project(R"({"node":["Process"],"name":"water","smiles":"O","inchi":"x"})"));
    EXPECT_EQ(slip.code, "wrong_node_type");
}

TEST(NodeType, OfTheRootIsThatOfTheAddress) {
    EXPECT_EQ(problem_of(NodeType::Project, R"({"node":["Collection"],"name":"ab"})").pointer, "/node");
}

TEST(Root, IsAnObject) {
    for (const auto* json : {"[]", "5", "null", R"("text")", "true"}) {
        const auto problem = problem_of(NodeType::Project, json);
        EXPECT_EQ(problem.code, "wrong_type") << json;
        EXPECT_EQ(problem.pointer, "");
    }
}

TEST(Links, ByUidLeadForwardsAndBackwards) {
    const auto graph =
        valid(NodeType::Project, project(material(R"(,"uid":"_:mix","component":[{"uid":"_:water"}])") + "," +
                                         material(R"(,"uid":"_:water","component":[{"uid":"_:mix"}])")));
    const auto forwards = links_of(graph.nodes[1], FieldName::Component).targets[0];
    const auto backwards = links_of(graph.nodes[2], FieldName::Component).targets[0];
    EXPECT_EQ(forwards.node, 2U);
    EXPECT_EQ(forwards.uuid, graph.nodes[2].uuid);
    EXPECT_EQ(backwards.node, 1U);
}

TEST(Links, ByUuidFindTheNodeOfTheSameDocument) {
    const auto graph =
        valid(NodeType::Project,
              project(material(R"(,"component":[{"uuid":"11111111-1111-4111-8111-111111111101"}])") + "," +
                      material(uuid_member(kMaterialUuid))));
    EXPECT_EQ(links_of(graph.nodes[1], FieldName::Component).targets[0].node, 2U);
}

TEST(Links, MayLeadToTheRoot) {
    const auto graph = valid(NodeType::Material, material(R"(,"uid":"_:me","component":[{"uid":"_:me"}])"));
    EXPECT_EQ(links_of(graph.nodes[0], FieldName::Component).targets[0].node, 0U);
}

TEST(Links, ByAnUnknownUidAreProblems) {
    const auto problem =
        problem_of(NodeType::Project, project(material(R"(,"component":[{"uid":"_:nobody"}])")));
    EXPECT_EQ(problem.code, "unknown_uid");
    EXPECT_EQ(problem.pointer, "/material/0/component/0/uid");
}

TEST(Links, ToANodeOfAnotherTypeAreProblems) {
    const auto problem = problem_of(
        NodeType::Project, R"({"node":["Project"],"name":"ab","uid":"_:p","material":[{"uid":"_:p"}]})");
    EXPECT_EQ(problem.code, "wrong_node_type");
    EXPECT_EQ(problem.pointer, "/material/0/uid");
}

TEST(Links, HaveThreeFormsAndNoOther) {
    for (const auto* link :
         {"{}", R"("11111111-1111-4111-8111-111111111101")", "5", "null", R"([{"uid":"_:a"}])"}) {
        const auto problem = problem_of(NodeType::Project, project(link));
        EXPECT_EQ(problem.code, "invalid_link") << link;
        EXPECT_EQ(problem.pointer, "/material/0");
    }
    EXPECT_EQ(
        problem_of(NodeType::Project,
                   project(R"({"uuid":"11111111-1111-4111-8111-111111111101","name":"water","smiles":"O"})"))
            .message,
        "'node' is a required property");
    EXPECT_EQ(problem_of(NodeType::Project, project(R"({"uuid":"not a uuid"})")).code, "invalid_uuid");
    EXPECT_EQ(problem_of(NodeType::Project, project(R"({"uid":"not a uid"})")).pointer, "/material/0/uid");
}

TEST(Links, AListIsAListAndASingleLinkIsNone) {
    EXPECT_EQ(
        problem_of(
            NodeType::Project,
            R"({"node":["Project"],"name":"ab","material":{"uuid":"11111111-1111-4111-8111-111111111101"}})")
            .pointer,
        "/material");
    EXPECT_EQ(problem_of_material(R"("process":[{"uuid":"11111111-1111-4111-8111-111111111101"}])").pointer,
              "/process");
}

TEST(Accounts, AreTakenByUuidInAnyForm) {
    const auto graph = valid(NodeType::Project, R"({"node":["Project"],"name":"ab","member":[
        {"uuid":"11111111-1111-4111-8111-111111111101"},
        {"uuid":"22222222-2222-4222-8222-222222222202","username":"ada"},
        {"node":["User"],"uid":"_:u","uuid":"11111111-1111-4111-8111-111111111101","email":null,"anything":1}],
        "admin":[{"uid":"_:u"},{"uid":"_:22222222-2222-4222-8222-222222222202"}]})");
    EXPECT_EQ(graph.nodes.size(), 1U) << "users are no nodes of the graph";
    const auto& members = links_of(graph.nodes[0], FieldName::Member).targets;
    EXPECT_EQ(members[1].uuid.text(), kOtherUuid);
    EXPECT_EQ(members[2].uuid.text(), kMaterialUuid);
    EXPECT_EQ(members[2].node, LinkTarget::kElsewhere);
    const auto& admins = links_of(graph.nodes[0], FieldName::Admin).targets;
    EXPECT_EQ(admins[0].uuid.text(), kMaterialUuid);
    EXPECT_EQ(admins[1].uuid.text(), kOtherUuid);
}

TEST(Accounts, IntroducedAsCreatorMayBeNamedByUid) {
    const auto graph = valid(NodeType::Project, R"({"node":["Project"],"name":"ab",
        "created_by":{"node":["User"],"uid":"_:u","uuid":"11111111-1111-4111-8111-111111111101"},"member":[{"uid":"_:u"}]})");
    EXPECT_EQ(links_of(graph.nodes[0], FieldName::Member).targets[0].uuid.text(), kMaterialUuid);
}

TEST(Accounts, ThatNothingNamesAreProblems) {
    const auto with_member = [](const std::string& member) {
        return problem_of(NodeType::Project, R"({"node":["Project"],"name":"ab","member":[)" + member + "]}");
    };
    EXPECT_EQ(with_member(R"({"username":"ada"})").code, "invalid_link");
    EXPECT_EQ(with_member(R"({"uid":"_:nobody"})").code, "unknown_uid");
    EXPECT_EQ(with_member(R"({"uuid":"x"})").code, "invalid_uuid");
    EXPECT_EQ(with_member(R"({"node":["Material"],"uuid":"11111111-1111-4111-8111-111111111101"})").code,
              "wrong_node_type");
    EXPECT_EQ(with_member(R"("ada")").code, "invalid_link");
}

TEST(PartialDocument, NeedsNothingOfTheRootButItsType) {
    const auto graph =
        read_graph(R"({"node":["Project"],"notes":"x"})", {.root = NodeType::Project, .partial = true});
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->nodes[0].attributes, R"({"notes":"x"})");
    EXPECT_FALSE(read_graph(R"({"notes":"x"})", {.root = NodeType::Project, .partial = true}));
}

TEST(PartialDocument, NeedsNestedNodesInFull) {
    const auto graph =
        read_graph(project(R"({"node":["Material"]})"), {.root = NodeType::Project, .partial = true});
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().problems[0].pointer, "/material/0");
}

TEST(PartialDocument, CannotTakeARequiredFieldAway) {
    const auto graph =
        read_graph(R"({"node":["Project"],"name":null})", {.root = NodeType::Project, .partial = true});
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().problems[0].message, "'name' is a required property");
}

TEST(PartialDocument, TakesOtherFieldsAway) {
    const auto graph = read_graph(R"({"node":["Project"],"notes":null,"material":null})",
                                  {.root = NodeType::Project, .partial = true});
    ASSERT_TRUE(graph);
    EXPECT_THAT(graph->nodes[0].cleared,
                testing::UnorderedElementsAre(FieldName::Notes, FieldName::Material));
}

}  // namespace
}  // namespace cript::model::test
