#include "account/attempts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace cript::account {

double AttemptLimiter::remaining(const Bucket& bucket, base::Timestamp now) const {
    // A clock that was set back must not make the wait longer.
    const auto passed = std::max(0.0, static_cast<double>(now.since(bucket.at).count()));
    return std::max(0.0, bucket.failures - passed / static_cast<double>(interval_.count()));
}

std::optional<std::chrono::seconds> AttemptLimiter::wait(std::string_view key, base::Timestamp now) {
    const std::scoped_lock lock(mutex_);
    const auto found = buckets_.find(std::string(key));
    if (found == buckets_.end()) return std::nullopt;
    const double over = remaining(found->second, now) - (burst_ - 1.0);
    if (over <= 0) return std::nullopt;
    const double microseconds = over * static_cast<double>(interval_.count());
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(microseconds / 1e6)));
}

base::Result<void> AttemptLimiter::admit(std::string_view key, base::Timestamp now) {
    const auto seconds = wait(key, now);
    if (!seconds) return {};
    return base::fail({base::ErrorKind::RateLimited,
                       fmt::format("too many attempts; try again in {} seconds", seconds->count()),
                       {{"", "too many attempts", "retry_after", std::to_string(seconds->count())}}});
}

void AttemptLimiter::failed(std::string_view key, base::Timestamp now) {
    const std::scoped_lock lock(mutex_);
    if (buckets_.size() >= capacity_) forget_old(now);
    auto& bucket = buckets_[std::string(key)];
    bucket.failures = std::min(remaining(bucket, now) + 1.0, burst_ * 2.0);
    bucket.at = now;
}

void AttemptLimiter::succeeded(std::string_view key) {
    const std::scoped_lock lock(mutex_);
    buckets_.erase(std::string(key));
}

std::size_t AttemptLimiter::size() {
    const std::scoped_lock lock(mutex_);
    return buckets_.size();
}

void AttemptLimiter::forget_old(base::Timestamp now) {
    std::erase_if(buckets_, [&](const auto& entry) { return remaining(entry.second, now) <= 0; });
    if (buckets_.size() >= capacity_) buckets_.clear();  // a flood of addresses: start over rather than grow
}

}  // namespace cript::account
