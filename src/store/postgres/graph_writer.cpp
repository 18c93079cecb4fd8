#include <algorithm>

#include "store/letter_case.hpp"
#include "store/postgres/transaction.hpp"
#include "store/row_text.hpp"

namespace cript::store::postgres {

namespace {

/// Columns of many nodes, as one statement takes them.
struct NodeColumns {
    Array<base::Uuid> uuid;
    Array<std::int64_t> type;
    Array<NodeId> project;
    Array<AccountId> created_by;
    Array<AccountId> updated_by;
    Array<base::Timestamp> created_at;
    Array<base::Timestamp> updated_at;
    Array<bool> is_public;
    Array<bool> is_locked;
    Array<std::int64_t> revision;
    Array<std::string> name;
    Array<std::string> folded_name;
    Array<std::string> attributes;
};

}  // namespace

base::Result<void> Transaction::insert_nodes(std::span<NodeRow* const> rows) {
    return guarded([&] {
        if (rows.empty()) return;
        NodeColumns columns;
        std::unordered_map<base::Uuid, NodeRow*, base::UuidHash> by_uuid;
        by_uuid.reserve(rows.size());
        for (auto* row : rows) {
            columns.uuid.add(row->uuid);
            columns.type.add(numbering_.of(row->type));
            columns.project.add(row->project);
            columns.created_by.add(row->created_by);
            columns.updated_by.add(row->updated_by);
            columns.created_at.add(row->created_at);
            columns.updated_at.add(row->updated_at);
            columns.is_public.add(row->is_public);
            columns.is_locked.add(row->is_locked);
            columns.revision.add(row->revision);
            columns.name.add(row->name);
            columns.folded_name.add(folded(row->name));
            columns.attributes.add(row->attributes);
            by_uuid.emplace(row->uuid, row);
        }
        // Ids ascend in the order of the rows; a project owns itself.
        auto inserted = connection_.query_or_undo(
            R"sql(
            insert into node (id, uuid, type, project, created_by, updated_by, created_at, updated_at,
                              is_public, is_locked, revision, name, folded_name, attributes)
            select id, uuid, type, case when type = $14 then id else project end, created_by, updated_by, created_at,
                   updated_at, is_public, is_locked, revision, name, folded_name, attributes
            from (select nextval('node_id_seq') as id, sent.*
                  from (select *
                        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) with ordinality
                             as w (uuid, type, project, created_by, updated_by, created_at, updated_at, is_public,
                                   is_locked, revision, name, folded_name, attributes, place)
                        order by place) as sent
                  offset 0) as numbered
            returning id, uuid)sql",
            Parameters(columns.uuid, columns.type, columns.project, columns.created_by, columns.updated_by,
                       columns.created_at, columns.updated_at, columns.is_public, columns.is_locked,
                       columns.revision, columns.name, columns.folded_name, columns.attributes,
                       numbering_.of(model::NodeType::Project)));
        while (inserted.step()) {
            auto& row = *by_uuid.at(inserted.uuid(1));
            row.id = inserted.integer(0);
            if (row.type == model::NodeType::Project) row.project = row.id;
        }
    });
}

void Transaction::write_history(std::span<const NodeUpdate> updates) {
    Array<NodeId> node;
    Array<std::int64_t> revision;
    Array<std::string> name;
    Array<std::string> attributes;
    Array<std::string> edges;
    Array<bool> is_public;
    Array<bool> is_locked;
    Array<AccountId> updated_by;
    Array<base::Timestamp> updated_at;
    for (const auto& update : updates) {
        const auto& former = update.former;
        node.add(former.id);
        revision.add(former.revision);
        name.add(former.name);
        attributes.add(former.attributes);
        edges.add(history_edges(update.former_edges));
        is_public.add(former.is_public);
        is_locked.add(former.is_locked);
        updated_by.add(former.updated_by);
        updated_at.add(former.updated_at);
    }
    connection_.run(
        R"sql(
        insert into history (node, revision, name, attributes, edges, is_public, is_locked, updated_by, updated_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9))sql",
        Parameters(node, revision, name, attributes, edges, is_public, is_locked, updated_by, updated_at));
}

