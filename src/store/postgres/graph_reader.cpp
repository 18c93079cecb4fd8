#include <algorithm>
#include <tuple>

#include "store/postgres/node_columns.hpp"
#include "store/postgres/transaction.hpp"

namespace cript::store::postgres {

namespace {

ProjectAccess read_access(const Rows& rows, int first) {
    return {static_cast<account::Role>(rows.integer(first)), rows.flag(first + 1), rows.flag(first + 2)};
}

const std::string kReadPoint =
    "select (select max(role) from project_role where account = $1 and project = n.project), p.is_public, "
    "p.is_locked,"
    " exists (select 1 from edge where parent = n.id), " +
    kNodeColumns + " from node n left join node p on p.id = n.project where n.uuid = $2";

const std::string kFindNodes = "select w.position, " + kNodeColumns +
                               " from unnest($1) with ordinality as w (uuid, position)"
                               " join node n on n.uuid = w.uuid";

const std::string kNodesWithIds =
    "select " + kNodeColumns + " from unnest($1) as w (id) join node n on n.id = w.id";

const std::string kNodesAfter =
    "select " + kNodeColumns + " from node n where n.id > $1 order by n.id limit $2";

// Ordered here: the server would have to sort whole rows, on disk where they are many.
constexpr const char* kEdgesOf =
    "select e.parent, e.field, e.position, e.child from unnest($1) as w (id) join edge e on e.parent = w.id";
constexpr const char* kEdgesTo =
    "select e.parent, e.field, e.position, e.child from unnest($1) as w (id) join edge e on e.child = w.id";

bool comes_before(const EdgeRow& left, const EdgeRow& right) {
    return std::tie(left.parent, left.field, left.position) <
           std::tie(right.parent, right.field, right.position);
}

/// Most often the server has found them in order.
template <class Row, class Before>
std::vector<Row> ordered(std::vector<Row> rows, Before before) {
    if (!std::is_sorted(rows.begin(), rows.end(), before)) std::sort(rows.begin(), rows.end(), before);
    return rows;
}

bool has_smaller_id(const NodeRow& left, const NodeRow& right) {
    return left.id < right.id;
}

}  // namespace

NodeRow Transaction::read_node(const Rows& rows, int first) const {
    NodeRow row;
    row.id = rows.integer(first);
    row.uuid = rows.uuid(first + 1);
    row.type = numbering_.type(rows.integer(first + 2));
    if (!rows.is_null(first + 3)) row.project = rows.integer(first + 3);
    row.created_by = rows.integer(first + 4);
    row.updated_by = rows.integer(first + 5);
    row.created_at = rows.time(first + 6);
    row.updated_at = rows.time(first + 7);
    row.is_public = rows.flag(first + 8);
    row.is_locked = rows.flag(first + 9);
    row.revision = rows.integer(first + 10);
    row.name = rows.text(first + 11);
    row.attributes = rows.text(first + 12);
    return row;
}

EdgeRow Transaction::read_edge(const Rows& rows) const {
    return {rows.integer(0), numbering_.field(rows.integer(1)), static_cast<std::uint32_t>(rows.integer(2)),
            rows.integer(3)};
}

std::vector<NodeRow> Transaction::read_nodes(Rows rows) const {
    std::vector<NodeRow> nodes;
    nodes.reserve(rows.size());
    while (rows.step()) nodes.push_back(read_node(rows, 0));
    return nodes;
}

base::Result<std::optional<PointRead>> Transaction::read_point(const base::Uuid& uuid, AccountId caller) {
    return guarded([&]() -> std::optional<PointRead> {
        auto rows = connection_.query(kReadPoint.c_str(), Parameters(caller, uuid));
        if (!rows.step()) return std::nullopt;
        return PointRead{read_node(rows, 4), read_access(rows, 0), rows.flag(3)};
    });
}

base::Result<std::vector<std::optional<NodeRow>>> Transaction::find_nodes(std::span<const base::Uuid> uuids) {
    return guarded([&] {
        std::vector<std::optional<NodeRow>> found(uuids.size());
        if (uuids.empty()) return found;
        auto rows = connection_.query(kFindNodes.c_str(), Parameters(array_of(uuids)));
        while (rows.step()) found.at(static_cast<std::size_t>(rows.integer(0) - 1)) = read_node(rows, 1);
        return found;
    });
}

base::Result<std::unordered_map<NodeId, ProjectAccess>> Transaction::project_access(
    AccountId caller, std::span<const NodeId> projects) {
    return guarded([&] {
        std::unordered_map<NodeId, ProjectAccess> access;
        if (projects.empty()) return access;
        auto rows = connection_.query(R"sql(
            select (select max(role) from project_role where account = $1 and project = p.id), p.is_public, p.is_locked, p.id
            from unnest($2) as w (id)
            join node p on p.id = w.id)sql",
                                      Parameters(caller, array_of(projects)));
        while (rows.step()) access.emplace(rows.integer(3), read_access(rows, 0));
        return access;
    });
}

