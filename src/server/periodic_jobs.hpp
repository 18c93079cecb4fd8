#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/application.hpp"

namespace cript::server {

/// What is done now and then while the server runs: sealing the audit log each second, forgetting sessions
/// that are over and collecting files that are not used each hour.
class PeriodicJobs {
  public:
    explicit PeriodicJobs(api::Application& application);
    /// Seals once more before it ends.
    ~PeriodicJobs();
    PeriodicJobs(const PeriodicJobs&) = delete;
    PeriodicJobs& operator=(const PeriodicJobs&) = delete;

  private:
    void work();

    api::Application& application_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace cript::server
