#pragma once

#include <functional>
#include <optional>
#include <string>

#include "service/save_graph.hpp"

namespace cript::service {

/// Where a new record goes.
struct Placement {
    model::NodeType parent_type{};
    base::Uuid parent;
    /// The parent's field that lists it; without one it only belongs to the project that the parent is.
    std::optional<model::FieldName> field{};
};

/// A record: one node with its sub-objects, saved on its own, as clients of the older dialect do.
struct RecordSave {
    SaveOptions options;
    std::optional<Placement> placement{};  ///< of a new node; projects and shared nodes have none
    std::optional<base::Uuid> group{};     ///< of a project: the group that it has from now on
    account::AuditEvent event{};           ///< who asks, for what is audited of it
};

// Codes of problems beyond those of save_graph.
/// Another record has what must be unique. The message names the fields, "project and name"; the suggestion
/// is the uuid of the other one, or empty if the caller may not see it.
inline constexpr std::string_view kDuplicateRecord = "duplicate_record";
inline constexpr std::string_view kUnknownGroup = "unknown_group";  ///< none that the caller is in

/// Saves a record, in one transaction: its place, what must be unique beside it (decision D15), then as
/// save_graph does. Sub-objects that nothing holds any more afterwards are deleted, if the caller may. The
/// group of a project is for its administrators. Audited: project.group_changed, project.made_private.
/// Errors: those of save_graph, and Conflict with kDuplicateRecord.
[[nodiscard]] base::Result<SaveOutcome> save_record(Context& context, const account::Caller& caller,
                                                    const model::Graph& graph, const RecordSave& save);

}  // namespace cript::service
