#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "base/json_reader.hpp"
#include "installation.hpp"
#include "model/graph.hpp"
#include "service/delete_node.hpp"
#include "service/find_nodes.hpp"
#include "service/read_node.hpp"
#include "service/save_graph.hpp"

namespace cript::service::test {

/// The uuid of that number; the same each time.
inline std::string uuid_text(unsigned number) {
    return fmt::format("00000000-0000-4000-8000-{:012}", number);
}
inline base::Uuid uuid(unsigned number) {
    return *base::Uuid::parse(uuid_text(number));
}

/// A node of a document: its type, uuid and name, and further members as they stand.
inline std::string node(std::string_view type, unsigned number, std::string_view name,
                        const std::string& more = "") {
    return fmt::format(R"({{"node":["{}"],"uuid":"{}"{}{}{}{}}})", type, uuid_text(number),
                       name.empty() ? "" : R"(,"name":")", name, name.empty() ? "" : "\"",
                       more.empty() ? "" : "," + more);
}
inline std::string link(unsigned number) {
    return R"({"uuid":")" + uuid_text(number) + "\"}";
}
inline std::string material(unsigned number, std::string_view name, const std::string& more = "") {
    return node("Material", number, name, R"("smiles":"C")" + (more.empty() ? "" : "," + more));
}
inline std::string property(unsigned number, const std::string& value) {
    return node("Property", number, "", R"("key":"density","type":"value","unit":"g/ml","value":)" + value);
}

/// What is known of one node, independent of where it is kept: its attributes as JSON texts by name, and the
/// uuids of its children by field.
struct NodeState {
    model::NodeType type{};
    std::map<std::string, std::string> attributes;
    std::map<std::string, std::vector<base::Uuid>> links;

    bool operator==(const NodeState&) const = default;
};
using GraphState = std::map<base::Uuid, NodeState>;

inline std::map<std::string, std::string> members_of(std::string_view object) {
    std::map<std::string, std::string> members;
    const auto document = base::JsonDocument::parse(object);
    EXPECT_TRUE(document) << object;
    for (const auto [key, value] : simdjson::dom::object(document->root())) {
        base::append_json(members[std::string(key)], value);
    }
    return members;
}

inline GraphState state_of(const NodeGraph& graph) {
    std::map<store::NodeId, base::Uuid> uuids;
    GraphState state;
    for (const auto& entry : graph.graph.nodes) {
        uuids.emplace(entry.row.id, entry.row.uuid);
        state[entry.row.uuid] = {entry.row.type, members_of(entry.row.attributes), {}};
    }
    for (const auto& edge : graph.graph.edges) {
        auto& parent = state.at(uuids.at(edge.parent));
        parent.links[std::string(model::text(edge.field))].push_back(uuids.at(edge.child));
    }
    return state;
}

/// An installation with some people, and short ways to save, read and delete.
class GraphInstallation : public Installation {
  protected:
    void SetUp() override {
        Installation::SetUp();
        if (HasFatalFailure()) return;
        ada_ = caller("ada");
        bob_ = caller("bob");
        operator_ = caller("operator", true);
    }

    base::Result<SaveOutcome> save(const account::Caller& who, model::NodeType type, const std::string& json,
                                   const SaveOptions& options, bool partial) {
        model::ReadOptions reading{.root = type};
        reading.partial = partial;
        auto graph = model::read_graph(json, reading);
        if (!graph) return base::fail(graph.error());
        return save_graph(context(), who, *graph, options);
    }
    base::Result<SaveOutcome> try_create(const account::Caller& who, model::NodeType type,
                                         const std::string& json, SaveOptions options = {}) {
        options.must_be_new = true;
        return save(who, type, json, options, false);
    }
    base::Result<SaveOutcome> try_change(const account::Caller& who, model::NodeType type,
                                         const std::string& json, SaveOptions options = {}) {
        options.must_exist = true;
        return save(who, type, json, options, true);
    }
    SaveOutcome create(const account::Caller& who, model::NodeType type, const std::string& json) {
        return expect(try_create(who, type, json));
    }
    SaveOutcome change(const account::Caller& who, model::NodeType type, const std::string& json,
                       const SaveOptions& options = {}) {
        return expect(try_change(who, type, json, options));
    }
    base::Result<NodeGraph> try_read(const account::Caller& who, model::NodeType type, unsigned number) {
        return read_node_graph(context(), who, type, uuid(number));
    }
    GraphState read(const account::Caller& who, model::NodeType type, unsigned number) {
        auto graph = try_read(who, type, number);
        EXPECT_TRUE(graph) << graph.error().message;
        return graph ? state_of(*graph) : GraphState{};
    }
    base::Result<std::vector<DeletedNode>> erase(const account::Caller& who, model::NodeType type,
                                                 unsigned number, const DeleteOptions& options = {}) {
        return delete_node(context(), who, type, uuid(number), options);
    }
    std::optional<store::NodeRow> row(unsigned number) {
        std::optional<store::NodeRow> found;
        const auto done = store_->read([&](store::Reader& reader) -> base::Result<void> {
            auto rows = reader.find_nodes(std::vector{uuid(number)});
            CRIPT_CHECK(rows);
            found = std::move(rows->at(0));
            return {};
        });
        EXPECT_TRUE(done);
        return found;
    }
    bool is_there(unsigned number) { return row(number).has_value(); }
    /// The children of one field of a stored node, by uuid.
    std::vector<base::Uuid> children(const account::Caller& who, model::NodeType type, unsigned number,
                                     const std::string& field) {
        const auto state = read(who, type, number);
        const auto& links = state.at(uuid(number)).links;
        const auto found = links.find(field);
        return found == links.end() ? std::vector<base::Uuid>{} : found->second;
    }
    static SaveOutcome expect(base::Result<SaveOutcome> saved) {
        if (saved) return std::move(*saved);
        ADD_FAILURE() << saved.error().message;
        for (const auto& problem : saved.error().problems) {
            ADD_FAILURE() << problem.pointer << ": " << problem.message << " (" << problem.code << ")";
        }
        return {};
    }

    account::Caller ada_;
    account::Caller bob_;
    account::Caller operator_;
};

}  // namespace cript::service::test