base::Result<void> Transaction::update_nodes(std::span<const NodeUpdate> updates) {
    return guarded([&] {
        if (updates.empty()) return;
        write_history(updates);
        Array<NodeId> id;
        NodeColumns columns;
        for (const auto& update : updates) {
            const auto& changed = update.changed;
            id.add(changed.id);
            columns.project.add(changed.project);
            columns.updated_by.add(changed.updated_by);
            columns.updated_at.add(changed.updated_at);
            columns.is_public.add(changed.is_public);
            columns.is_locked.add(changed.is_locked);
            columns.revision.add(changed.revision);
            columns.name.add(changed.name);
            columns.folded_name.add(folded(changed.name));
            columns.attributes.add(changed.attributes);
        }
        connection_.run(
            R"sql(
            update node n
            set project = w.project, updated_by = w.updated_by, updated_at = w.updated_at, is_public = w.is_public,
                is_locked = w.is_locked, revision = w.revision, name = w.name, folded_name = w.folded_name, attributes = w.attributes
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                 as w (id, project, updated_by, updated_at, is_public, is_locked, revision, name, folded_name, attributes)
            where n.id = w.id)sql",
            Parameters(id, columns.project, columns.updated_by, columns.updated_at, columns.is_public,
                       columns.is_locked, columns.revision, columns.name, columns.folded_name,
                       columns.attributes));
    });
}

base::Result<void> Transaction::set_children(std::span<const ChildrenChange> changes) {
    return guarded([&] {
        Array<NodeId> emptied_parent;
        Array<std::int64_t> emptied_field;
        Array<NodeId> parent;
        Array<std::int64_t> field;
        Array<std::int64_t> position;
        Array<NodeId> child;
        for (const auto& change : changes) {
            const auto number = numbering_.of(change.field);
            if (!change.is_new_parent) {
                emptied_parent.add(change.parent);
                emptied_field.add(number);
            }
            for (std::size_t at = 0; at < change.children.size(); ++at) {
                parent.add(change.parent);
                field.add(number);
                position.add(static_cast<std::int64_t>(at));
                child.add(change.children[at]);
            }
        }
        if (!emptied_parent.empty()) {
            connection_.run(R"sql(
                delete from edge e
                using unnest($1, $2) as w (parent, field)
                where e.parent = w.parent and e.field = w.field)sql",
                            Parameters(emptied_parent, emptied_field));
        }
        if (parent.empty()) return;
        connection_.run(
            "insert into edge (parent, field, position, child) select * from unnest($1, $2, $3, $4)",
            Parameters(parent, field, position, child));
    });
}

base::Result<void> Transaction::set_identifiers(std::span<const IdentifiersChange> changes) {
    return guarded([&] {
        Array<NodeId> emptied;
        Array<NodeId> node;
        Array<std::int64_t> kind;
        Array<std::string> value;
        for (const auto& change : changes) {
            if (!change.is_new_node) emptied.add(change.node);
            for (const auto& [field, text] : change.identifiers) {
                node.add(change.node);
                kind.add(numbering_.of(field));
                value.add(text);
            }
        }
        if (!emptied.empty())
            connection_.run("delete from identifier where node = any($1)", Parameters(emptied));
        if (node.empty()) return;
        connection_.run(
            "insert into identifier (node, kind, value) select distinct * from unnest($1, $2, $3)",
            Parameters(node, kind, value));
    });
}

