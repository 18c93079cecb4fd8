#include "api/v1/awaited_nodes.hpp"

#include <algorithm>

namespace cript::api::v1 {

namespace {

constexpr std::size_t kMostAccounts = 1'000;
constexpr std::size_t kMostOfOneAccount = 20'000;
constexpr std::int64_t kPatienceMicroseconds = 600'000'000;

bool is_over(base::Timestamp last_added, base::Timestamp now) {
    return now.microseconds - last_added.microseconds > kPatienceMicroseconds;
}

}  // namespace

void AwaitedNodes::add(store::AccountId account, std::span<const base::Uuid> uuids, base::Timestamp now) {
    const std::scoped_lock lock(mutex_);
    if (lists_.size() >= kMostAccounts && !lists_.contains(account)) {
        lists_.erase(std::min_element(lists_.begin(), lists_.end(), [](const auto& left, const auto& right) {
            return left.second.last_added < right.second.last_added;
        }));
    }
    auto& list = lists_[account];
    if (is_over(list.last_added, now) || list.uuids.size() + uuids.size() > kMostOfOneAccount)
        list.uuids.clear();
    list.uuids.insert(uuids.begin(), uuids.end());
    list.last_added = now;
}

AwaitedNodes::Finding AwaitedNodes::find(store::AccountId account, const base::Uuid& uuid,
                                         base::Timestamp now) {
    const std::scoped_lock lock(mutex_);
    const auto list = lists_.find(account);
    if (list == lists_.end()) return Finding::NothingAwaited;
    if (is_over(list->second.last_added, now)) {
        lists_.erase(list);
        return Finding::NothingAwaited;
    }
    return list->second.uuids.contains(uuid) ? Finding::Awaited : Finding::SomethingElse;
}

void AwaitedNodes::arrived(store::AccountId account, const base::Uuid& uuid) {
    const std::scoped_lock lock(mutex_);
    const auto list = lists_.find(account);
    if (list == lists_.end()) return;
    list->second.uuids.erase(uuid);
    if (list->second.uuids.empty()) lists_.erase(list);
}

}  // namespace cript::api::v1
