#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/application.hpp"

namespace cript::server {

/// What is done now and then while the server runs: sealing the audit log each second, forgetting sessions
/// that are over and collecting files that are not used each hour. Of several servers of one database only
/// one does it.
class PeriodicJobs {
  public:
    /// `watch` must outlive the jobs.
    PeriodicJobs(api::Application& application, const store::Watch& watch);
    /// Seals once more before it ends.
    ~PeriodicJobs();
    PeriodicJobs(const PeriodicJobs&) = delete;
    PeriodicJobs& operator=(const PeriodicJobs&) = delete;

  private:
    // Each on a thread of its own: a sweep waits for the store of the files, and may take long.
    void seal();
    void sweep();
    void seal_now();
    /// Waits; false if the jobs end.
    [[nodiscard]] bool goes_on_after(std::chrono::seconds pause);

    api::Application& application_;
    const store::Watch& watch_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::thread sealing_;
    std::thread sweeping_;
};

}  // namespace cript::server
