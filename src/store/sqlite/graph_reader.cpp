#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

namespace {

ProjectAccess read_access(const Query& query, int first) {
    return {static_cast<account::Role>(query.integer(first)), query.flag(first + 1), query.flag(first + 2)};
}

}  // namespace

std::string id_list(std::span<const NodeId> ids) {
    return fmt::format("[{}]", fmt::join(ids, ","));
}

NodeRow Transaction::read_node(const Query& query, int first) const {
    NodeRow row;
    row.id = query.integer(first);
    row.uuid = query.uuid(first + 1);
    row.type = numbering_.type(query.integer(first + 2));
    if (!query.is_null(first + 3)) row.project = query.integer(first + 3);
    row.created_by = query.integer(first + 4);
    row.updated_by = query.integer(first + 5);
    row.created_at = query.time(first + 6);
    row.updated_at = query.time(first + 7);
    row.is_public = query.flag(first + 8);
    row.is_locked = query.flag(first + 9);
    row.revision = query.integer(first + 10);
    row.name = query.text(first + 11);
    row.attributes = query.text(first + 12);
    return row;
}

EdgeRow Transaction::read_edge(const Query& query) const {
    return {query.integer(0), numbering_.field(query.integer(1)),
            static_cast<std::uint32_t>(query.integer(2)), query.integer(3)};
}

base::Result<std::optional<PointRead>> Transaction::read_point(const base::Uuid& uuid, AccountId caller) {
    return guarded([&]() -> std::optional<PointRead> {
        auto query = connection_.query(R"sql(
            select (select max(role) from project_role where account = :caller and project = n.project),
                   p.is_public, p.is_locked,
                   exists (select 1 from edge where parent = n.id),
                   n.*
            from node n
            left join node p on p.id = n.project
            where n.uuid = :uuid)sql");
        query.bind(caller, uuid);
        if (!query.step()) return std::nullopt;
        return PointRead{read_node(query, 4), read_access(query, 0), query.flag(3)};
    });
}

base::Result<std::vector<std::optional<NodeRow>>> Transaction::find_nodes(std::span<const base::Uuid> uuids) {
    return guarded([&] {
        std::vector<std::optional<NodeRow>> rows;
        rows.reserve(uuids.size());
        for (const auto& uuid : uuids) {
            auto query = connection_.query("select * from node where uuid = :uuid");
            query.bind(uuid);
            rows.push_back(query.step() ? std::optional(read_node(query, 0)) : std::nullopt);
        }
        return rows;
    });
}

base::Result<std::unordered_map<NodeId, ProjectAccess>> Transaction::project_access(
    AccountId caller, std::span<const NodeId> projects) {
    return guarded([&] {
        std::unordered_map<NodeId, ProjectAccess> access;
        const auto ids = id_list(projects);
        auto query = connection_.query(R"sql(
            select (select max(role) from project_role where account = :caller and project = p.id),
                   p.is_public, p.is_locked, p.id
            from json_each(:projects) j
            join node p on p.id = j.value)sql");
        query.bind(caller, ids);
        while (query.step()) access.emplace(query.integer(3), read_access(query, 0));
        return access;
    });
}

base::Result<std::vector<EdgeRow>> Transaction::edges_of(std::span<const NodeId> parents) {
    return guarded([&] {
        std::vector<EdgeRow> edges;
        const auto ids = id_list(parents);
        auto query = connection_.query(R"sql(
            select e.parent, e.field, e.position, e.child
            from json_each(:parents) j
            cross join edge e on e.parent = j.value
            order by e.parent, e.field, e.position)sql");
        query.bind(ids);
        while (query.step()) edges.push_back(read_edge(query));
        return edges;
    });
}

base::Result<std::vector<EdgeRow>> Transaction::edges_to(std::span<const NodeId> children) {
    return guarded([&] {
        std::vector<EdgeRow> edges;
        const auto ids = id_list(children);
        auto query = connection_.query(R"sql(
            select e.parent, e.field, e.position, e.child
            from json_each(:children) j
            cross join edge e on e.child = j.value
            order by e.parent, e.field, e.position)sql");
        query.bind(ids);
        while (query.step()) edges.push_back(read_edge(query));
        return edges;
    });
}

base::Result<std::vector<NodeRow>> Transaction::nodes_with_ids(std::span<const NodeId> ids) {
    return guarded([&] {
        std::vector<NodeRow> rows;
        const auto list = id_list(ids);
        auto query = connection_.query(R"sql(
            select n.*
            from json_each(:ids) j
            cross join node n on n.id = j.value
            order by n.id)sql");
        query.bind(list);
        while (query.step()) rows.push_back(read_node(query, 0));
        return rows;
    });
}

