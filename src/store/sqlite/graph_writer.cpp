#include <algorithm>

#include "store/row_text.hpp"
#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

base::Result<void> Transaction::insert_nodes(std::span<NodeRow* const> rows) {
    return guarded([&] {
        auto insert = connection_.query(R"sql(
            insert into node (uuid, type, project, created_by, updated_by, created_at, updated_at,
                              is_public, is_locked, revision, name, attributes)
            values (:uuid, :type, :project, :created_by, :updated_by, :created_at, :updated_at,
                    :is_public, :is_locked, :revision, :name, :attributes))sql");
        auto insert_name = connection_.query("insert into node_name (rowid, name) values (:id, :name)");
        auto own_itself = connection_.query("update node set project = id where id = :id");
        for (auto* row : rows) {
            insert.bind(row->uuid, numbering_.of(row->type), row->project, row->created_by, row->updated_by,
                        row->created_at, row->updated_at, row->is_public, row->is_locked, row->revision,
                        row->name, row->attributes);
            insert.run();
            row->id = connection_.last_id();
            if (!row->name.empty()) insert_name.bind(row->id, row->name).run();
            if (row->type == model::NodeType::Project) {
                own_itself.bind(row->id).run();
                row->project = row->id;
            }
        }
    });
}

void Transaction::write_history(const NodeRow& former, std::span<const EdgeRow> former_edges) {
    const auto edges = history_edges(former_edges);
    connection_
        .query(R"sql(
            insert into history (node, revision, name, attributes, edges, is_public, is_locked, updated_by, updated_at)
            values (:node, :revision, :name, :attributes, :edges, :is_public, :is_locked, :updated_by, :updated_at))sql")
        .bind(former.id, former.revision, former.name, former.attributes, edges, former.is_public,
              former.is_locked, former.updated_by, former.updated_at)
        .run();
}

base::Result<void> Transaction::update_nodes(std::span<const NodeUpdate> updates) {
    return guarded([&] {
        std::vector<NodeId> renamed;
        for (const auto& [changed, former, former_edges] : updates) {
            write_history(former, former_edges);
            if (changed.name != former.name) renamed.push_back(changed.id);
        }
        if (!renamed.empty()) forget_names(renamed);
        auto update = connection_.query(R"sql(
            update node
            set project = :project, updated_by = :updated_by, updated_at = :updated_at, is_public = :is_public,
                is_locked = :is_locked, revision = :revision, name = :name, attributes = :attributes
            where id = :id)sql");
        for (const auto& [changed, former, former_edges] : updates) {
            update
                .bind(changed.project, changed.updated_by, changed.updated_at, changed.is_public,
                      changed.is_locked, changed.revision, changed.name, changed.attributes, changed.id)
                .run();
        }
        if (renamed.empty()) return;
        connection_
            .query(R"sql(
                insert into node_name (rowid, name)
                select n.id, n.name
                from json_each(:ids) j
                cross join node n on n.id = j.value
                where n.name <> '')sql")
            .bind(id_list(renamed))
            .run();
    });
}

// The index holds no text of its own: it is told what to forget. In one statement, since each one costs more
// the more has been changed before.
void Transaction::forget_names(std::span<const NodeId> ids) {
    connection_
        .query(R"sql(
            insert into node_name (node_name, rowid, name)
            select 'delete', n.id, n.name
            from json_each(:ids) j
            cross join node n on n.id = j.value
            where n.name <> '')sql")
        .bind(id_list(ids))
        .run();
}

base::Result<void> Transaction::set_children(std::span<const ChildrenChange> changes) {
    return guarded([&] {
        auto remove = connection_.query("delete from edge where parent = :parent and field = :field");
        auto insert = connection_.query(
            "insert into edge (parent, field, position, child) values (:parent, :field, :position, :child)");
        for (const auto& change : changes) {
            const auto field = numbering_.of(change.field);
            if (!change.is_new_parent) remove.bind(change.parent, field).run();
            for (std::size_t position = 0; position < change.children.size(); ++position) {
                insert.bind(change.parent, field, position, change.children[position]).run();
            }
        }
    });
}

