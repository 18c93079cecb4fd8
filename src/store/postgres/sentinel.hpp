#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace cript::store::postgres {

/// Asks the database all the time whether it is there, so that nobody else has to wait to find out.
class Sentinel {
  public:
    /// `ask` gives false when there was no answer in time. What was found is written to `is_there`, which is
    /// true again when the sentinel has ended.
    Sentinel(std::function<bool()> ask, std::atomic<bool>& is_there);
    ~Sentinel();
    Sentinel(const Sentinel&) = delete;
    Sentinel& operator=(const Sentinel&) = delete;

  private:
    void watch();

    const std::function<bool()> ask_;
    std::atomic<bool>& is_there_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace cript::store::postgres
