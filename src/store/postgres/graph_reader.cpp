#include <algorithm>
#include <tuple>

#include "store/letter_case.hpp"
#include "store/postgres/storable_text.hpp"
#include "store/postgres/transaction.hpp"
#include "store/row_text.hpp"

namespace cript::store::postgres {

namespace {

ProjectAccess read_access(const Rows& rows, int first) {
    return {static_cast<account::Role>(rows.integer(first)), rows.flag(first + 1), rows.flag(first + 2)};
}

// Columns are named, so that a later version may add some while this one runs.
const std::string kNode =
    "n.id, n.uuid, n.type, n.project, n.created_by, n.updated_by, n.created_at, n.updated_at, n.is_public,"
    " n.is_locked, n.revision, n.name, n.attributes";

const std::string kReadPoint =
    "select (select role from acl where account = $1 and project = n.project), p.is_public, p.is_locked,"
    " exists (select 1 from edge where parent = n.id), " +
    kNode + " from node n left join node p on p.id = n.project where n.uuid = $2";

const std::string kFindNodes = "select w.position, " + kNode +
                               " from unnest($1) with ordinality as w (uuid, position)"
                               " join node n on n.uuid = w.uuid";

const std::string kNodesWithIds = "select " + kNode + " from unnest($1) as w (id) join node n on n.id = w.id";

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
            select (select role from acl where account = $1 and project = p.id), p.is_public, p.is_locked, p.id
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

namespace {

// What a caller may see, for pages and counts. It says in SQL what account::decide says for one node; every
// row is still put before that function. It takes $1 the type, $2 whether the caller is an administrator, $3
// the caller and $4 the type of projects.
const std::string kVisible = R"sql(
      and ($2
           or n.type in (select id from node_type where is_shared)
           or n.project in (select project from acl where account = $3)
           or n.project in (select id from node where type = $4 and is_public)
           or (n.project is null and n.created_by = $3)))sql";

const std::string kOfType = " from node n where n.type = $1 and n.id > $5" + kVisible;

// The names first and by themselves: they are what the index of trigrams answers.
const std::string kNamed = "with named as materialized (select id from node where folded_name like $6) ";
const std::string kOfTypeByName =
    " from named w join node n on n.id = w.id where n.type = $1 and n.id > $5" + kVisible;
// A shorter text is held against every name.
const std::string kOfTypeByShortName = kOfType + " and position($6 in n.folded_name) > 0";

const std::string kList = "select " + kNode + kOfType + " order by n.id limit $6";
const std::string kCount = "select count(*)" + kOfType;
const std::string kListByName = kNamed + "select " + kNode + kOfTypeByName + " order by n.id limit $7";
const std::string kCountByName = kNamed + "select count(*)" + kOfTypeByName;
const std::string kListByShortName = "select " + kNode + kOfTypeByShortName + " order by n.id limit $7";
const std::string kCountByShortName = "select count(*)" + kOfTypeByShortName;
const std::string kFindNamed = "select " + kNode + " from node n where n.type = $1 and n.name = $5" +
                               kVisible + " order by n.id desc limit $6";

}  // namespace

base::Result<std::vector<NodeRow>> Transaction::list(const ListQuery& wanted) {
    return guarded([&] {
        const auto type = numbering_.of(wanted.type);
        const auto projects = numbering_.of(model::NodeType::Project);
        const bool is_admin = wanted.caller_is_admin;
        if (!wanted.name_contains) {
            return read_nodes(connection_.query(
                kList.c_str(),
                Parameters(type, is_admin, wanted.caller, projects, wanted.after, wanted.limit)));
        }
        if (!can_be_stored(*wanted.name_contains)) return std::vector<NodeRow>();
        const auto text = folded(*wanted.name_contains);
        if (!has_trigram(text)) {
            return read_nodes(connection_.query(
                kListByShortName.c_str(),
                Parameters(type, is_admin, wanted.caller, projects, wanted.after, text, wanted.limit)));
        }
        return read_nodes(connection_.query(kListByName.c_str(),
                                            Parameters(type, is_admin, wanted.caller, projects, wanted.after,
                                                       like_pattern(text), wanted.limit)));
    });
}

base::Result<std::uint64_t> Transaction::count(const ListQuery& wanted) {
    return guarded([&]() -> std::uint64_t {
        const auto type = numbering_.of(wanted.type);
        const auto projects = numbering_.of(model::NodeType::Project);
        const bool is_admin = wanted.caller_is_admin;
        const NodeId from_the_start = 0;
        const auto number = [](Rows rows) {
            return rows.step() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
        };
        if (!wanted.name_contains) {
            return number(connection_.query(
                kCount.c_str(), Parameters(type, is_admin, wanted.caller, projects, from_the_start)));
        }
        if (!can_be_stored(*wanted.name_contains)) return 0;
        const auto text = folded(*wanted.name_contains);
        if (!has_trigram(text)) {
            return number(
                connection_.query(kCountByShortName.c_str(),
                                  Parameters(type, is_admin, wanted.caller, projects, from_the_start, text)));
        }
        return number(connection_.query(
            kCountByName.c_str(),
            Parameters(type, is_admin, wanted.caller, projects, from_the_start, like_pattern(text))));
    });
}

base::Result<std::vector<NodeRow>> Transaction::find_named(const ListQuery& wanted, std::string_view name) {
    return guarded([&] {
        if (!can_be_stored(name)) return std::vector<NodeRow>();
        auto rows = read_nodes(connection_.query(
            kFindNamed.c_str(), Parameters(numbering_.of(wanted.type), wanted.caller_is_admin, wanted.caller,
                                           numbering_.of(model::NodeType::Project), name, wanted.limit)));
        std::reverse(rows.begin(), rows.end());
        return rows;
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