base::Result<void> Transaction::set_identifiers(std::span<const IdentifiersChange> changes) {
    return guarded([&] {
        for (const auto& change : changes) {
            if (!change.is_new_node) {
                connection_.query("delete from identifier where node = :node").bind(change.node).run();
            }
            for (const auto& [kind, value] : change.identifiers) {
                connection_
                    .query(
                        "insert or ignore into identifier (kind, value, node) values (:kind, :value, :node)")
                    .bind(numbering_.of(kind), value, change.node)
                    .run();
            }
        }
    });
}

base::Result<void> Transaction::set_measured(std::span<const MeasuredChange> changes) {
    return guarded([&] {
        auto remove = connection_.query("delete from measured_value where node = :node");
        auto insert = connection_.query(
            "insert or ignore into measured_value (key, unit, value, node)"
            " values (:key, :unit, :value, :node)");
        for (const auto& change : changes) {
            if (!change.is_new_node) remove.bind(change.node).run();
            if (!change.measured) continue;
            for (const double value : change.measured->values)
                insert.bind(change.measured->key, change.measured->unit, value, change.node).run();
        }
    });
}

base::Result<void> Transaction::adopt(std::span<const NodeId> roots, NodeId project) {
    return guarded([&] {
        const auto ids = id_list(roots);
        connection_
            .query(R"sql(
                with recursive below (id) as (
                    select n.id
                    from json_each(:roots) j
                    cross join node n on n.id = j.value
                    where n.project is null and n.type not in (select id from node_type where is_shared)
                    union
                    select c.id
                    from below b
                    cross join edge e on e.parent = b.id
                    cross join node c on c.id = e.child
                    where c.project is null and c.type not in (select id from node_type where is_shared)
                )
                update node set project = :project where id in (select id from below))sql")
            .bind(ids, project)
            .run();
    });
}

base::Result<void> Transaction::set_project_name(NodeId project, std::string_view name) {
    auto done = guarded([&] {
        connection_
            .query(
                "insert into project_name (name, project) values (:name, :project)"
                " on conflict (project) do update set name = excluded.name")
            .bind(name, project)
            .run();
    });
    if (!done && done.error().kind == base::ErrorKind::Conflict) {
        return base::fail(base::ErrorKind::Conflict, "the project name is taken");
    }
    return done;
}

base::Result<void> Transaction::set_role(NodeId project, AccountId account, account::Role role) {
    return guarded([&] {
        if (role == account::Role::None) {
            connection_.query("delete from acl where account = :account and project = :project")
                .bind(account, project)
                .run();
            return;
        }
        connection_
            .query(
                "insert into acl (project, account, role) values (:project, :account, :role)"
                " on conflict (account, project) do update set role = excluded.role")
            .bind(project, account, role)
            .run();
    });
}

base::Result<void> Transaction::delete_nodes(std::span<const NodeRow> rows, AccountId by,
                                             base::Timestamp at) {
    // The edges are read before any is deleted: each history entry shows the graph as it was.
    std::vector<NodeId> ids;
    for (const auto& row : rows) ids.push_back(row.id);
    auto edges = edges_of(ids);
    CRIPT_CHECK(edges);
    CRIPT_CHECK(drop_file_sources(ids, at));
    return guarded([&] {
        for (const auto& row : rows) {
            const auto own = std::ranges::equal_range(*edges, row.id, {}, &EdgeRow::parent);
            write_history(row, std::span(own.begin(), own.end()));
        }
        const auto doomed = id_list(ids);
        connection_
            .query(R"sql(
                insert or replace into tombstone (node, uuid, type, project, deleted_by, deleted_at)
                select n.id, n.uuid, n.type, n.project, :deleted_by, :deleted_at
                from json_each(:ids) j
                cross join node n on n.id = j.value)sql")
            .bind(by, at, doomed)
            .run();
        forget_names(ids);
        for (const char* statement :
             {"delete from identifier where node in (select value from json_each(:ids))",
              "delete from measured_value where node in (select value from json_each(:ids))",
              "delete from custom_word where node in (select value from json_each(:ids))",
              "delete from edge where parent in (select value from json_each(:ids))",
              "delete from edge where child in (select value from json_each(:ids))",
              "delete from project_name where project in (select value from json_each(:ids))",
              "delete from acl where project in (select value from json_each(:ids))",
              "delete from project_group where project in (select value from json_each(:ids))",
              "delete from node where id in (select value from json_each(:ids))"}) {
            connection_.query(statement).bind(doomed).run();
        }
    });
}

}  // namespace cript::store::sqlite
