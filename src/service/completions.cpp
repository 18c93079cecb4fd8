#include "service/completions.hpp"

#include <algorithm>
#include <exception>

namespace cript::service {

namespace {

/// Copying waits for the disk: more would only get into each other's way.
constexpr std::size_t kThreads = 2;

Completion::Outcome ended() {
    return base::fail(base::ErrorKind::Unavailable, "the server is ending; complete the upload again");
}

}  // namespace

std::uint64_t Completion::await(Ready ready) {
    const std::lock_guard lock(mutex_);
    const auto number = ++last_;
    if (outcome_) {
        ready();
    } else {
        waiting_.emplace(number, std::move(ready));
    }
    return number;
}

void Completion::forget(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    waiting_.erase(number);
}

void Completion::end(Outcome outcome) {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
    for (const auto& [number, ready] : waiting_) ready();
    waiting_.clear();
}

void Completions::end() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    changed_.notify_all();
}

Completions::~Completions() {
    end();
    for (auto& thread : threads_) thread.join();
    for (auto& job : waiting_) job.completion->end(ended());
}

base::Result<std::shared_ptr<Completion>> Completions::join(const base::Uuid& upload,
                                                            store::AccountId account,
                                                            const std::string& parts, Work work) {
    const auto id = upload.text();
    const std::lock_guard lock(mutex_);
    if (const auto found = running_.find(id); found != running_.end()) {
        if (found->second.parts == parts) return found->second.completion;
        return base::fail(base::ErrorKind::Conflict, "the upload is just being completed with other parts");
    }
    if (waiting_.size() >= kMostWaiting) {
        return base::fail(base::ErrorKind::Unavailable,
                          "too many uploads are being completed; complete this one again in a moment");
    }
    auto completion = std::make_shared<Completion>();
    if (threads_.size() < kThreads) threads_.emplace_back([this] { run(); });
    running_.emplace(id, Running{parts, completion});
    waiting_.push_back({id, account, completion, std::move(work)});
    changed_.notify_one();
    return completion;
}

std::deque<Completions::Job>::iterator Completions::next() {
    return std::find_if(waiting_.begin(), waiting_.end(),
                        [this](const Job& job) { return !served_.contains(job.account); });
}

void Completions::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return is_ending_ || next() != waiting_.end(); });
        if (is_ending_) return;
        const auto found = next();
        auto job = std::move(*found);
        waiting_.erase(found);
        served_.insert(job.account);
        lock.unlock();
        auto outcome = ended();
        try {
            outcome = job.work(is_ending_);
        } catch (const std::exception&) {  // out of memory, most likely
            outcome = base::fail(base::ErrorKind::Internal, "putting the parts together failed");
        }
        lock.lock();
        running_.erase(job.upload);
        served_.erase(job.account);
        lock.unlock();
        job.completion->end(std::move(outcome));
        lock.lock();
    }
}

}  // namespace cript::service
