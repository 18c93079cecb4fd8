#include <gtest/gtest.h>

#include "client/node_reader.hpp"
#include "client/node_writer.hpp"
#include "cript/cript.hpp"

namespace {

using namespace cript;

Json document(const Node& node) {
    return detail::NodeWriter().document(node);
}

/// The document without what differs from run to run.
std::string shape(const Json& json) {
    std::string text = json.dump();
    for (std::size_t at = 0; (at = text.find("-4", at)) != std::string::npos; ++at) {
        // A version 4 uuid: 8 digits before the first hyphen, 4 between, this one is the second.
        if (at >= 13 && at + 23 <= text.size() && text[at - 5] == '-' && text[at + 5] == '-') {
            text.replace(at - 13, 36, "U");
            at -= 13;
        }
    }
    return text;
}

Node read(const char* json) {
    auto node = detail::NodeReader().read(*Json::parse(json));
    EXPECT_TRUE(node) << node.error();
    return *node;
}

template <class Handle>
Handle read_as(const char* json) {
    return detail::Access::cast<Handle>(read(json));
}

TEST(Handles, ShareOneNode) {
    const Material polymer{"polystyrene"};
    const std::vector<Material> shelf{polymer};
    shelf[0]->bigsmiles = "{[][$]CC[$][]}";
    EXPECT_EQ(polymer->bigsmiles, "{[][$]CC[$][]}");
    EXPECT_EQ(polymer, shelf[0]);
    EXPECT_NE(polymer, Material{"polystyrene"});
}

TEST(Handles, HaveAUuidFromTheStart) {
    const Material polymer{"polystyrene"};
    EXPECT_EQ(polymer.uuid().size(), 36U);
    EXPECT_EQ(polymer.uuid()[14], '4');
    EXPECT_EQ(polymer.node_type(), "Material");
}

TEST(Handles, AreEmptyWithoutArguments) {
    EXPECT_FALSE(Material{});
    EXPECT_DEATH((void)Material{}.uuid(), "empty node handle");
}

TEST(LinkedNodes, LiveAsLongAsOneHandleDoes) {
    Process process;
    {
        Material product{"polystyrene"};
        Process made{"synthesis", "multistep"};
        product->process = made;
        made->product += product;  // a cycle
        process = made;
    }
    EXPECT_EQ(process->product.front()->name, "polystyrene");
    EXPECT_EQ(process->product.front()->process, process);
}

TEST(LinkedNodes, AreReachedFromEveryEndAfterGraphsAreJoined) {
    Project project{"demo"};
    std::vector<Material> materials;
    materials.reserve(100);
    for (int number = 0; number < 100; ++number) materials.emplace_back("material " + std::to_string(number));
    for (const auto& material : materials) project->material += material;
    const auto last = materials.back();
    materials.clear();
    project = {};
    EXPECT_EQ(last->name, "material 99");
}

TEST(Lists, BehaveLikeVectors) {
    Project project{"demo"};
    const Material a{"a"};
    const Material b{"b"};
    project->material = {a, b, a};
    EXPECT_EQ(project->material.size(), 3U);
    EXPECT_EQ(project->material[1], b);
    std::string names;
    for (const auto& material : project->material) names += material->name;
    EXPECT_EQ(names, "aba");
    EXPECT_TRUE(project->material.erase(a));
    EXPECT_EQ(project->material.front(), b);
    project->material.clear();
    EXPECT_TRUE(project->material.empty());
}

TEST(Document, WritesANodeWhereItIsContainedAndLinksItElsewhere) {
    Project project{"demo"};
    Collection collection{"c"};
    Inventory inventory{"i"};
    Material styrene{"styrene"};
    project->collection += collection;
    collection->inventory += inventory;
    inventory->material += styrene;
    project->material += styrene;
    EXPECT_EQ(
        shape(document(project)),
        R"({"node":["Project"],"uid":"_:U","uuid":"U","name":"demo",)"
        R"("material":[{"node":["Material"],"uid":"_:U","uuid":"U","name":"styrene"}],)"
        R"("collection":[{"node":["Collection"],"uid":"_:U","uuid":"U","name":"c",)"
        R"("inventory":[{"node":["Inventory"],"uid":"_:U","uuid":"U","name":"i","material":[{"uid":"_:U"}]}]}]})");
}

TEST(Document, WritesANodeThatNothingContainsWhereItIsFirstMentioned) {
    Inventory inventory{"i", {Material{"toluene"}}};
    EXPECT_EQ(shape(document(inventory)),
              R"({"node":["Inventory"],"uid":"_:U","uuid":"U","name":"i",)"
              R"("material":[{"node":["Material"],"uid":"_:U","uuid":"U","name":"toluene"}]})");
}

TEST(Document, LinksBackToANodeThatIsStillOpen) {
    Material product{"polystyrene"};
    Process made{"synthesis", "multistep"};
    product->process = made;
    made->product += product;
    EXPECT_EQ(shape(document(product)),
              R"({"node":["Material"],"uid":"_:U","uuid":"U","name":"polystyrene",)"
              R"("process":{"node":["Process"],"uid":"_:U","uuid":"U","name":"synthesis","type":"multistep",)"
              R"("product":[{"uid":"_:U"}]}})");
}

TEST(Document, KeepsTheKindOfEveryValue) {
    Material material{"m"};
    material->pubchem_cid = 962;
    material->property = {{"a", 1}, {"b", 1.0}, {"c", "solid"}, {"d", true}, {"e", Value::List{1, 2.5, "x"}}};
    material->property[0]->uncertainty = 2;
    const auto text = document(material).dump();
    for (const auto* part : {R"("value":1,"uncertainty":2)", R"("value":1.0)", R"("value":"solid")",
                             R"("value":true)", R"("value":[1,2.5,"x"])", R"("pubchem_cid":962)"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
    }
}

TEST(Document, IsThatOfTheSynthesisInWords) {
    Material styrene{"styrene"};
    Process process{"polymerization", terms::process_type::multistep};
    process->ingredient +=
        {styrene, {{terms::quantity_key::mass, 0.455e-3, "kg"}}, {terms::ingredient_keyword::monomer}};
    process->condition += {terms::condition_key::temperature, 25, "celsius"};
    const auto text = shape(document(process));
    EXPECT_NE(text.find(R"("key":"mass","value":0.000455,"unit":"kg")"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("keyword":["monomer"])"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("key":"temperature","type":"value","value":25,"unit":"celsius")"),
              std::string::npos)
        << text;
}

constexpr const char* kAnswer = R"({
    "node": ["Project"], "uid": "_:p", "uuid": "p", "created_at": "t1", "updated_at": "t2", "name": "demo",
    "created_by": {"uuid": "u"}, "material_count": 2,
    "material": [
        {"node": ["Material"], "uid": "_:m1", "uuid": "m1", "created_at": "t", "name": "styrene", "pubchem_cid": 7501,
         "names": ["vinylbenzene"],
         "component": [{"node": ["Material"], "uid": "_:m1", "uuid": "m1", "name": "styrene"}, {"uid": "_:m2"}],
         "property": [{"node": ["Property"], "uid": "_:q", "uuid": "q", "created_at": "t", "key": "density", "type": "value",
                       "value": [1, 0.5], "unit": "g/ml"}]},
        {"node": ["Material"], "uid": "_:m2", "uuid": "m2", "created_at": "t", "name": "toluene"},
        {"node": ["Material"], "uid": "_:m3", "uuid": "m3", "name": "hidden node"}],
    "admin": [{"uuid": "u"}]})";

