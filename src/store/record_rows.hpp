#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "store/types.hpp"

namespace cript::store {

/// What is shown of a project on the nodes that it owns.
struct ProjectIdentity {
    base::Uuid uuid;
    base::Uuid creator;               ///< the account that made it
    std::optional<base::Uuid> group;  ///< if it has one of its own
};

/// Questions about nodes as single records: where one belongs, what stands beside it.
class RecordReader {
  public:
    virtual ~RecordReader() = default;

    [[nodiscard]] virtual base::Result<std::unordered_map<NodeId, ProjectIdentity>> identify_projects(
        std::span<const NodeId> projects) = 0;
    /// The oldest child of that type and name in one field of a parent.
    [[nodiscard]] virtual base::Result<std::optional<NodeRow>> child_named(NodeId parent,
                                                                           model::FieldName field,
                                                                           model::NodeType type,
                                                                           std::string_view name) = 0;
    /// Nodes of a type with exactly that identifier, whoever may see them; ascending by id.
    [[nodiscard]] virtual base::Result<std::vector<NodeRow>> nodes_identified(model::NodeType type,
                                                                              model::FieldName identifier,
                                                                              std::string_view value) = 0;
};

/// Changes to nodes as single records.
class RecordWriter {
  public:
    virtual ~RecordWriter() = default;

    /// Puts a child at the end of a field of its parent, whose revision grows by one. It leaves no entry in
    /// the parent's history: with each of a thousand materials one by one, that would hold them all a
    /// thousand times.
    [[nodiscard]] virtual base::Result<void> append_child(NodeId parent, model::FieldName field, NodeId child,
                                                          AccountId by, base::Timestamp at) = 0;
};

}  // namespace cript::store
