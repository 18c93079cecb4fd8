#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>

#include "store/types.hpp"

namespace cript::store {

/// Account ids to uuids. An account's uuid never changes, so what was read once stays true.
class AccountUuids {
  public:
    [[nodiscard]] std::optional<base::Uuid> find(AccountId account) const;
    void add(AccountId account, const base::Uuid& uuid);

  private:
    mutable std::mutex mutex_;
    std::unordered_map<AccountId, base::Uuid> uuids_;
};

}  // namespace cript::store
