#include "service/node_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/json_reader.hpp"
#include "service/appended_children.hpp"
#include "service/attribute_difference.hpp"

namespace cript::service {

namespace {

using store::EdgeRow;
using store::RevisionRow;

RevisionRow present_state(const store::NodeRow& row, std::vector<EdgeRow> edges) {
    return {row.revision, row.name, row.attributes, std::move(edges), row.updated_by, row.updated_at};
}

std::vector<store::NodeId> children_in(const std::vector<EdgeRow>& edges, model::FieldName field) {
    std::vector<store::NodeId> children;
    for (const auto& edge : edges) {
        if (edge.field == field) children.push_back(edge.child);
    }
    return children;
}

/// The fields in which two states of a node differ, attributes first.
std::vector<std::string> changed_fields(model::NodeType type, const RevisionRow& before,
                                        const RevisionRow& after) {
    auto fields = differing_fields(before.attributes, after.attributes);
    for (const auto& field : model::info(type).fields) {
        if (!model::is_link(field.kind)) continue;
        if (children_in(before.edges, field.name) != children_in(after.edges, field.name))
            fields.emplace_back(model::text(field.name));
    }
    return fields;
}

/// The document that makes a node what it was.
class Restoration {
  public:
    Restoration(const store::NodeRow& present, const RevisionRow& former)
        : present_(present), former_(former) {}

    base::Result<model::Graph> document(store::Reader& reader) {
        std::vector<store::NodeId> ids;
        for (const auto& edge : former_.edges) ids.push_back(edge.child);
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        auto rows = reader.nodes_with_ids(ids);
        CRIPT_CHECK(rows);
        for (const auto& row : *rows) uuids_.emplace(row.id, row.uuid);

        model::GraphNode node;
        node.type = present_.type;
        node.uuid = present_.uuid;
        node.name = former_.name;
        node.attributes = former_.attributes;
        const auto attributes = base::JsonDocument::parse(former_.attributes);
        for (const auto& field : model::info(present_.type).fields) {
            if (field.read_only || field.role == model::LinkRole::Account) continue;
            if (model::is_link(field.kind)) {
                add_links(node, field);
            } else if (attributes &&
                       attributes->root().at_key(model::text(field.name)).error() != simdjson::SUCCESS) {
                node.cleared.push_back(field.name);
            }
        }
        graph_.nodes.push_back(std::move(node));
        return std::move(graph_);
    }

  private:
    void add_links(model::GraphNode& node, const model::Field& field) {
        model::Links links{field.name, {}};
        for (const auto child : children_in(former_.edges, field.name)) {
            const auto uuid = uuids_.find(child);
            if (uuid != uuids_.end()) {
                links.targets.push_back({uuid->second});
            } else {
                graph_.warnings.push_back(
                    {fmt::format("/{}", model::text(field.name)),
                     "a node that this revision links to has been deleted; the link was left out",
                     "deleted_since", ""});
            }
        }
        // A link of its own kind is cleared, not replaced by a list of nothing.
        if (field.kind == model::FieldKind::Link && links.targets.empty()) {
            node.cleared.push_back(field.name);
        } else {
            node.links.push_back(std::move(links));
        }
    }

    const store::NodeRow& present_;
    const RevisionRow& former_;
    std::unordered_map<store::NodeId, base::Uuid> uuids_;
    model::Graph graph_;
};

base::Result<model::Graph> document_of(store::Reader& reader, const account::Caller& caller,
                                       model::NodeType type, const base::Uuid& uuid, std::int64_t revision) {
    auto point = read_visible(reader, caller, type, uuid);
    CRIPT_CHECK(point);
    if (revision == point->node.revision) {
        return base::fail(base::ErrorKind::Conflict, "this is the present revision already");
    }
    const auto no_such = base::fail(base::ErrorKind::NotFound, "the node has no such revision");
    if (revision > point->node.revision) return no_such;
    auto rows = reader.history(point->node.id, revision + 1, 1);
    CRIPT_CHECK(rows);
    if (rows->empty() || rows->front().revision != revision) return no_such;
    return Restoration(point->node, rows->front()).document(reader);
}

/// How many revisions there are: a record that was put into the node made one that is not kept.
base::Result<std::int64_t> count_revisions(store::Reader& reader, const store::NodeRow& row) {
    constexpr unsigned kAtATime = 20;  // each has its list of links
    if (!may_lack_revisions(row.type)) return row.revision;
    std::int64_t count = 1;
    auto before = row.revision;
    while (true) {
        auto rows = reader.history(row.id, before, kAtATime);
        CRIPT_CHECK(rows);
        count += static_cast<std::int64_t>(rows->size());
        if (rows->size() < kAtATime) return count;
        before = rows->back().revision;
    }
}

}  // namespace

base::Result<NodeHistory> node_history(Context& context, const account::Caller& caller, model::NodeType type,
                                       const base::Uuid& uuid, std::int64_t before, unsigned limit) {
    return read<NodeHistory>(context.store, [&](store::Reader& reader) -> base::Result<NodeHistory> {
        auto point = read_visible(reader, caller, type, uuid);
        CRIPT_CHECK(point);
        const auto& row = point->node;
        // One more than is shown: the last one is compared with it.
        auto rows = reader.history(row.id, before, limit + 1);
        CRIPT_CHECK(rows);
        if (row.revision < before) {
            const store::NodeId ids[] = {row.id};
            auto edges = reader.edges_of(ids);
            CRIPT_CHECK(edges);
            rows->insert(rows->begin(), present_state(row, std::move(*edges)));
        }
        NodeHistory history;
        auto count = count_revisions(reader, row);
        CRIPT_CHECK(count);
        history.count = *count;
        for (std::size_t at = 0; at < rows->size() && at < limit; ++at) {
            const auto& state = (*rows)[at];
            Revision revision{state.revision, state.name, state.updated_by, state.updated_at, {}};
            if (at + 1 < rows->size()) revision.fields = changed_fields(type, (*rows)[at + 1], state);
            history.revisions.push_back(std::move(revision));
            store::NodeRow names;
            names.created_by = names.updated_by = state.updated_by;
            CRIPT_CHECK(name_accounts(reader, names, history.accounts));
        }
        return history;
    });
}

base::Result<SaveOutcome> restore_revision(Context& context, const account::Caller& caller,
                                           model::NodeType type, const base::Uuid& uuid,
                                           std::int64_t revision) {
    auto graph = read<model::Graph>(context.store, [&](store::Reader& reader) {
        return document_of(reader, caller, type, uuid, revision);
    });
    CRIPT_CHECK(graph);
    return save_graph(context, caller, *graph, {.must_exist = true, .replace_lists = true});
}

}  // namespace cript::service
