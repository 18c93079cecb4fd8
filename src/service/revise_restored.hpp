#pragma once

#include <set>

#include "service/context.hpp"

namespace cript::service {

struct Revision {
    std::uint64_t tokens = 0;  ///< that were revoked after the backup, and are so again
};

/// What must happen to an instance that came out of a backup before anybody may use it, in one transaction:
/// nobody is signed in any more, and a token that was revoked since is revoked again. Its account gets a new
/// one, which is in the audit log.
[[nodiscard]] base::Result<Revision> revise_restored(Context& context,
                                                     const std::set<crypto::Digest>& revoked);

}  // namespace cript::service
