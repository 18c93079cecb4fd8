#pragma once

#include <string>

namespace cript::store::postgres {

/// The columns of a node `n` in the order that read_node() takes them. They are named, so that a later
/// version may add some while this one runs.
inline const std::string kNodeColumns =
    "n.id, n.uuid, n.type, n.project, n.created_by, n.updated_by, n.created_at, n.updated_at, n.is_public,"
    " n.is_locked, n.revision, n.name, n.attributes";

}  // namespace cript::store::postgres