base::Result<std::vector<NodeRow>> Transaction::nodes_after(NodeId after, unsigned limit) {
    return guarded([&] {
        std::vector<NodeRow> rows;
        auto query =
            connection_.query("select n.* from node n where n.id > :after order by n.id limit :limit");
        query.bind(after, limit);
        while (query.step()) rows.push_back(read_node(query, 0));
        return rows;
    });
}

base::Result<Subgraph> Transaction::subgraph(const NodeRow& root) {
    return guarded([&] {
        // A sub-object is as near as its parent; a node of the home project is home; whatever else is reached
        // from home is foreign, and what a foreign node links to is a stub. A node may be reached in several
        // ways: the nearest one counts.
        auto query = connection_.query(R"sql(
            with recursive reach (id, distance) as (
                select :root, 0
                union
                select c.id,
                       case
                           when c.type in (select id from node_type where is_subobject) then r.distance
                           when r.distance = 0 and c.project is :home then 0
                           else r.distance + 1
                       end
                from reach r
                cross join edge e on e.parent = r.id
                cross join node c on c.id = e.child
                where r.distance < 2
            )
            select n.id, e.field, e.position, e.child, r.distance, n.*
            from reach r
            cross join node n on n.id = r.id
            left join edge e on e.parent = n.id and r.distance < 2)sql");
        query.bind(root.id, root.project);
        Subgraph graph;
        struct Seen {
            std::size_t index;
            bool has_edges;
            std::int64_t edges_at_distance;
        };
        std::unordered_map<NodeId, Seen> seen;
        while (query.step()) {
            const auto id = query.integer(0);
            const auto distance = query.integer(4);
            const auto reach = static_cast<Reach>(distance);
            auto [entry, is_new] = seen.try_emplace(id, Seen{graph.nodes.size(), false, 0});
            if (is_new) {
                graph.nodes.push_back({read_node(query, 5), reach});
            } else {
                auto& node = graph.nodes[entry->second.index];
                node.reach = std::min(node.reach, reach);
            }
            if (distance > 1 || query.is_null(3)) continue;
            // The edges of a node come together, once for each distance it was reached at: they are taken
            // once.
            if (!entry->second.has_edges) entry->second = {entry->second.index, true, distance};
            if (entry->second.edges_at_distance == distance) graph.edges.push_back(read_edge(query));
        }
        std::sort(graph.nodes.begin(), graph.nodes.end(),
                  [](const auto& left, const auto& right) { return left.row.id < right.row.id; });
        std::sort(graph.edges.begin(), graph.edges.end(), [](const EdgeRow& left, const EdgeRow& right) {
            return std::tie(left.parent, left.field, left.position) <
                   std::tie(right.parent, right.field, right.position);
        });
        return graph;
    });
}

base::Result<std::vector<NodeId>> Transaction::contained_in(NodeId root) {
    return guarded([&] {
        std::vector<NodeId> ids;
        auto query = connection_.query(R"sql(
            with recursive inside (id) as (
                select :root
                union
                select id from node where project = :root  -- of a project: what it owns, linked or not
                union
                select e.child
                from inside i
                cross join node p on p.id = i.id
                cross join edge e on e.parent = i.id
                where (p.type, e.field) in (select type, field from containment)
            )
            select id from inside order by id)sql");
        query.bind(root);
        while (query.step()) ids.push_back(query.integer(0));
        return ids;
    });
}

base::Result<std::optional<NodeId>> Transaction::page_position(const base::Uuid& uuid) {
    return guarded([&]() -> std::optional<NodeId> {
        auto query = connection_.query(R"sql(
            select id from node where uuid = :uuid
            union all
            select node from tombstone where uuid = :uuid)sql");
        query.bind(uuid);
        if (!query.step()) return std::nullopt;
        return query.integer(0);
    });
}

base::Result<std::optional<NodeId>> Transaction::project_named(std::string_view name) {
    return guarded([&]() -> std::optional<NodeId> {
        auto query = connection_.query("select project from project_name where name = :name");
        query.bind(name);
        if (!query.step()) return std::nullopt;
        return query.integer(0);
    });
}

base::Result<std::optional<base::Uuid>> Transaction::account_uuid(AccountId account) {
    if (auto known = uuids_.find(account)) return known;
    return guarded([&]() -> std::optional<base::Uuid> {
        auto query = connection_.query("select uuid from account where id = :id");
        query.bind(account);
        if (!query.step()) return std::nullopt;
        uuids_.add(account, query.uuid(0));
        return query.uuid(0);
    });
}

}  // namespace cript::store::sqlite
