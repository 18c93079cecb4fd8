#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/result.hpp"

namespace cript::blob {

/// Remembers that a server was lost, and looks until it can be used again, so that nobody else has to wait to
/// find out. Safe to use from any thread.
class Availability {
  public:
    /// `look` asks whether the server can be used.
    explicit Availability(std::function<base::Result<void>()> look);
    ~Availability();
    Availability(const Availability&) = delete;
    Availability& operator=(const Availability&) = delete;

    [[nodiscard]] bool is_available() const { return is_available_; }
    /// It did not answer.
    void lose(const base::Error& error);
    /// It refused something: that may be one thing alone, or our keys are no longer good. Looks once.
    void doubt();

  private:
    void work();
    /// With the mutex held. Logs what is new.
    void note_lost(const base::Error& error);

    const std::function<base::Result<void>()> look_;
    std::atomic<bool> is_available_ = true;
    bool is_doubted_ = false;
    base::ErrorKind lost_by_ = base::ErrorKind::Unavailable;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_ending_ = false;
    std::thread thread_;
};

}  // namespace cript::blob