base::Result<std::vector<EdgeRow>> Transaction::edges_of(std::span<const NodeId> parents) {
    return guarded([&] { return edges_found_by(kEdgesOf, parents); });
}

base::Result<std::vector<EdgeRow>> Transaction::edges_to(std::span<const NodeId> children) {
    return guarded([&] { return edges_found_by(kEdgesTo, children); });
}

std::vector<EdgeRow> Transaction::edges_found_by(const char* sql, std::span<const NodeId> ids) {
    if (ids.empty()) return {};
    auto rows = connection_.query(sql, Parameters(array_of(ids)));
    std::vector<EdgeRow> edges;
    edges.reserve(rows.size());
    while (rows.step()) edges.push_back(read_edge(rows));
    return ordered(std::move(edges), comes_before);
}

base::Result<std::vector<NodeRow>> Transaction::nodes_with_ids(std::span<const NodeId> ids) {
    return guarded([&] {
        if (ids.empty()) return std::vector<NodeRow>();
        return ordered(read_nodes(connection_.query(kNodesWithIds.c_str(), Parameters(array_of(ids)))),
                       has_smaller_id);
    });
}

base::Result<std::vector<NodeRow>> Transaction::nodes_after(NodeId after, unsigned limit) {
    return guarded(
        [&] { return read_nodes(connection_.query(kNodesAfter.c_str(), Parameters(after, limit))); });
}

base::Result<Subgraph> Transaction::subgraph(const NodeRow& root) {
    return guarded([&] {
        // A sub-object is as near as its parent; a node of the home project is home; whatever else is reached
        // from home is foreign, and what a foreign node links to is a stub. A node may be reached in several
        // ways: the nearest one counts.
        auto reached = connection_.query(R"sql(
            with recursive reach (id, distance) as (
                select $1, 0
                union
                select c.id,
                       case
                           when c.type in (select id from node_type where is_subobject) then r.distance
                           when r.distance = 0 and c.project is not distinct from $2 then 0
                           else r.distance + 1
                       end
                from reach r
                join edge e on e.parent = r.id
                join node c on c.id = e.child
                where r.distance < 2
            )
            select id, min(distance) from reach group by id order by id)sql",
                                         Parameters(root.id, root.project));
        std::vector<NodeId> ids;
        std::vector<NodeId> parents;
        std::vector<Reach> reaches;
        while (reached.step()) {
            ids.push_back(reached.integer(0));
            reaches.push_back(static_cast<Reach>(reached.integer(1)));
            if (reaches.back() != Reach::Stub) parents.push_back(ids.back());
        }
        auto rows = ordered(read_nodes(connection_.query(kNodesWithIds.c_str(), Parameters(array_of(ids)))),
                            has_smaller_id);
        Subgraph graph;
        graph.nodes.reserve(rows.size());
        for (std::size_t at = 0; at < rows.size(); ++at)
            graph.nodes.push_back({std::move(rows[at]), reaches[at]});
        graph.edges = edges_found_by(kEdgesOf, parents);
        return graph;
    });
}

base::Result<std::vector<NodeId>> Transaction::contained_in(NodeId root) {
    return guarded([&] {
        std::vector<NodeId> ids;
        auto rows = connection_.query(R"sql(
            with recursive inside (id) as (
                (select $1 union select id from node where project = $1)  -- of a project: what it owns, linked or not
                union
                select e.child
                from inside i
                join node p on p.id = i.id
                join edge e on e.parent = i.id
                join containment c on c.type = p.type and c.field = e.field
            )
            select id from inside order by id)sql",
                                      Parameters(root));
        while (rows.step()) ids.push_back(rows.integer(0));
        return ids;
    });
}

base::Result<std::optional<NodeId>> Transaction::page_position(const base::Uuid& uuid) {
    return guarded([&]() -> std::optional<NodeId> {
        auto rows = connection_.query(
            "select id from node where uuid = $1 union all select node from tombstone where uuid = $1",
            Parameters(uuid));
        if (!rows.step()) return std::nullopt;
        return rows.integer(0);
    });
}

base::Result<std::optional<NodeId>> Transaction::project_named(std::string_view name) {
    return guarded([&]() -> std::optional<NodeId> {
        auto rows = connection_.query("select project from project_name where digest = $1",
                                      Parameters(crypto::sha256(base::as_bytes(name))));
        if (!rows.step()) return std::nullopt;
        return rows.integer(0);
    });
}

base::Result<std::optional<base::Uuid>> Transaction::account_uuid(AccountId account) {
    if (auto known = uuids_.find(account)) return known;
    return guarded([&]() -> std::optional<base::Uuid> {
        auto rows = connection_.query("select uuid from account where id = $1", Parameters(account));
        if (!rows.step()) return std::nullopt;
        uuids_.add(account, rows.uuid(0));
        return rows.uuid(0);
    });
}

}  // namespace cript::store::postgres
