#pragma once

#include <optional>

#include "base/time.hpp"
#include "store/store.hpp"

namespace cript::service {

/// The account of a token or session that was checked before, if it still serves: the credential has not
/// ended, and the account is not disabled.
[[nodiscard]] base::Result<std::optional<store::AccountRow>> account_of_credential(store::Reader& reader,
                                                                                   account::Credential kind,
                                                                                   std::int64_t credential,
                                                                                   store::AccountId account,
                                                                                   base::Timestamp now);

}  // namespace cript::service
