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

/// Nodes that a node of one type lists in one of its fields.
struct Listed {
    model::FieldName field{};
    model::NodeType by{};
    std::optional<NodeId> parent{};  ///< only those whose parent it is: see RecordPlace
};

/// A page of the nodes of one type that a caller may see, ascending by id, as records.
struct RecordListQuery {
    model::NodeType type{};
    AccountId caller = 0;
    bool caller_is_admin = false;
    bool is_owned = false;            ///< only what a project owns
    std::optional<NodeId> project{};  ///< that owns them
    std::optional<Listed> listed{};   ///< if set, neither of the two is
    NodeId after = 0;                 ///< ids strictly greater; counts know nothing of it
    unsigned limit = 10;
    std::uint64_t offset = 0;
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
    [[nodiscard]] virtual base::Result<std::vector<NodeRow>> list_records(const RecordListQuery& query) = 0;
    [[nodiscard]] virtual base::Result<std::uint64_t> count_records(const RecordListQuery& query) = 0;
    /// Nodes with such a number themselves, whoever may see them, at most `limit`; in no particular order.
    [[nodiscard]] virtual base::Result<std::vector<NodeId>> measured_nodes(const MeasuredFilter& filter,
                                                                           unsigned limit) = 0;
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