TEST(Answer, BecomesTypedNodes) {
    const auto project = read_as<Project>(kAnswer);
    ASSERT_TRUE(project);
    EXPECT_EQ(project.created_at(), "t1");
    EXPECT_EQ(project->name, "demo");
    const auto styrene = project->material[0];
    EXPECT_EQ(styrene->pubchem_cid, 7501);
    EXPECT_EQ(styrene->names, std::vector<std::string>{"vinylbenzene"});
    EXPECT_EQ(styrene->property[0]->value, Value(Value::List{1, 0.5}));
}

TEST(Answer, JoinsEveryMentionOfANode) {
    const auto project = read_as<Project>(kAnswer);
    const auto styrene = project->material[0];
    EXPECT_EQ(styrene->component[0], styrene);
    EXPECT_EQ(styrene->component[1], project->material[1]);
    EXPECT_EQ(project->material[1]->name, "toluene");
}

TEST(Answer, KeepsNodesOfOthersAsStubs) {
    const auto project = read_as<Project>(kAnswer);
    EXPECT_TRUE(project->material[2].is_stub());
    EXPECT_TRUE(project->admin[0].is_stub());
    EXPECT_FALSE(project->material[1].is_stub());
    const auto text = document(project).dump();
    EXPECT_NE(text.find(R"({"uuid":"m3"})"), std::string::npos) << text;
}

TEST(Answer, ThatIsEmptiedClearsWhatIsStored) {
    const auto project = read_as<Project>(kAnswer);
    const auto styrene = project->material[0];
    styrene->names.clear();
    styrene->pubchem_cid.reset();
    styrene->property.clear();
    const auto text = document(project).dump();
    for (const auto* part : {R"("pubchem_cid":null)", R"("names":[])", R"("property":[])"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
    }
    EXPECT_EQ(text.find("smiles"), std::string::npos) << "what was never set is not sent";
}

TEST(Answer, ThatBreaksTheModelIsAnError) {
    for (const char* json :
         {R"({"node": ["Material"], "uuid": "m", "created_at": "t", "name": 5})",
          R"({"node": ["Thing"], "uuid": "m"})",
          R"({"node": ["Material"], "uuid": "m", "created_at": "t", "property": [{"uuid": "m"}]})", R"({})",
          "[]"}) {
        const auto node = detail::NodeReader().read(*Json::parse(json));
        ASSERT_FALSE(node) << json;
        EXPECT_EQ(node.error().kind, ErrorKind::NotCript) << json;
    }
}

TEST(Answer, SurvivesWritingAndReadingAgain) {
    const auto project = read_as<Project>(kAnswer);
    const auto first = document(project);
    EXPECT_EQ(first, document(project));
}

}  // namespace
