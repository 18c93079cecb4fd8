#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "model/graph.hpp"

/// Documents and short ways to read them, for the tests of this folder.
namespace cript::model::test {

inline constexpr auto kMaterialUuid = "11111111-1111-4111-8111-111111111101";
inline constexpr auto kOtherUuid = "22222222-2222-4222-8222-222222222202";

inline base::Result<Graph> read_as(NodeType type, std::string_view json) {
    ReadOptions options{.root = type};
    return read_graph(json, options);
}

/// The problems of a document; none if it is valid.
inline std::vector<base::Problem> problems_of(NodeType type, std::string_view json) {
    auto graph = read_as(type, json);
    return graph ? std::vector<base::Problem>{} : graph.error().problems;
}

/// The only problem of a document. Fails the test if there are more or fewer.
inline base::Problem problem_of(NodeType type, std::string_view json) {
    const auto problems = problems_of(type, json);
    EXPECT_EQ(problems.size(), 1U) << json;
    for (std::size_t at = 1; at < problems.size(); ++at)
        ADD_FAILURE() << problems[at].pointer << ": " << problems[at].message;
    return problems.empty() ? base::Problem{} : problems.front();
}

inline base::Problem problem_of_material(std::string_view members) {
    return problem_of(NodeType::Material,
                      R"({"node":["Material"],"name":"water","smiles":"O",)" + std::string(members) + "}");
}

inline Graph valid(NodeType type, std::string_view json) {
    auto graph = read_as(type, json);
    if (!graph) {
        for (const auto& problem : graph.error().problems)
            ADD_FAILURE() << problem.pointer << ": " << problem.message;
        if (graph.error().problems.empty()) ADD_FAILURE() << graph.error().message;
        return Graph{{GraphNode{}}, {}};
    }
    return std::move(*graph);
}

inline std::string file(const std::string& path) {
    std::ifstream stream(std::string(CRIPT_SOURCE_DIR) + "/" + path, std::ios::binary);
    EXPECT_TRUE(stream) << path;
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// The project in an example file, which wraps it as {"about": …, "project": …}.
inline std::string example(const std::string& name) {
    const auto document = base::JsonDocument::parse(file("examples/" + name));
    EXPECT_TRUE(document);
    std::string out;
    base::append_json(out, document->root().at_key("project").value());
    return out;
}

inline const Links& links_of(const GraphNode& node, FieldName field) {
    const auto found = std::ranges::find(node.links, field, &Links::field);
    EXPECT_NE(found, node.links.end());
    return *found;
}

}  // namespace cript::model::test
