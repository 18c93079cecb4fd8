#include "service/node_page.hpp"

#include <algorithm>
#include <tuple>

#include "service/node_policy.hpp"
#include "service/required_link.hpp"

namespace cript::service {

namespace {

using store::EdgeRow;
using store::NodeId;
using store::NodeRow;

base::Result<ProjectAccessMap> access_to(store::Reader& reader, const account::Caller& caller,
                                         const std::vector<NodeRow>& rows) {
    std::vector<NodeId> projects;
    for (const auto& row : rows) {
        if (row.project) projects.push_back(*row.project);
    }
    std::sort(projects.begin(), projects.end());
    projects.erase(std::unique(projects.begin(), projects.end()), projects.end());
    if (projects.empty()) return ProjectAccessMap{};
    return reader.project_access(caller.account, projects);
}

bool is_visible(const account::Caller& caller, const NodeRow& row, const ProjectAccessMap& access) {
    return account::decide(caller, account::Action::Read, policy_target(caller, row, access)) ==
           account::Verdict::Allowed;
}

/// Adds nodes to the page as far as they are to be shown, and remembers which are hidden.
base::Result<void> add_nodes(store::Reader& reader, const account::Caller& caller, std::vector<NodeId> ids,
                             store::Reach reach, NodePage& page) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::unordered_set<NodeId> known;
    for (const auto& node : page.around.nodes) known.insert(node.row.id);
    std::erase_if(ids, [&](NodeId id) { return known.contains(id); });
    if (ids.empty()) return {};
    auto rows = reader.nodes_with_ids(ids);
    CRIPT_CHECK(rows);
    auto access = access_to(reader, caller, *rows);
    CRIPT_CHECK(access);
    for (auto& row : *rows) {
        if (!is_visible(caller, row, *access)) page.hidden.insert(row.id);
        page.around.nodes.push_back({std::move(row), reach});
    }
    return {};
}

/// The edges of all nodes of one reach.
base::Result<std::vector<EdgeRow>> edges_from(store::Reader& reader, const NodePage& page,
                                              store::Reach reach) {
    std::vector<NodeId> parents;
    for (const auto& node : page.around.nodes) {
        if (node.reach == reach && !page.hidden.contains(node.row.id)) parents.push_back(node.row.id);
    }
    if (parents.empty()) return std::vector<EdgeRow>{};
    return reader.edges_of(parents);
}

std::vector<NodeId> required_children(const NodePage& page, const std::vector<EdgeRow>& edges) {
    std::unordered_map<NodeId, model::NodeType> types;
    for (const auto& node : page.around.nodes) types.emplace(node.row.id, node.row.type);
    std::vector<NodeId> ids;
    for (const auto& edge : edges) {
        const auto* field = model::find_field(types.at(edge.parent), edge.field);
        if (field != nullptr && is_required_link(*field)) ids.push_back(edge.child);
    }
    return ids;
}

}  // namespace

base::Result<void> gather_around(store::Reader& reader, const account::Caller& caller, NodePage& page) {
    auto& graph = page.around;
    for (const auto& hit : page.hits) graph.nodes.push_back({hit, store::Reach::Home});
    auto own = edges_from(reader, page, store::Reach::Home);
    CRIPT_CHECK(own);
    std::vector<NodeId> children;
    for (const auto& edge : *own) children.push_back(edge.child);
    CRIPT_CHECK(add_nodes(reader, caller, std::move(children), store::Reach::Foreign, page));
    auto further = edges_from(reader, page, store::Reach::Foreign);
    CRIPT_CHECK(further);
    CRIPT_CHECK(add_nodes(reader, caller, required_children(page, *further), store::Reach::Stub, page));

    graph.edges = std::move(*own);
    graph.edges.insert(graph.edges.end(), further->begin(), further->end());
    std::sort(graph.nodes.begin(), graph.nodes.end(),
              [](const auto& left, const auto& right) { return left.row.id < right.row.id; });
    std::sort(graph.edges.begin(), graph.edges.end(), [](const EdgeRow& left, const EdgeRow& right) {
        return std::tie(left.parent, left.field, left.position) <
               std::tie(right.parent, right.field, right.position);
    });
    for (const auto& node : graph.nodes) CRIPT_CHECK(name_accounts(reader, node.row, page.accounts));
    return {};
}

base::Result<void> keep_visible(store::Reader& reader, const account::Caller& caller,
                                std::vector<NodeRow>& rows) {
    auto access = access_to(reader, caller, rows);
    CRIPT_CHECK(access);
    std::erase_if(rows, [&](const NodeRow& row) { return !is_visible(caller, row, *access); });
    return {};
}

store::ListQuery list_query(const account::Caller& caller, model::NodeType type, unsigned limit) {
    store::ListQuery query;
    query.type = type;
    query.caller = caller.account;
    query.caller_is_admin = caller.is_admin;
    query.limit = limit;
    return query;
}

}  // namespace cript::service
