#include "api/v1/answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <set>

#include "base/json_reader.hpp"

namespace cript::api::v1 {
namespace {

namespace dom = simdjson::dom;
using model::FieldName;
using model::NodeType;
using store::EdgeRow;
using store::NodeId;
using store::NodeRow;
using store::Reach;

/// A graph of processes and materials, put together by hand. The first node is the root.
class GraphBuilder {
  public:
    NodeId add(NodeType type, const std::string& name, Reach reach = Reach::Home,
               const std::string& more = "") {
        NodeRow row;
        row.id = static_cast<NodeId>(graph_.graph.nodes.size()) + 1;
        row.uuid.bytes.fill(static_cast<std::uint8_t>(row.id));
        row.type = type;
        row.name = name;
        row.attributes =
            name.empty() ? "{}" : R"({"name":")" + name + "\"" + (more.empty() ? "" : "," + more) + "}";
        row.created_by = row.updated_by = 1;
        if (graph_.graph.nodes.empty()) graph_.root = row;
        graph_.graph.nodes.push_back({row, reach});
        return row.id;
    }
    void link(NodeId parent, FieldName field, const std::vector<NodeId>& children) {
        for (std::uint32_t at = 0; at < children.size(); ++at) {
            graph_.graph.edges.push_back({parent, field, at, children[at]});
        }
        std::sort(graph_.graph.edges.begin(), graph_.graph.edges.end(),
                  [](const EdgeRow& left, const EdgeRow& right) {
                      return std::tie(left.parent, left.field, left.position) <
                             std::tie(right.parent, right.field, right.position);
                  });
    }
    void hide(NodeId node) { graph_.hidden.insert(node); }
    [[nodiscard]] service::NodeGraph& graph() { return graph_; }
    [[nodiscard]] std::string uid(NodeId node) const {
        return "_:" + graph_.graph.nodes[static_cast<std::size_t>(node) - 1].row.uuid.text();
    }

