#pragma once

#include <string>
#include <vector>

#include "service/read_node.hpp"
#include "service/save_graph.hpp"

namespace cript::service {

/// One state of a node, and what was new about it.
struct Revision {
    std::int64_t number = 0;
    std::string name;
    store::AccountId updated_by = 0;
    base::Timestamp updated_at;
    std::vector<std::string> fields;  ///< that differ from the revision before, by name; empty for the first
};

/// Revisions of one node, newest first.
struct NodeHistory {
    std::vector<Revision> revisions;
    std::int64_t count = 1;  ///< of all revisions of the node
    AccountNames accounts;
};

/// The revisions of a node with numbers less than `before`, newest first, at most `limit`.
/// Errors: as read_single.
[[nodiscard]] base::Result<NodeHistory> node_history(Context& context, const account::Caller& caller,
                                                     model::NodeType type, const base::Uuid& uuid,
                                                     std::int64_t before, unsigned limit);

/// Makes a former revision the present one, as a new revision: attributes and links, not who belongs to a
/// project, not `public` and `locked`, and not the nodes that it links to. Links to nodes deleted since are
/// left out, with a warning. Errors: NotFound also for a revision that never was; those of save_graph.
[[nodiscard]] base::Result<SaveOutcome> restore_revision(Context& context, const account::Caller& caller,
                                                         model::NodeType type, const base::Uuid& uuid,
                                                         std::int64_t revision);

}  // namespace cript::service
