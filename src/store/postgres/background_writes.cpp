#include "store/postgres/background_writes.hpp"

#include "base/log.hpp"

namespace cript::store::postgres {

namespace {

constexpr std::size_t kLongestQueue = 4096;

void report(const base::Result<void>& result) {
    if (result) return;
    base::log(base::LogLevel::Warning, "store.write_failed", {{"reason", result.error().message}});
}

}  // namespace

BackgroundWrites::BackgroundWrites(Store& store) : store_(store), thread_([this] { serve(); }) {}

BackgroundWrites::~BackgroundWrites() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_all();
    thread_.join();
}

void BackgroundWrites::post(Store::Writing work) {
    {
        const std::scoped_lock lock(mutex_);
        if (waiting_.size() < kLongestQueue) {
            waiting_.push_back(std::move(work));
            arrived_.notify_one();
            return;
        }
    }
    report(base::fail(base::ErrorKind::Unavailable, "too many changes are waiting"));
}

void BackgroundWrites::serve() {
    while (true) {
        Store::Writing work;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            work = std::move(waiting_.front());
            waiting_.pop_front();
        }
        report(store_.write(work));
    }
}

}  // namespace cript::store::postgres
