#include "service/stored_nodes.hpp"

#include <algorithm>
#include <unordered_set>

namespace cript::service {

namespace {

/// Every uuid that the document names, each once: first those of its full nodes, then those it only links to.
struct NamedUuids {
    std::vector<base::Uuid> uuids;
    std::size_t in_document = 0;
};

NamedUuids named_by(const model::Graph& graph) {
    NamedUuids named;
    std::unordered_set<base::Uuid, base::UuidHash> seen;
    const auto add = [&](const base::Uuid& uuid) {
        if (seen.insert(uuid).second) named.uuids.push_back(uuid);
    };
    for (const auto& node : graph.nodes) {
        if (!node.uuid_is_new) add(node.uuid);
    }
    named.in_document = named.uuids.size();
    for (const auto& node : graph.nodes) {
        for (const auto& links : node.links) {
            for (const auto& target : links.targets) {
                if (target.node == model::LinkTarget::kElsewhere) add(target.uuid);
            }
        }
    }
    return named;
}

}  // namespace

base::Result<StoredNodes> StoredNodes::read(store::Reader& reader, const account::Caller& caller,
                                            const model::Graph& graph) {
    const auto named = named_by(graph);
    auto rows = reader.find_nodes(named.uuids);
    CRIPT_CHECK(rows);
    StoredNodes stored;
    std::vector<store::NodeId> full;
    for (std::size_t at = 0; at < rows->size(); ++at) {
        auto& row = (*rows)[at];
        if (!row) continue;
        if (at < named.in_document) full.push_back(row->id);
        stored.uuids_.emplace(row->id, named.uuids[at]);
        stored.found_.emplace(named.uuids[at], Found{std::move(*row), {}});
    }
    CRIPT_CHECK(stored.add_access(reader, caller));
    CRIPT_CHECK(stored.add_edges(reader, full));
    return stored;
}

base::Result<void> StoredNodes::add_access(store::Reader& reader, const account::Caller& caller) {
    std::vector<store::NodeId> projects;
    for (const auto& [uuid, found] : found_) {
        if (found.row.project) projects.push_back(*found.row.project);
    }
    if (projects.empty()) return {};
    std::sort(projects.begin(), projects.end());
    projects.erase(std::unique(projects.begin(), projects.end()), projects.end());
    auto access = reader.project_access(caller.account, projects);
    CRIPT_CHECK(access);
    access_ = std::move(*access);
    return {};
}

base::Result<void> StoredNodes::add_edges(store::Reader& reader, const std::vector<store::NodeId>& parents) {
    if (parents.empty()) return {};
    auto edges = reader.edges_of(parents);
    CRIPT_CHECK(edges);
    for (const auto& edge : *edges) found_.at(uuids_.at(edge.parent)).edges.push_back(edge);
    return {};
}

const StoredNodes::Found* StoredNodes::find(const base::Uuid& uuid) const {
    const auto entry = found_.find(uuid);
    return entry == found_.end() ? nullptr : &entry->second;
}

}  // namespace cript::service
