#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace cript::service {

/// Lets only so many passwords be hashed at once, and only so many wait: each hash takes 19 MiB and 12 ms,
/// and a rush of sign-ins must not starve everything else.
class PasswordQueue {
  public:
    explicit PasswordQueue(unsigned at_once = 2, unsigned waiting = 32)
        : at_once_(at_once), waiting_(waiting) {}

    /// Errors: Unavailable when the queue is full or the wait too long.
    [[nodiscard]] base::Result<std::string> hash(std::string_view password);
    [[nodiscard]] base::Result<bool> verify(std::string_view password, const std::string& hash);
    /// Takes as long as verify(), for a name that does not exist.
    [[nodiscard]] base::Result<void> pretend(std::string_view password);

  private:
    class Place;
    static constexpr std::chrono::seconds kLongestWait{5};

    unsigned at_once_;
    unsigned waiting_;
    unsigned running_ = 0;
    unsigned queued_ = 0;
    std::mutex mutex_;
    std::condition_variable freed_;
};

}  // namespace cript::service
