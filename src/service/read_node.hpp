#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "service/context.hpp"

namespace cript::service {

/// Accounts by uuid, as answers name them.
using AccountNames = std::unordered_map<store::AccountId, base::Uuid>;

/// A node and its accounts; of the quick path.
struct SingleNode {
    store::NodeRow row;
    AccountNames accounts;
    bool has_links = false;
    std::optional<std::string> email{};  ///< of a User, for themselves and for administrators (decision D29)
};

/// The name under which a node is shown to a caller who may not see it.
inline constexpr std::string_view kHiddenName = "hidden node";

/// A node with everything shown below it.
struct NodeGraph {
    store::NodeRow root;
    store::Subgraph graph;
    std::unordered_set<store::NodeId>
        hidden;  ///< linked to, but not for the caller's eyes: shown as a bare stub
    AccountNames accounts;
};

/// One node by itself, in one statement. Errors: NotFound for an unknown uuid, another type, or no right to
/// see it.
[[nodiscard]] base::Result<SingleNode> read_single(Context& context, const account::Caller& caller,
                                                   model::NodeType type, const base::Uuid& uuid);

/// The graph below a node, in a number of statements that does not depend on its size. Errors: as
/// read_single.
[[nodiscard]] base::Result<NodeGraph> read_node_graph(Context& context, const account::Caller& caller,
                                                      model::NodeType type, const base::Uuid& uuid);

/// The same within a transaction that is open already.
[[nodiscard]] base::Result<NodeGraph> read_node_graph(store::Reader& reader, const account::Caller& caller,
                                                      const store::NodeRow& root);

/// Finds a node and holds it against the policy. Errors: as read_single.
[[nodiscard]] base::Result<store::PointRead> read_visible(store::Reader& reader,
                                                          const account::Caller& caller, model::NodeType type,
                                                          const base::Uuid& uuid);

/// Adds the accounts that made and changed a node to `names`.
[[nodiscard]] base::Result<void> name_accounts(store::Reader& reader, const store::NodeRow& row,
                                               AccountNames& names);

}  // namespace cript::service
