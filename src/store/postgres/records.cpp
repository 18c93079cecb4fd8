// The part of the transaction that sees nodes as single records.
#include "store/postgres/node_columns.hpp"
#include "store/postgres/transaction.hpp"
#include "store/storable_text.hpp"

namespace cript::store::postgres {

namespace {

const std::string kChildNamed =
    "select " + kNodeColumns +
    " from node n where n.type = $1 and n.name = $2"
    " and exists (select 1 from edge where child = n.id and field = $3 and parent = $4)"
    " order by n.id limit 1";

const std::string kNodesIdentified = "select " + kNodeColumns +
                                     " from identifier i join node n on n.id = i.node"
                                     " where i.kind = $1 and i.value = $2 and n.type = $3 order by n.id";

}  // namespace

base::Result<std::unordered_map<NodeId, ProjectIdentity>> Transaction::identify_projects(
    std::span<const NodeId> projects) {
    return guarded([&] {
        std::unordered_map<NodeId, ProjectIdentity> identities;
        if (projects.empty()) return identities;
        auto rows = connection_.query(R"sql(
            select n.id, n.uuid, a.uuid, g.uuid
            from unnest($1) as w (id)
            join node n on n.id = w.id
            join account a on a.id = n.created_by
            left join project_group pg on pg.project = n.id
            left join account_group g on g.id = pg.group_id)sql",
                                      Parameters(array_of(projects)));
        while (rows.step()) {
            auto& identity = identities[rows.integer(0)];
            identity.uuid = rows.uuid(1);
            identity.creator = rows.uuid(2);
            if (!rows.is_null(3)) identity.group = rows.uuid(3);
        }
        return identities;
    });
}

base::Result<std::optional<NodeRow>> Transaction::child_named(NodeId parent, model::FieldName field,
                                                              model::NodeType type, std::string_view name) {
    return guarded([&]() -> std::optional<NodeRow> {
        if (!can_be_stored(name)) return std::nullopt;
        auto rows = connection_.query(kChildNamed.c_str(),
                                      Parameters(numbering_.of(type), name, numbering_.of(field), parent));
        if (!rows.step()) return std::nullopt;
        return read_node(rows, 0);
    });
}

base::Result<std::vector<NodeRow>> Transaction::nodes_identified(model::NodeType type,
                                                                 model::FieldName identifier,
                                                                 std::string_view value) {
    return guarded([&] {
        if (!can_be_stored(value)) return std::vector<NodeRow>();
        return read_nodes(connection_.query(
            kNodesIdentified.c_str(), Parameters(numbering_.of(identifier), value, numbering_.of(type))));
    });
}

base::Result<void> Transaction::append_child(NodeId parent, model::FieldName field, NodeId child,
                                             AccountId by, base::Timestamp at) {
    return guarded([&] {
        connection_.run(R"sql(
            insert into edge (parent, field, position, child)
            select $1, $2, coalesce(max(position) + 1, 0), $3 from edge where parent = $1 and field = $2)sql",
                        Parameters(parent, numbering_.of(field), child));
        connection_.run(
            "update node set revision = revision + 1, updated_by = $2, updated_at = $3 where id = $1",
            Parameters(parent, by, at));
    });
}

}  // namespace cript::store::postgres
