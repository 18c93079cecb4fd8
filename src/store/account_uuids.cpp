#include "store/account_uuids.hpp"

namespace cript::store {

std::optional<base::Uuid> AccountUuids::find(AccountId account) const {
    const std::scoped_lock lock(mutex_);
    const auto found = uuids_.find(account);
    if (found == uuids_.end()) return std::nullopt;
    return found->second;
}

void AccountUuids::add(AccountId account, const base::Uuid& uuid) {
    const std::scoped_lock lock(mutex_);
    uuids_[account] = uuid;
}

}  // namespace cript::store
