#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "api/application.hpp"

namespace cript::server {

/// What is done now and then while the server runs: sealing the audit log each second, forgetting sessions
/// that are over each hour. Of several servers of one database only one does it.
class PeriodicJobs {
  public:
    /// `watch` must outlive the jobs.
    PeriodicJobs(api::Application& application, const store::Watch& watch);
    /// Seals once more before it ends.
    ~PeriodicJobs();
    PeriodicJobs(const PeriodicJobs&) = delete;
    PeriodicJobs& operator=(const PeriodicJobs&) = delete;

  private:
    void work();
    /// What is due, if this server is the one.
    void do_what_is_due();

    api::Application& application_;
    const store::Watch& watch_;
    std::optional<std::chrono::steady_clock::time_point> swept_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace cript::server
