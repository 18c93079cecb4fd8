// The part of the transaction that sees nodes as single records.
#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

base::Result<std::unordered_map<NodeId, ProjectIdentity>> Transaction::identify_projects(
    std::span<const NodeId> projects) {
    return guarded([&] {
        std::unordered_map<NodeId, ProjectIdentity> identities;
        const auto ids = id_list(projects);
        auto query = connection_.query(R"sql(
            select n.id, n.uuid, a.uuid, g.uuid
            from json_each(:projects) j
            cross join node n on n.id = j.value
            cross join account a on a.id = n.created_by
            left join project_group pg on pg.project = n.id
            left join account_group g on g.id = pg.group_id)sql");
        query.bind(ids);
        while (query.step()) {
            auto& identity = identities[query.integer(0)];
            identity.uuid = query.uuid(1);
            identity.creator = query.uuid(2);
            if (!query.is_null(3)) identity.group = query.uuid(3);
        }
        return identities;
    });
}

base::Result<std::optional<NodeRow>> Transaction::child_named(NodeId parent, model::FieldName field,
                                                              model::NodeType type, std::string_view name) {
    return guarded([&]() -> std::optional<NodeRow> {
        auto query = connection_.query(R"sql(
            select n.*
            from node n
            where n.type = :type and n.name = :name
              and exists (select 1 from edge where child = n.id and field = :field and parent = :parent)
            order by n.id
            limit 1)sql");
        query.bind(numbering_.of(type), name, numbering_.of(field), parent);
        if (!query.step()) return std::nullopt;
        return read_node(query, 0);
    });
}

base::Result<std::vector<NodeRow>> Transaction::nodes_identified(model::NodeType type,
                                                                 model::FieldName identifier,
                                                                 std::string_view value) {
    return guarded([&] {
        std::vector<NodeRow> rows;
        auto query = connection_.query(R"sql(
            select n.*
            from identifier i
            cross join node n on n.id = i.node
            where i.kind = :kind and i.value = :value and n.type = :type
            order by n.id)sql");
        query.bind(numbering_.of(identifier), value, numbering_.of(type));
        while (query.step()) rows.push_back(read_node(query, 0));
        return rows;
    });
}

base::Result<void> Transaction::append_child(NodeId parent, model::FieldName field, NodeId child,
                                             AccountId by, base::Timestamp at) {
    return guarded([&] {
        const auto number = numbering_.of(field);
        connection_
            .query(R"sql(
                insert into edge (parent, field, position, child)
                values (:parent, :field,
                        (select coalesce(max(position) + 1, 0) from edge where parent = :parent and field = :field),
                        :child))sql")
            .bind(parent, number, child)
            .run();
        connection_
            .query(R"sql(
                update node
                set revision = revision + 1, updated_by = :by, updated_at = :at
                where id = :parent)sql")
            .bind(by, at, parent)
            .run();
    });
}

}  // namespace cript::store::sqlite
