#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "store/store.hpp"

namespace cript::store::postgres {

/// Writes that nobody waits for, one after the other on a thread of their own.
class BackgroundWrites {
  public:
    explicit BackgroundWrites(Store& store);
    /// Finishes what is queued.
    ~BackgroundWrites();
    BackgroundWrites(const BackgroundWrites&) = delete;
    BackgroundWrites& operator=(const BackgroundWrites&) = delete;

    void post(Store::Writing work);

  private:
    void serve();

    Store& store_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Store::Writing> waiting_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace cript::store::postgres
