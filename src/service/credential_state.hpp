#pragma once

#include <optional>

#include "base/time.hpp"
#include "store/store.hpp"

namespace cript::service {

/// A token or session that serves, with its account.
struct LiveCredential {
    store::AccountRow account;
    crypto::Digest digest;  ///< of its secret
};

/// A token or session that was checked before, if it still serves: it has not ended, it is that account's,
/// and the account is not disabled.
[[nodiscard]] base::Result<std::optional<LiveCredential>> find_live_credential(store::Reader& reader,
                                                                               account::Credential kind,
                                                                               std::int64_t credential,
                                                                               store::AccountId account,
                                                                               base::Timestamp now);

}  // namespace cript::service
