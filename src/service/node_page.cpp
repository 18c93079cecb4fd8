#include "service/node_page.hpp"

#include <algorithm>

#include "service/node_policy.hpp"
#include "service/required_link.hpp"

namespace cript::service {

namespace {

using store::EdgeRow;
using store::NodeId;
using store::NodeRow;

/// The nodes of these ids, each once; the page learns which of them are hidden.
base::Result<std::vector<NodeRow>> read_nodes(store::Reader& reader, const account::Caller& caller,
                                              std::vector<NodeId> ids, NodePage& page) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    auto rows = reader.nodes_with_ids(ids);
    CRIPT_CHECK(rows);
    auto hidden = hidden_of(reader, caller, *rows);
    CRIPT_CHECK(hidden);
    page.hidden.merge(*hidden);
    for (const auto& row : *rows) CRIPT_CHECK(name_accounts(reader, row, page.accounts));
    return rows;
}

/// Reads the edges of the hits and gives the nodes that they lead to.
base::Result<std::vector<NodeId>> read_hit_edges(store::Reader& reader, NodePage& page) {
    std::vector<NodeId> parents;
    std::unordered_map<NodeId, NodePage::Hit*> hits;
    for (auto& hit : page.hits) {
        parents.push_back(hit.row.id);
        hits.emplace(hit.row.id, &hit);
    }
    auto edges = reader.edges_of(parents);
    CRIPT_CHECK(edges);
    for (const auto& edge : *edges) hits.at(edge.parent)->edges.push_back(edge);
    std::vector<NodeId> children;
    for (const auto& hit : page.hits) {
        // Edges of one field stand together.
        for (auto edge = hit.edges.begin(); edge != hit.edges.end();) {
            const auto end = std::find_if(edge, hit.edges.end(),
                                          [&](const EdgeRow& other) { return other.field != edge->field; });
            const bool is_shown = static_cast<std::size_t>(end - edge) <= kLongestShownList;
            for (; edge != end; ++edge) {
                if (is_shown) children.push_back(edge->child);
            }
        }
    }
    return children;
}

/// Reads the edges of the children and gives the nodes that they must have.
base::Result<std::vector<NodeId>> read_child_edges(store::Reader& reader, NodePage& page) {
    std::vector<NodeId> parents;
    std::unordered_map<NodeId, model::NodeType> types;
    for (const auto& child : page.children) {
        if (page.hidden.contains(child.id)) continue;
        parents.push_back(child.id);
        types.emplace(child.id, child.type);
    }
    auto edges = reader.edges_of(parents);
    CRIPT_CHECK(edges);
    page.child_edges = std::move(*edges);
    std::vector<NodeId> required;
    for (const auto& edge : page.child_edges) {
        const auto* field = model::find_field(types.at(edge.parent), edge.field);
        if (field != nullptr && is_required_link(*field)) required.push_back(edge.child);
    }
    return required;
}

}  // namespace

std::size_t length_of(std::span<const EdgeRow> edges, model::FieldName field) {
    return static_cast<std::size_t>(std::ranges::count(edges, field, &EdgeRow::field));
}

base::Result<std::unordered_set<NodeId>> hidden_of(store::Reader& reader, const account::Caller& caller,
                                                   const std::vector<NodeRow>& rows) {
    std::vector<NodeId> projects;
    for (const auto& row : rows) {
        if (row.project) projects.push_back(*row.project);
    }
    std::sort(projects.begin(), projects.end());
    projects.erase(std::unique(projects.begin(), projects.end()), projects.end());
    auto access = reader.project_access(caller.account, projects);
    CRIPT_CHECK(access);
    std::unordered_set<NodeId> hidden;
    for (const auto& row : rows) {
        const auto verdict =
            account::decide(caller, account::Action::Read, policy_target(caller, row, *access));
        if (verdict != account::Verdict::Allowed) hidden.insert(row.id);
    }
    return hidden;
}

base::Result<void> gather_around(store::Reader& reader, const account::Caller& caller, NodePage& page) {
    for (const auto& hit : page.hits) CRIPT_CHECK(name_accounts(reader, hit.row, page.accounts));
    auto children = read_hit_edges(reader, page);
    CRIPT_CHECK(children);
    auto child_rows = read_nodes(reader, caller, std::move(*children), page);
    CRIPT_CHECK(child_rows);
    page.children = std::move(*child_rows);
    auto required = read_child_edges(reader, page);
    CRIPT_CHECK(required);
    auto required_rows = read_nodes(reader, caller, std::move(*required), page);
    CRIPT_CHECK(required_rows);
    page.required = std::move(*required_rows);
    return {};
}

base::Result<void> keep_visible(store::Reader& reader, const account::Caller& caller,
                                std::vector<NodeRow>& rows) {
    auto hidden = hidden_of(reader, caller, rows);
    CRIPT_CHECK(hidden);
    std::erase_if(rows, [&](const NodeRow& row) { return hidden->contains(row.id); });
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
