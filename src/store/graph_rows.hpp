#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "model/units/measured_value.hpp"
#include "store/types.hpp"

namespace cript::store {

/// Questions about nodes and edges, all answered from one consistent view.
/// Every function fails with Unavailable when the database does, and with nothing else unless said.
class GraphReader {
  public:
    virtual ~GraphReader() = default;

    /// The hot path: a node, what the caller is to its project, and whether it has links.
    [[nodiscard]] virtual base::Result<std::optional<PointRead>> read_point(const base::Uuid& uuid,
                                                                            AccountId caller) = 0;
    /// In the order asked; nothing where there is no such node.
    [[nodiscard]] virtual base::Result<std::vector<std::optional<NodeRow>>> find_nodes(
        std::span<const base::Uuid> uuids) = 0;
    /// What the caller is to each of these projects.
    [[nodiscard]] virtual base::Result<std::unordered_map<NodeId, ProjectAccess>> project_access(
        AccountId caller, std::span<const NodeId> projects) = 0;
    /// All edges of these parents, ascending by parent, field and position.
    [[nodiscard]] virtual base::Result<std::vector<EdgeRow>> edges_of(std::span<const NodeId> parents) = 0;
    /// All edges that point to these nodes.
    [[nodiscard]] virtual base::Result<std::vector<EdgeRow>> edges_to(std::span<const NodeId> children) = 0;
    [[nodiscard]] virtual base::Result<std::vector<NodeRow>> nodes_with_ids(std::span<const NodeId> ids) = 0;
    /// Nodes of all types with larger ids, ascending, at most `limit`.
    [[nodiscard]] virtual base::Result<std::vector<NodeRow>> nodes_after(NodeId after, unsigned limit) = 0;
    /// Everything shown below a node (decision D7), in a number of statements that does not depend on its
    /// size.
    [[nodiscard]] virtual base::Result<Subgraph> subgraph(const NodeRow& root) = 0;
    /// The ids of a node and of everything contained in it, at any depth.
    [[nodiscard]] virtual base::Result<std::vector<NodeId>> contained_in(NodeId root) = 0;

    /// The children in one field of a node that the caller may see: each once, in the order of the list.
    [[nodiscard]] virtual base::Result<std::vector<NodeId>> visible_children(NodeId parent,
                                                                             model::FieldName field,
                                                                             AccountId caller,
                                                                             bool caller_is_admin) = 0;

    [[nodiscard]] virtual base::Result<std::vector<NodeRow>> list(const ListQuery& query) = 0;
    [[nodiscard]] virtual base::Result<std::uint64_t> count(const ListQuery& query) = 0;
    /// Nodes of exactly that name that the caller may see, the newest `limit` of them, newest last.
    [[nodiscard]] virtual base::Result<std::vector<NodeRow>> find_named(const ListQuery& query,
                                                                        std::string_view name) = 0;
    /// All nodes of the query's type that the caller may see and that have such an identifier, each with it;
    /// in no particular order, and whatever else the query says.
    [[nodiscard]] virtual base::Result<std::vector<IdentifiedNode>> identified(
        const ListQuery& query, model::FieldName identifier) = 0;
    /// Former states of a node with a revision less than `before`, newest first, at most `limit`.
    [[nodiscard]] virtual base::Result<std::vector<RevisionRow>> history(NodeId node, std::int64_t before,
                                                                         unsigned limit) = 0;
    /// The place in page order of a node that exists or existed; nothing if there never was one.
    [[nodiscard]] virtual base::Result<std::optional<NodeId>> page_position(const base::Uuid& uuid) = 0;
    [[nodiscard]] virtual base::Result<std::optional<NodeId>> project_named(std::string_view name) = 0;
    [[nodiscard]] virtual base::Result<std::optional<base::Uuid>> account_uuid(AccountId account) = 0;
};

/// A changed row, and what it was with the links it had.
struct NodeUpdate {
    const NodeRow& changed;
    const NodeRow& former;
    std::span<const EdgeRow> former_edges;
};

/// The children of one link field, from now on exactly these, in this order.
struct ChildrenChange {
    NodeId parent = 0;
    model::FieldName field{};
    std::vector<NodeId> children;
    bool is_new_parent = false;  ///< then there is nothing to replace
};

/// The search side table of one node: its identifiers, such as (smiles, "CCO").
using Identifiers = std::vector<std::pair<model::FieldName, std::string>>;

struct IdentifiersChange {
    NodeId node = 0;
    Identifiers identifiers;
    bool is_new_node = false;
};

/// The numbers of one node in SI units, for searching; nothing if it has none.
struct MeasuredChange {
    NodeId node = 0;
    std::optional<model::MeasuredValue> measured;
    bool is_new_node = false;
};

/// Changes to nodes and edges, many at a time. The side tables (names, history) are kept in step in the same
/// transaction.
class GraphWriter {
  public:
    virtual ~GraphWriter() = default;

    /// Inserts rows whose `id` is not yet set and sets it.
    [[nodiscard]] virtual base::Result<void> insert_nodes(std::span<NodeRow* const> rows) = 0;
    /// Writes changed rows; their former states go to the history first.
    [[nodiscard]] virtual base::Result<void> update_nodes(std::span<const NodeUpdate> updates) = 0;
    /// Each field of a parent at most once.
    [[nodiscard]] virtual base::Result<void> set_children(std::span<const ChildrenChange> changes) = 0;
    /// Each node at most once.
    [[nodiscard]] virtual base::Result<void> set_identifiers(std::span<const IdentifiersChange> changes) = 0;
    /// Each node at most once.
    [[nodiscard]] virtual base::Result<void> set_measured(std::span<const MeasuredChange> changes) = 0;
    /// Nodes below these (themselves included) that belong to no project yet, and can, belong to this one
    /// now.
    [[nodiscard]] virtual base::Result<void> adopt(std::span<const NodeId> roots, NodeId project) = 0;
    /// Errors: Conflict if another project has the name.
    [[nodiscard]] virtual base::Result<void> set_project_name(NodeId project, std::string_view name) = 0;
    [[nodiscard]] virtual base::Result<void> set_role(NodeId project, AccountId account,
                                                      account::Role role) = 0;
    /// Deletes rows with all their edges; each leaves a tombstone and its last state in the history.
    [[nodiscard]] virtual base::Result<void> delete_nodes(std::span<const NodeRow> rows, AccountId by,
                                                          base::Timestamp at) = 0;

    // One at a time.
    [[nodiscard]] base::Result<void> update_node(const NodeRow& changed, const NodeRow& former,
                                                 std::span<const EdgeRow> former_edges) {
        const NodeUpdate updates[] = {{changed, former, former_edges}};
        return update_nodes(updates);
    }
    [[nodiscard]] base::Result<void> set_children(NodeId parent, model::FieldName field,
                                                  std::span<const NodeId> children, bool is_new_parent) {
        const ChildrenChange changes[] = {{parent, field, {children.begin(), children.end()}, is_new_parent}};
        return set_children(changes);
    }
    [[nodiscard]] base::Result<void> set_identifiers(NodeId node, const Identifiers& identifiers,
                                                     bool is_new_node) {
        const IdentifiersChange changes[] = {{node, identifiers, is_new_node}};
        return set_identifiers(changes);
    }
};

}  // namespace cript::store