    base::JsonDocument answer() {
        graph_.accounts.emplace(1, *base::Uuid::parse("00000000-aaaa-4aaa-8aaa-000000000001"));
        text_.clear();
        append_graph(text_, graph_);
        auto document = base::JsonDocument::parse(text_, {.depth = 1'000});
        EXPECT_TRUE(document) << text_;
        return std::move(*document);
    }

  private:
    service::NodeGraph graph_;
    std::string text_;
};

std::string text_at(const base::JsonDocument& document, std::string_view pointer) {
    const auto element = document.root().at_pointer(pointer);
    EXPECT_EQ(element.error(), simdjson::SUCCESS) << pointer;
    return element.error() == simdjson::SUCCESS ? std::string(std::string_view(element)) : "";
}
bool has(const base::JsonDocument& document, std::string_view pointer) {
    return document.root().at_pointer(pointer).error() == simdjson::SUCCESS;
}
std::size_t members_at(const base::JsonDocument& document, std::string_view pointer) {
    return dom::object(document.root().at_pointer(pointer)).size();
}

TEST(V1Answer, HasTheIdentityOfANodeFirst) {
    GraphBuilder builder;
    builder.add(NodeType::Material, "toluene", Reach::Home, R"("smiles":"C")");
    std::string text;
    append_graph(text, builder.graph());
    EXPECT_TRUE(text.starts_with(
        R"({"node":["Material"],"uid":"_:01010101-0101-0101-0101-010101010101","uuid":"01010101-0101-0101-0101-010101010101")"))
        << text;
}

TEST(V1Answer, HasWhatIsKnownOfANodeAndNothingEmpty) {
    GraphBuilder builder;
    builder.add(NodeType::Material, "toluene", Reach::Home, R"("smiles":"C")");
    const auto answer = builder.answer();
    EXPECT_EQ(text_at(answer, "/name"), "toluene");
    EXPECT_EQ(text_at(answer, "/smiles"), "C");
    EXPECT_EQ(text_at(answer, "/created_by/uuid"), "00000000-aaaa-4aaa-8aaa-000000000001");
    EXPECT_EQ(text_at(answer, "/model_version"), model::kModelVersion);
    EXPECT_EQ(text_at(answer, "/created_at"), "1970-01-01T00:00:00.000000Z");
    EXPECT_TRUE(has(answer, "/locked"));
    EXPECT_FALSE(has(answer, "/property")) << "an empty list is left out";
    EXPECT_TRUE(has(answer, "/property_count")) << "and counted";
    EXPECT_FALSE(has(answer, "/process"));
}

TEST(V1Answer, ShowsAClosedNodeByItsUid) {
    GraphBuilder builder;
    const auto root = builder.add(NodeType::Inventory, "shelf");
    const auto material = builder.add(NodeType::Material, "toluene");
    builder.link(root, FieldName::Material, {material, material});
    const auto answer = builder.answer();
    EXPECT_EQ(text_at(answer, "/material/0/name"), "toluene");
    EXPECT_EQ(text_at(answer, "/material/1/uid"), builder.uid(material));
    EXPECT_EQ(members_at(answer, "/material/1"), 1U);
    EXPECT_EQ(std::int64_t(answer.root()["material_count"]), 2);
}

TEST(V1Answer, ShowsAnOpenNodeAsAStubWithoutChildren) {
    GraphBuilder builder;
    const auto root = builder.add(NodeType::Material, "mixture");
    const auto property = builder.add(NodeType::Property, "");
    builder.link(root, FieldName::Property, {property});
    builder.link(property, FieldName::Component, {root});
    const auto answer = builder.answer();
    EXPECT_EQ(text_at(answer, "/property/0/component/0/name"), "mixture");
    EXPECT_EQ(text_at(answer, "/property/0/component/0/uid"), builder.uid(root));
    EXPECT_FALSE(has(answer, "/property/0/component/0/property"));
    EXPECT_FALSE(has(answer, "/property/0/component/0/property_count"));
}

// Without it SDK 2.4.0 cannot make an Ingredient, not even of a stub.
TEST(V1Answer, LeavesAStubItsRequiredLinks) {
    GraphBuilder builder;
    const auto ingredient = builder.add(NodeType::Ingredient, "");
    const auto material = builder.add(NodeType::Material, "toluene");
    const auto process = builder.add(NodeType::Process, "mix");
    builder.link(ingredient, FieldName::Material, {material});
    builder.link(material, FieldName::Process, {process});
    builder.link(process, FieldName::Ingredient, {ingredient});
    const auto answer = builder.answer();
    EXPECT_EQ(text_at(answer, "/material/process/ingredient/0/uid"), builder.uid(ingredient));
    EXPECT_EQ(text_at(answer, "/material/process/ingredient/0/material/uid"), builder.uid(material));
}

TEST(V1Answer, ShowsMaterialsOfAProjectBeforeItsCollections) {
    GraphBuilder builder;
    const auto project = builder.add(NodeType::Project, "home");
    const auto collection = builder.add(NodeType::Collection, "collection");
    const auto inventory = builder.add(NodeType::Inventory, "inventory");
    const auto material = builder.add(NodeType::Material, "toluene");
    builder.link(project, FieldName::Collection, {collection});
    builder.link(project, FieldName::Material, {material});
    builder.link(collection, FieldName::Inventory, {inventory});
    builder.link(inventory, FieldName::Material, {material});
    const auto answer = builder.answer();
    EXPECT_EQ(text_at(answer, "/material/0/name"), "toluene");
    EXPECT_EQ(members_at(answer, "/collection/0/inventory/0/material/0"), 1U);
}

TEST(V1Answer, ShowsWhatIsOutOfReachAsAStubOnce) {
    GraphBuilder builder;
    const auto root = builder.add(NodeType::Inventory, "shelf");
    const auto far = builder.add(NodeType::Material, "far", Reach::Stub);
    builder.link(root, FieldName::Material, {far, far});
    const auto answer = builder.answer();
    EXPECT_EQ(text_at(answer, "/material/0/name"), "far");
    EXPECT_FALSE(has(answer, "/material/0/property_count"));
    EXPECT_EQ(members_at(answer, "/material/1"), 1U);
}

TEST(V1Answer, ShowsAHiddenNodeByItsIdentityOnly) {
    GraphBuilder builder;
    const auto root = builder.add(NodeType::Inventory, "shelf");
    const auto secret = builder.add(NodeType::Material, "secret", Reach::Foreign, R"("smiles":"C")");
    const auto property = builder.add(NodeType::Property, "", Reach::Foreign);
    builder.link(root, FieldName::Material, {secret});
    builder.link(secret, FieldName::Property, {property});
    builder.hide(secret);
    const auto answer = builder.answer();
    EXPECT_EQ(text_at(answer, "/material/0/name"), "hidden node");
    EXPECT_EQ(text_at(answer, "/material/0/node/0"), "Material");
    EXPECT_EQ(members_at(answer, "/material/0"), 4U);
}

TEST(V1Answer, EndsWithAChainThatIsVeryDeep) {
    GraphBuilder builder;
    auto last = builder.add(NodeType::Process, "process");
    for (int at = 0; at < 250; ++at) {
        const auto next = builder.add(NodeType::Process, "process");
        builder.link(last, FieldName::PrerequisiteProcess, {next});
        last = next;
    }
    std::string text;
    append_graph(text, builder.graph());
    EXPECT_TRUE(base::JsonDocument::parse(text, {.depth = 512}));
}

/// Goes through an answer as SDK 2.4.0 does, in document order.
class Loader {
  public:
    explicit Loader(std::size_t full) : expected_(full) {}

    void load(dom::element element) {
        if (element.is_array()) {
            for (const auto entry : dom::array(element)) load(entry);
        }
        if (!element.is_object()) return;
        const dom::object object(element);
        const bool is_node = object["node"].error() == simdjson::SUCCESS;
        const auto uid =
            object["uid"].error() == simdjson::SUCCESS ? std::string(std::string_view(object["uid"])) : "";
        if (!is_node) {
            if (!uid.empty()) RC_ASSERT(closed_.contains(uid));  // never a forward reference
            return;
        }
        RC_ASSERT(!closed_.contains(uid));  // in full once
        const bool is_stub = open_.contains(uid);
        bool has_children = false;
        if (!is_stub) open_.insert(uid);
        for (const auto [key, value] : object) {
            has_children = has_children || key.ends_with("_count");
            if (key != "created_by" && key != "updated_by") load(value);
        }
        RC_ASSERT(has_children != is_stub);
        if (is_stub) return;
        open_.erase(uid);
        closed_.insert(uid);
    }
    [[nodiscard]] bool is_complete() const { return closed_.size() == expected_; }

  private:
    std::size_t expected_;
    std::set<std::string> open_;
    std::set<std::string> closed_;
};

/// Whatever links there are, in circles too: each node in full once, references only backwards, stubs only
/// for ancestors.
RC_GTEST_PROP(V1Answer, IsOneThatTheSdkLoadsWhateverTheLinks, ()) {
    GraphBuilder builder;
    const auto count = *rc::gen::inRange<NodeId>(1, 12);
    for (NodeId at = 0; at < count; ++at) builder.add(NodeType::Process, "process");
    for (NodeId parent = 1; parent <= count; ++parent) {
        auto children = *rc::gen::container<std::vector<NodeId>>(rc::gen::inRange<NodeId>(1, count + 1));
        if (parent < count) children.push_back(parent + 1);  // so that all are reached
        builder.link(parent, FieldName::PrerequisiteProcess, children);
    }
    const auto answer = builder.answer();
    Loader loader(static_cast<std::size_t>(count));
    loader.load(answer.root());
    RC_ASSERT(loader.is_complete());
}

// Pages of a search.

TEST(V1Hits, ShowEachHitWithItsDirectChildrenAndTheNumberOfTheirs) {
    service::NodePage page;
    GraphBuilder builder;
    const auto inventory = builder.add(NodeType::Inventory, "shelf");
    const auto material = builder.add(NodeType::Material, "toluene");
    const auto secret = builder.add(NodeType::Material, "secret");
    const auto& nodes = builder.graph().graph.nodes;
    page.hits.push_back(
        {nodes[0].row,
         {{inventory, FieldName::Material, 0, material}, {inventory, FieldName::Material, 1, secret}}});
    page.children = {nodes[1].row, nodes[2].row};
    page.hidden.insert(secret);
    std::string text;
    append_hits(text, page);
    const auto answer = base::JsonDocument::parse(text);
    ASSERT_TRUE(answer) << text;
    EXPECT_EQ(text_at(*answer, "/0/name"), "shelf");
    EXPECT_EQ(text_at(*answer, "/0/material/0/name"), "toluene");
    EXPECT_TRUE(has(*answer, "/0/material/0/property_count"));
    EXPECT_FALSE(has(*answer, "/0/material/0/property"));
    EXPECT_EQ(text_at(*answer, "/0/material/1/name"), "hidden node");
    EXPECT_EQ(text_at(*answer, "/0/material/1/uid"), builder.uid(secret));
}

TEST(V1Hits, TellOfAVeryLongListItsNumberOnly) {
    service::NodePage page;
    GraphBuilder builder;
    const auto inventory = builder.add(NodeType::Inventory, "shelf");
    page.hits.push_back({builder.graph().graph.nodes[0].row});
    for (std::uint32_t at = 0; at <= service::kLongestShownList; ++at)
        page.hits[0].edges.push_back({inventory, FieldName::Material, at, static_cast<NodeId>(at) + 2});
    std::string text;
    append_hits(text, page);
    const auto answer = base::JsonDocument::parse(text);
    ASSERT_TRUE(answer) << text;
    EXPECT_FALSE(has(*answer, "/0/material"));
    EXPECT_NE(text.find("\"material_count\":2001"), std::string::npos) << text;
}

TEST(V1Hits, OfNothingAreAnEmptyList) {
    std::string text;
    append_hits(text, {});
    EXPECT_EQ(text, "[]");
}

}  // namespace
}  // namespace cript::api::v1
