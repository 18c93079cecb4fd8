#include "service/find_nodes.hpp"

#include <algorithm>

#include "service/node_policy.hpp"

namespace cript::service {

namespace {

constexpr unsigned kMostOfOneName = 1'000;

/// Which of these the caller may not see.
base::Result<std::unordered_set<store::NodeId>> hidden_of(store::Reader& reader,
                                                          const account::Caller& caller,
                                                          const std::vector<store::NodeRow>& rows) {
    std::vector<store::NodeId> projects;
    for (const auto& row : rows) {
        if (row.project) projects.push_back(*row.project);
    }
    std::sort(projects.begin(), projects.end());
    projects.erase(std::unique(projects.begin(), projects.end()), projects.end());
    auto access = reader.project_access(caller.account, projects);
    CRIPT_CHECK(access);
    std::unordered_set<store::NodeId> hidden;
    for (const auto& row : rows) {
        const auto verdict =
            account::decide(caller, account::Action::Read, policy_target(caller, row, *access));
        if (verdict != account::Verdict::Allowed) hidden.insert(row.id);
    }
    return hidden;
}

/// Holds rows against the policy, though the query has already left out what the caller may not see.
base::Result<void> keep_visible(store::Reader& reader, const account::Caller& caller,
                                std::vector<store::NodeRow>& rows) {
    auto hidden = hidden_of(reader, caller, rows);
    CRIPT_CHECK(hidden);
    std::erase_if(rows, [&](const store::NodeRow& row) { return hidden->contains(row.id); });
    return {};
}

/// The place of `after` in the order of pages. A node that the caller may not see is as unknown as one that
/// never was; one that is deleted still has its place.
base::Result<store::NodeId> position_of(store::Reader& reader, const account::Caller& caller,
                                        const base::Uuid& after) {
    auto position = reader.page_position(after);
    CRIPT_CHECK(position);
    auto stored = reader.read_point(after, caller.account);
    CRIPT_CHECK(stored);
    const bool is_hidden =
        *stored && account::decide(caller, account::Action::Read,
                                   policy_target(caller, (*stored)->node, (*stored)->access)) !=
                       account::Verdict::Allowed;
    if (!*position || is_hidden) {
        return base::fail(base::ErrorKind::InvalidInput, "'after' is not the uuid of a node of this list");
    }
    return **position;
}

base::Result<void> add_children(store::Reader& reader, const account::Caller& caller, NodePage& page) {
    std::vector<store::NodeId> parents;
    for (const auto& hit : page.hits) parents.push_back(hit.row.id);
    auto edges = reader.edges_of(parents);
    CRIPT_CHECK(edges);
    std::vector<store::NodeId> children;
    std::size_t at = 0;  // hits and edges both ascend by parent
    for (auto& hit : page.hits) {
        while (at < edges->size() && (*edges)[at].parent < hit.row.id) ++at;
        for (; at < edges->size() && (*edges)[at].parent == hit.row.id; ++at) {
            hit.edges.push_back((*edges)[at]);
            children.push_back((*edges)[at].child);
        }
    }
    std::sort(children.begin(), children.end());
    children.erase(std::unique(children.begin(), children.end()), children.end());
    auto rows = reader.nodes_with_ids(children);
    CRIPT_CHECK(rows);
    auto hidden = hidden_of(reader, caller, *rows);
    CRIPT_CHECK(hidden);
    page.children = std::move(*rows);
    page.hidden = std::move(*hidden);
    for (const auto& row : page.children) CRIPT_CHECK(name_accounts(reader, row, page.accounts));
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

}  // namespace

base::Result<NodePage> find_page(Context& context, const account::Caller& caller,
                                 const PageRequest& request) {
    return read<NodePage>(context.store, [&](store::Reader& reader) -> base::Result<NodePage> {
        auto query = list_query(caller, request.type, request.limit);
        query.name_contains = request.name_contains;
        if (request.after) {
            auto position = position_of(reader, caller, *request.after);
            CRIPT_CHECK(position);
            query.after = *position;
        }
        NodePage page;
        auto count = reader.count(query);
        CRIPT_CHECK(count);
        page.count = *count;
        auto rows = reader.list(query);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader, caller, *rows));
        for (auto& row : *rows) {
            CRIPT_CHECK(name_accounts(reader, row, page.accounts));
            page.hits.push_back({std::move(row), {}});
        }
        CRIPT_CHECK(add_children(reader, caller, page));
        return page;
    });
}

base::Result<std::optional<NodeGraph>> find_exact(Context& context, const account::Caller& caller,
                                                  model::NodeType type, std::string_view name) {
    using Answer = std::optional<NodeGraph>;
    return read<Answer>(context.store, [&](store::Reader& reader) -> base::Result<Answer> {
        auto rows = reader.find_named(list_query(caller, type, kMostOfOneName), name);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader, caller, *rows));
        if (rows->empty()) return Answer{};
        auto graph = read_node_graph(reader, caller, rows->back());
        CRIPT_CHECK(graph);
        return Answer{std::move(*graph)};
    });
}

}  // namespace cript::service
