#include "blob/s3/availability.hpp"

#include <chrono>

#include "base/log.hpp"

namespace cript::blob {

namespace {
constexpr std::chrono::seconds kPause{1};
}  // namespace

Availability::Availability(std::function<base::Result<void>()> look)
    : look_(std::move(look)), thread_([this] { work(); }) {}

Availability::~Availability() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Availability::lose(const std::string& reason) {
    const std::scoped_lock lock(mutex_);
    if (!is_available_.exchange(false)) return;
    base::log(base::LogLevel::Error, "blob.unavailable", {{"reason", reason}});
    changed_.notify_all();
}

void Availability::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return is_ending_ || !is_available_; });
        if (changed_.wait_for(lock, kPause, [this] { return is_ending_; })) return;
        lock.unlock();
        const auto seen = look_();
        lock.lock();
        if (!seen && seen.error().kind == base::ErrorKind::Unavailable) continue;
        is_available_ = true;
        base::log(base::LogLevel::Info, "blob.available_again");
    }
}

}  // namespace cript::blob
