#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "documents.hpp"

/// All problems of a document at once, in its order, within limits.
namespace cript::model::test {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> pointers(const std::vector<base::Problem>& problems) {
    std::vector<std::string> out;
    for (const auto& problem : problems) out.push_back(problem.pointer);
    return out;
}

TEST(Problems, TwelveMistakesAreTwelveProblemsInDocumentOrder) {
    const auto problems = problems_of(NodeType::Project, R"({
        "node": ["Project"], "name": "a|b", "notees": "x",
        "collection": [{"node": ["Collection"],
                        "experiment": [{"node": ["Experiment"], "name": "ab", "funding": ["NSF", 5],
                                        "process": [{"node": ["Process"], "type": "mixx",
                                            "ingredient": [{"node": ["Ingredient"], "material": {"uid": "_:nobody"},
                                                "quantity": [{"node": ["Quantity"], "key": "mass", "value": -1, "unit": "g"}]}]}]}]}],
        "material": [{"node": ["Material"], "name": "water", "uuid": "no-uuid", "pubchem_cid": 9.5},
                     {"node": ["Materal"], "name": "salt", "property": [{"node": ["Property"], "key": "color", "type": "none", "key": "phase"}]}]})");
    EXPECT_THAT(pointers(problems),
                testing::ElementsAre(
                    "/name", "/notees", "/collection/0", "/collection/0/experiment/0/funding/1",
                    "/collection/0/experiment/0/process/0/type",
                    "/collection/0/experiment/0/process/0/ingredient/0/material/uid",
                    "/collection/0/experiment/0/process/0/ingredient/0/quantity/0/value",
                    "/collection/0/experiment/0/process/0/ingredient/0/quantity/0/unit", "/material/0/uuid",
                    "/material/0/pubchem_cid", "/material/1/node", "/material/1/property/0/key"));
}

TEST(Problems, AreCountedInTheErrorOrToldIfThereIsOne) {
    EXPECT_EQ(read_as(NodeType::Project, R"({"node":["Project"]})").error().message,
              "'name' is a required property");
    EXPECT_EQ(read_as(NodeType::Project, R"({"node":["Project"],"a":1,"b":2})").error().message,
              "the document has 3 problems");
    EXPECT_EQ(read_as(NodeType::Project, "{}").error().kind, base::ErrorKind::InvalidInput);
}

TEST(Problems, BeyondTheLimitAreOnlyCounted) {
    std::string names;
    for (int at = 0; at < 50; ++at) names += (at > 0 ? ",5" : "5");
    const auto graph = read_graph(R"({"node":["Material"],"name":"water","names":[)" + names + "]}",
                                  {.root = NodeType::Material, .max_problems = 10});
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().problems.size(), 10U);
    EXPECT_EQ(graph.error().message, "the document has 50 problems; the first 10 are listed");
}

TEST(Syntax, WhatIsNotJsonIsRefused) {
    for (const auto* text : {"", "{", R"({"node":["Project"],})", R"({"a":NaN})", R"({"a":Infinity})",
                             R"({"a":01})", "{'a':1}", R"({"a":1} trailing)", "\xef\xbb\xbf{}x"}) {
        const auto graph = read_as(NodeType::Project, text);
        ASSERT_FALSE(graph) << text;
        EXPECT_EQ(graph.error().kind, base::ErrorKind::InvalidInput) << text;
        ASSERT_EQ(graph.error().problems.size(), 1U) << text;
        EXPECT_EQ(graph.error().problems[0].code, "invalid_json") << text;
    }
}

TEST(Syntax, TextThatIsNotUtf8IsRefused) {
    for (const std::string bytes : {"\xff", "\xc3", "\xed\xa0\x80", "\xc0\xaf"}) {
        const auto graph = read_as(NodeType::Project, R"({"node":["Project"],"name":"ab)" + bytes + "\"}");
        ASSERT_FALSE(graph);
        EXPECT_EQ(graph.error().problems.at(0).code, "invalid_json");
    }
}

TEST(Limits, OnBytes) {
    const std::string json = R"({"node":["Project"],"name":"ab"})";
    EXPECT_TRUE(read_graph(json, {.root = NodeType::Project, .max_bytes = json.size()}));
    const auto graph = read_graph(json, {.root = NodeType::Project, .max_bytes = json.size() - 1});
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().kind, base::ErrorKind::TooLarge);
}

std::string nested_materials(int levels) {
    std::string open;
    std::string close;
    for (int at = 0; at < levels; ++at) {
        open += R"({"node":["Material"],"name":"mm","component":[)";
        close += "]}";
    }
    return open + close;
}

