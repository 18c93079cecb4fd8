#include "server/periodic_jobs.hpp"

#include "base/log.hpp"

namespace cript::server {

namespace {

constexpr std::chrono::seconds kSealEvery{1};
constexpr std::chrono::hours kSweepEvery{1};

void report(std::string_view job, const base::Result<void>& result) {
    if (!result)
        base::log(base::LogLevel::Warning, "job.failed",
                  {{"job", std::string(job)}, {"reason", result.error().message}});
}

}  // namespace

PeriodicJobs::PeriodicJobs(api::Application& application, const store::Watch& watch)
    : application_(application), watch_(watch), thread_([this] { work(); }) {}

PeriodicJobs::~PeriodicJobs() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void PeriodicJobs::work() {
    while (true) {
        do_what_is_due();
        std::unique_lock lock(mutex_);
        if (wake_.wait_for(lock, kSealEvery, [this] { return ending_; })) break;
    }
    do_what_is_due();
}

void PeriodicJobs::do_what_is_due() {
    if (!watch_.does_the_jobs()) return;
    const auto now = std::chrono::steady_clock::now();
    if (!swept_ || now - *swept_ >= kSweepEvery) {
        report("sweep sessions", application_.sessions.sweep());
        swept_ = now;
    }
    report("seal audit log", application_.audit_log.seal());
}

}  // namespace cript::server
