#pragma once

#include <optional>
#include <unordered_map>

#include "store/store.hpp"

namespace cript::service {

/// Where records of a type belong.
struct ParentRule {
    model::NodeType parent;
    /// The parent's field that lists them. Files have none: they belong to the project as such.
    std::optional<model::FieldName> field;
};

/// Nothing for projects, for what is shared, and for sub-objects.
[[nodiscard]] std::optional<ParentRule> parent_rule(model::NodeType type);

/// Is the parent the project that owns the record? Otherwise it is the node that lists it.
[[nodiscard]] bool belongs_to_project(model::NodeType type);

/// What lists some records.
struct ListedBy {
    std::unordered_map<store::NodeId, store::NodeId> parents;  ///< by record; nothing of those in no list
    std::unordered_map<store::NodeId, store::NodeRow> rows;    ///< of these parents
};

/// The node that lists each of these records, which are of types that a project does not list. Of several it
/// is the oldest of the record's own project, and only without one the oldest of all: whoever reads a record
/// may list it, and must not move it. Other nodes may link to a record in a field of the same name. Errors:
/// those of the store.
[[nodiscard]] base::Result<ListedBy> find_listing(
    store::Reader& reader, const std::unordered_map<store::NodeId, const store::NodeRow*>& records);

/// Where a record stands, or will stand.
struct RecordPlace {
    std::optional<store::NodeId> parent;   ///< that lists it
    std::optional<store::NodeId> project;  ///< that owns it
    model::FieldName field{};              ///< of the parent
};

/// Of several nodes that list a record, one is its parent: see find_listing (decision D14).
[[nodiscard]] base::Result<RecordPlace> place_of(store::Reader& reader, const store::NodeRow& row);

}  // namespace cript::service