TEST(Limits, OnNesting) {
    EXPECT_TRUE(read_graph(nested_materials(250), {.root = NodeType::Material}));
    const auto graph = read_graph(nested_materials(260), {.root = NodeType::Material});
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().kind, base::ErrorKind::TooLarge);
    EXPECT_FALSE(read_graph(nested_materials(10), {.root = NodeType::Material, .max_depth = 12}));
}

TEST(Limits, OnNodes) {
    EXPECT_TRUE(read_graph(nested_materials(5), {.root = NodeType::Material, .max_nodes = 5}));
    const auto graph = read_graph(nested_materials(6), {.root = NodeType::Material, .max_nodes = 5});
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().kind, base::ErrorKind::TooLarge);
    EXPECT_EQ(graph.error().message, "the document has more than 5 nodes");
}

/// One way to spoil a node. It leaves alone what it cannot spoil, and says where the problem will be.
using Mutation = std::function<std::optional<std::string>(Json& node, const std::string& pointer)>;

std::optional<std::string> add_unknown_field(Json& node, const std::string& pointer) {
    node["no_such_field_anywhere"] = 1;
    return pointer + "/no_such_field_anywhere";
}

std::optional<std::string> spoil_type(Json& node, const std::string& pointer) {
    node["node"] = {"Banana"};
    return pointer + "/node";
}

std::optional<std::string> spoil_uid(Json& node, const std::string& pointer) {
    if (node.contains("uid")) return std::nullopt;  // others may link to it
    node["uid"] = "no prefix";
    return pointer + "/uid";
}

std::optional<std::string> spoil_uuid(Json& node, const std::string& pointer) {
    node["uuid"] = "11111111-1111-4111-8111";
    return pointer + "/uuid";
}

std::optional<std::string> spoil_name(Json& node, const std::string& pointer) {
    if (!node.contains("name")) return std::nullopt;
    node["name"] = "a<b";
    return pointer + "/name";
}

std::optional<std::string> spoil_term(Json& node, const std::string& pointer) {
    if (!node.contains("key")) return std::nullopt;
    node["key"] = "no such term";
    return pointer + "/key";
}

std::optional<std::string> drop_required(Json& node, const std::string& pointer) {
    if (!node.contains("key") || node["node"] == Json({"Equipment"}) || node["node"] == Json({"Condition"}))
        return std::nullopt;
    node.erase("key");
    return pointer;
}

std::optional<std::string> spoil_attribute_kind(Json& node, const std::string& pointer) {
    if (!node.contains("type") || node["type"].is_object()) return std::nullopt;
    node["type"] = 12;
    return pointer + "/type";
}

std::optional<std::string> spoil_list(Json& node, const std::string& pointer) {
    if (!node.contains("condition")) return std::nullopt;
    node["condition"].push_back("not a node");
    return pointer + "/condition/" + std::to_string(node["condition"].size() - 1);
}

const std::vector<Mutation> kMutations{add_unknown_field, spoil_type,           spoil_uid,
                                       spoil_uuid,        spoil_name,           spoil_term,
                                       drop_required,     spoil_attribute_kind, spoil_list};

/// The pointers of all whole nodes of a document.
void collect_nodes(const Json& value, const std::string& pointer, std::vector<std::string>& nodes) {
    if (value.is_object() && value.contains("node")) nodes.push_back(pointer);
    if (!value.is_structured()) return;
    for (const auto& [key, item] : value.items()) collect_nodes(item, pointer + "/" + key, nodes);
}

RC_GTEST_PROP(Problems, AreAsManyAsTheMistakesAndWhereTheyAre, ()) {
    auto document = Json::parse(example("polystyrene_synthesis.json"));
    std::vector<std::string> nodes;
    collect_nodes(document, "", nodes);
    const auto count = *rc::gen::inRange<std::size_t>(1, 25);
    const auto chosen =
        *rc::gen::unique<std::vector<std::size_t>>(count, rc::gen::inRange<std::size_t>(0, nodes.size()));

    std::multiset<std::string> expected;
    for (const auto at : chosen) {
        const auto& mutation = kMutations[*rc::gen::inRange<std::size_t>(0, kMutations.size())];
        const auto place = mutation(document.at(Json::json_pointer(nodes[at])), nodes[at]);
        if (place) expected.insert(*place);
    }
    std::multiset<std::string> found;
    for (const auto& problem : problems_of(NodeType::Project, document.dump())) found.insert(problem.pointer);
    RC_ASSERT(found == expected);
    RC_ASSERT(std::set<std::string>(found.begin(), found.end()).size() == found.size());
}

}  // namespace
}  // namespace cript::model::test
