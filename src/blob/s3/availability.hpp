#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.hpp"

namespace cript::blob {

/// Remembers that a server was lost, and looks until it answers again, so that nobody else has to wait to
/// find out. Safe to use from any thread.
class Availability {
  public:
    /// `look` asks the server. Any error but Unavailable is an answer.
    explicit Availability(std::function<base::Result<void>()> look);
    ~Availability();
    Availability(const Availability&) = delete;
    Availability& operator=(const Availability&) = delete;

    [[nodiscard]] bool is_available() const { return is_available_; }
    /// It did not answer.
    void lose(const std::string& reason);

  private:
    void work();

    const std::function<base::Result<void>()> look_;
    std::atomic<bool> is_available_ = true;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_ending_ = false;
    std::thread thread_;
};

}  // namespace cript::blob
