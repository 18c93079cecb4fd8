#include "server/periodic_jobs.hpp"

#include <optional>

#include "base/log.hpp"

namespace cript::server {

namespace {

constexpr std::chrono::seconds kSealEvery{1};
/// Whether this has become the server that does the jobs.
constexpr std::chrono::seconds kLookEvery{1};
constexpr std::chrono::hours kSweepEvery{1};

void report(std::string_view job, const base::Result<void>& result) {
    if (!result)
        base::log(base::LogLevel::Warning, "job.failed",
                  {{"job", std::string(job)}, {"reason", result.error().message}});
}

}  // namespace

PeriodicJobs::PeriodicJobs(api::Application& application, const store::Watch& watch)
    : application_(application),
      watch_(watch),
      sealing_([this] { seal(); }),
      sweeping_([this] { sweep(); }) {}

PeriodicJobs::~PeriodicJobs() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    sweeping_.join();
    sealing_.join();
    seal_now();
}

bool PeriodicJobs::goes_on_after(std::chrono::seconds pause) {
    std::unique_lock lock(mutex_);
    return !wake_.wait_for(lock, pause, [this] { return ending_; });
}

void PeriodicJobs::seal_now() {
    if (watch_.does_the_jobs()) report("seal audit log", application_.audit_log.seal());
}

void PeriodicJobs::seal() {
    do seal_now();
    while (goes_on_after(kSealEvery));
}

void PeriodicJobs::sweep() {
    std::optional<std::chrono::steady_clock::time_point> swept;
    do {
        const auto now = std::chrono::steady_clock::now();
        if (!watch_.does_the_jobs() || (swept && now - *swept < kSweepEvery)) continue;
        report("sweep sessions", application_.sessions.sweep());
        report("collect unused files", application_.file_collection.run());
        swept = now;
    } while (goes_on_after(kLookEvery));
}

}  // namespace cript::server
