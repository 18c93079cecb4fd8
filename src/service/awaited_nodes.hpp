#pragma once

#include <span>

#include "account/policy.hpp"
#include "service/context.hpp"

namespace cript::service {

// The unknown nodes that a caller was told of in the last ten minutes, all at once. SDK 2.4.0 sends them
// next, one by one, each without its `uuid`. Its label mostly holds the uuid, but not if the node was loaded
// from a file: then the label must not be taken for it. Every server of the database knows them.

[[nodiscard]] base::Result<void> await_nodes(Context& context, const account::Caller& caller,
                                             std::span<const base::Uuid> uuids);
[[nodiscard]] base::Result<store::Awaiting> awaiting(Context& context, const account::Caller& caller,
                                                     const base::Uuid& uuid);
/// A node was saved: if it was awaited, it is no longer.
[[nodiscard]] base::Result<void> node_arrived(Context& context, const account::Caller& caller,
                                              const base::Uuid& uuid);

}  // namespace cript::service
