#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "base/time.hpp"

namespace cript::account {

/// Counts failures per key (an address, or an account seen from an address) with a token bucket each, and
/// says when to try again. Memory is bounded: full buckets are forgotten, they say nothing.
class AttemptLimiter {
  public:
    /// `burst` failures at once, then one more per `interval`.
    AttemptLimiter(unsigned burst, std::chrono::microseconds interval, std::size_t keys = 100'000)
        : burst_(burst), interval_(interval), capacity_(keys) {}

    /// How long to wait before the next attempt; nothing if it may be made now.
    [[nodiscard]] std::optional<std::chrono::seconds> wait(std::string_view key, base::Timestamp now);
    /// Errors: RateLimited before that time, with a problem `retry_after` whose suggestion is the number of
    /// seconds.
    [[nodiscard]] base::Result<void> admit(std::string_view key, base::Timestamp now);
    /// Writes a failure down.
    void failed(std::string_view key, base::Timestamp now);
    void succeeded(std::string_view key);
    /// Keys that are remembered.
    [[nodiscard]] std::size_t size();

  private:
    struct Bucket {
        double failures = 0;
        base::Timestamp at;
    };
    /// Failures still counted at `now`.
    [[nodiscard]] double remaining(const Bucket& bucket, base::Timestamp now) const;
    void forget_old(base::Timestamp now);

    unsigned burst_;
    std::chrono::microseconds interval_;
    std::size_t capacity_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace cript::account
