#pragma once

#include <optional>
#include <vector>

#include "service/context.hpp"

namespace cript::service {

struct DeleteOptions {
    std::optional<std::int64_t> if_revision{};
    /// References and software are shared: most callers may not delete them at all.
    bool may_delete_shared = false;
    /// Nodes that cannot be without what goes, go too, if the caller may delete them.
    bool cascade = false;
    /// Finds what would go, deletes nothing.
    bool dry_run = false;
};

struct DeletedNode {
    base::Uuid uuid;
    model::NodeType type{};
};

/// Deletes a node with everything contained in it, and says what that was. What is contained elsewhere too,
/// or owned by another project, stays there, and what is merely linked stays; links to what goes are cut.
/// Errors: NotFound; Forbidden, also when something in it is locked; Conflict for another revision
/// (`kRevisionDiffers`), and when a link that a surviving node must have would dangle (decision D11), naming
/// those nodes.
[[nodiscard]] base::Result<std::vector<DeletedNode>> delete_node(Context& context,
                                                                 const account::Caller& caller,
                                                                 model::NodeType type, const base::Uuid& uuid,
                                                                 const DeleteOptions& options);

}  // namespace cript::service
