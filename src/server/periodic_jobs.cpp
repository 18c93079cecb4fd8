#include "server/periodic_jobs.hpp"

#include <chrono>

#include "base/log.hpp"

namespace cript::server {

namespace {

constexpr std::chrono::seconds kSealEvery{1};
constexpr unsigned kSweepEvery = 3'600;  // rounds

void report(std::string_view job, const base::Result<void>& result) {
    if (!result)
        base::log(base::LogLevel::Warning, "job.failed",
                  {{"job", std::string(job)}, {"reason", result.error().message}});
}

}  // namespace

PeriodicJobs::PeriodicJobs(api::Application& application)
    : application_(application), thread_([this] { work(); }) {}

PeriodicJobs::~PeriodicJobs() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void PeriodicJobs::work() {
    for (unsigned round = 0;; ++round) {
        if (round % kSweepEvery == 0) {
            report("sweep sessions", application_.sessions.sweep());
            report("collect unused files", application_.file_collection.run());
        }
        report("seal audit log", application_.audit_log.seal());
        std::unique_lock lock(mutex_);
        if (wake_.wait_for(lock, kSealEvery, [this] { return ending_; })) break;
    }
    report("seal audit log", application_.audit_log.seal());
}

}  // namespace cript::server
