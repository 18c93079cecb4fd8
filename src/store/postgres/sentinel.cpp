#include "store/postgres/sentinel.hpp"

#include <chrono>

#include "base/log.hpp"

namespace cript::store::postgres {

namespace {

/// With two questions of 400 ms each, a loss is known within a second.
constexpr std::chrono::milliseconds kAskEvery{150};

}  // namespace

Sentinel::Sentinel(std::function<bool()> ask, std::atomic<bool>& is_there)
    : ask_(std::move(ask)), is_there_(is_there), thread_([this] { watch(); }) {}

Sentinel::~Sentinel() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
    is_there_ = true;
}

void Sentinel::watch() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kAskEvery, [this] { return ending_; })) {
        lock.unlock();
        // The first may have been asked on a connection that was lost long ago.
        const bool answers = ask_() || ask_();
        if (is_there_.exchange(answers) && !answers)
            base::log(base::LogLevel::Error, "store.lost", {{"until", "it answers, requests get a 503"}});
        lock.lock();
    }
}

}  // namespace cript::store::postgres
