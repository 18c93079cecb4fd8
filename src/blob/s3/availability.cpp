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

void Availability::lose(const base::Error& error) {
    const std::scoped_lock lock(mutex_);
    note_lost(error);
    changed_.notify_all();
}

void Availability::doubt() {
    const std::scoped_lock lock(mutex_);
    is_doubted_ = true;
    changed_.notify_all();
}

void Availability::note_lost(const base::Error& error) {
    const bool is_news = is_available_.exchange(false) || error.kind != lost_by_;
    lost_by_ = error.kind;
    if (is_news) base::log(base::LogLevel::Error, "blob.unavailable", {{"reason", error.message}});
}

void Availability::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return is_ending_ || is_doubted_ || !is_available_; });
        if (changed_.wait_for(lock, kPause, [this] { return is_ending_; })) return;
        is_doubted_ = false;
        lock.unlock();
        const auto seen = look_();
        lock.lock();
        if (!seen) {
            note_lost(seen.error());
        } else if (!is_available_.exchange(true)) {
            base::log(base::LogLevel::Info, "blob.available_again");
        }
    }
}

}  // namespace cript::blob
