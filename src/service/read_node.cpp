#include "service/read_node.hpp"

#include "service/node_policy.hpp"

namespace cript::service {

namespace {

using account::Action;
using account::Verdict;

tl::unexpected<base::Error> not_there() {
    return base::fail(base::ErrorKind::NotFound, "there is no such node");
}

/// The nodes of other projects that the caller may not see.
base::Result<std::unordered_set<store::NodeId>> find_hidden(store::Reader& reader,
                                                            const account::Caller& caller,
                                                            const store::NodeRow& root,
                                                            const store::Subgraph& graph) {
    std::unordered_set<store::NodeId> hidden;
    std::unordered_set<store::NodeId> projects;
    for (const auto& node : graph.nodes) {
        if (node.row.project && node.row.project != root.project) projects.insert(*node.row.project);
    }
    auto access =
        reader.project_access(caller.account, std::vector<store::NodeId>(projects.begin(), projects.end()));
    CRIPT_CHECK(access);
    for (const auto& node : graph.nodes) {
        if (node.row.project == root.project && root.project) continue;  // as visible as the root is
        const auto target = policy_target(caller, node.row, *access);
        if (account::decide(caller, Action::Read, target) == Verdict::Hidden) hidden.insert(node.row.id);
    }
    return hidden;
}

}  // namespace

base::Result<store::PointRead> read_visible(store::Reader& reader, const account::Caller& caller,
                                            model::NodeType type, const base::Uuid& uuid) {
    auto point = reader.read_point(uuid, caller.account);
    CRIPT_CHECK(point);
    if (!*point || (*point)->node.type != type) return not_there();
    const auto target = policy_target(caller, (*point)->node, (*point)->access);
    if (account::decide(caller, Action::Read, target) != Verdict::Allowed) return not_there();
    return std::move(**point);
}

base::Result<void> name_accounts(store::Reader& reader, const store::NodeRow& row, AccountNames& names) {
    for (const auto account : {row.created_by, row.updated_by}) {
        if (names.contains(account)) continue;
        auto uuid = reader.account_uuid(account);
        CRIPT_CHECK(uuid);
        if (*uuid) names.emplace(account, **uuid);
    }
    return {};
}

base::Result<SingleNode> read_single(Context& context, const account::Caller& caller, model::NodeType type,
                                     const base::Uuid& uuid) {
    return read<SingleNode>(context.store, [&](store::Reader& reader) -> base::Result<SingleNode> {
        auto point = read_visible(reader, caller, type, uuid);
        CRIPT_CHECK(point);
        SingleNode single{std::move(point->node), {}, point->has_links};
        CRIPT_CHECK(name_accounts(reader, single.row, single.accounts));
        const auto person = single.row.created_by;  // a User node is made by, and with, its account
        if (type == model::NodeType::User && (caller.is_admin || caller.account == person)) {
            auto found = reader.find_account(person);
            CRIPT_CHECK(found);
            if (*found) single.email = (*found)->email;
        }
        return single;
    });
}

base::Result<NodeGraph> read_node_graph(Context& context, const account::Caller& caller, model::NodeType type,
                                        const base::Uuid& uuid) {
    return read<NodeGraph>(context.store, [&](store::Reader& reader) -> base::Result<NodeGraph> {
        auto point = read_visible(reader, caller, type, uuid);
        CRIPT_CHECK(point);
        return read_node_graph(reader, caller, point->node);
    });
}

base::Result<NodeGraph> read_node_graph(store::Reader& reader, const account::Caller& caller,
                                        const store::NodeRow& root) {
    auto graph = reader.subgraph(root);
    CRIPT_CHECK(graph);
    auto hidden = find_hidden(reader, caller, root, *graph);
    CRIPT_CHECK(hidden);
    NodeGraph found{root, std::move(*graph), std::move(*hidden), {}};
    for (const auto& node : found.graph.nodes) CRIPT_CHECK(name_accounts(reader, node.row, found.accounts));
    return found;
}

}  // namespace cript::service