base::Result<void> Transaction::set_measured(std::span<const MeasuredChange> changes) {
    return guarded([&] {
        Array<NodeId> emptied;
        Array<NodeId> node;
        Array<std::string> key;
        Array<std::string> unit;
        Array<double> value;
        for (const auto& change : changes) {
            if (!change.is_new_node) emptied.add(change.node);
            if (!change.measured) continue;
            for (const double number : change.measured->values) {
                node.add(change.node);
                key.add(change.measured->key);
                unit.add(change.measured->unit);
                value.add(number);
            }
        }
        if (!emptied.empty())
            connection_.run("delete from measured_value where node = any($1)", Parameters(emptied));
        if (node.empty()) return;
        connection_.run(
            "insert into measured_value (node, key, unit, value)"
            " select distinct * from unnest($1, $2, $3, $4)",
            Parameters(node, key, unit, value));
    });
}

base::Result<void> Transaction::adopt(std::span<const NodeId> roots, NodeId project) {
    return guarded([&] {
        connection_.run(R"sql(
            with recursive below (id) as (
                select n.id
                from unnest($1) as w (id)
                join node n on n.id = w.id
                where n.project is null and n.type not in (select id from node_type where is_shared)
                union
                select c.id
                from below b
                join edge e on e.parent = b.id
                join node c on c.id = e.child
                where c.project is null and c.type not in (select id from node_type where is_shared)
            )
            update node set project = $2 where id in (select id from below))sql",
                        Parameters(array_of(roots), project));
    });
}

base::Result<void> Transaction::set_project_name(NodeId project, std::string_view name) {
    return guarded(
        [&] {
            connection_.query_or_undo(
                "insert into project_name (digest, name, project) values ($1, $2, $3)"
                " on conflict (project) do update set digest = excluded.digest, name = excluded.name",
                Parameters(crypto::sha256(base::as_bytes(name)), name, project));
        },
        [](const Failure& failure) {
            if (!failure.is_broken_uniqueness()) return failure.error;
            return base::Error{base::ErrorKind::Conflict, "the project name is taken", {}};
        });
}

base::Result<void> Transaction::set_role(NodeId project, AccountId account, account::Role role) {
    return guarded([&] {
        if (role == account::Role::None) {
            connection_.run("delete from acl where account = $1 and project = $2",
                            Parameters(account, project));
            return;
        }
        connection_.run(
            "insert into acl (project, account, role) values ($1, $2, $3)"
            " on conflict (account, project) do update set role = excluded.role",
            Parameters(project, account, role));
    });
}

base::Result<void> Transaction::delete_nodes(std::span<const NodeRow> rows, AccountId by,
                                             base::Timestamp at) {
    if (rows.empty()) return {};
    // The edges are read before any is deleted: each history entry shows the graph as it was.
    std::vector<NodeId> ids;
    for (const auto& row : rows) ids.push_back(row.id);
    auto edges = edges_of(ids);
    CRIPT_CHECK(edges);
    CRIPT_CHECK(drop_file_sources(ids, at));
    std::vector<NodeUpdate> ended;
    for (const auto& row : rows) {
        const auto [first, last] = std::equal_range(
            edges->begin(), edges->end(), EdgeRow{row.id},
            [](const EdgeRow& left, const EdgeRow& right) { return left.parent < right.parent; });
        ended.push_back({row, row, {first, last}});
    }
    return guarded([&] {
        write_history(ended);
        auto doomed = array_of(ids);
        connection_.run(R"sql(
            insert into tombstone (node, uuid, type, project, deleted_by, deleted_at)
            select id, uuid, type, project, $2, $3 from node where id = any($1)
            on conflict (uuid) do update
            set node = excluded.node, type = excluded.type, project = excluded.project,
                deleted_by = excluded.deleted_by, deleted_at = excluded.deleted_at)sql",
                        Parameters(doomed, by, at));
        for (const char* statement :
             {"delete from identifier where node = any($1)",
              "delete from measured_value where node = any($1)",
              "delete from custom_word where node = any($1)", "delete from edge where parent = any($1)",
              "delete from edge where child = any($1)", "delete from project_name where project = any($1)",
              "delete from acl where project = any($1)", "delete from project_group where project = any($1)",
              "delete from node where id = any($1)"}) {
            connection_.run(statement, Parameters(doomed));
        }
    });
}

}  // namespace cript::store::postgres
