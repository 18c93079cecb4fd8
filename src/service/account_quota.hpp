#pragma once

#include "account/audit.hpp"
#include "service/context.hpp"

namespace cript::service {

/// What the files of an account take, and the quota of its own, if it has one.
[[nodiscard]] base::Result<store::StorageUse> storage_use(Context& context, store::AccountId account);

/// Gives an account a quota of its own, in bytes, or takes it away. What is stored beyond it stays.
[[nodiscard]] base::Result<void> set_quota(Context& context, store::AccountId account,
                                           std::optional<std::uint64_t> bytes,
                                           const account::AuditEvent& event);

}  // namespace cript::service
