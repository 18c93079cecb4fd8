#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/uuid.hpp"
#include "store/file_rows.hpp"

namespace cript::service {

/// One upload in parts becoming a file: for all who ask for it. For any thread.
class Completion {
  public:
    using Outcome = base::Result<store::StoredFileRow>;
    using Ready = std::function<void()>;

    Completion() = default;
    explicit Completion(Outcome outcome) : outcome_(std::move(outcome)) {}

    /// Calls `ready`, which must not wait, once there is an outcome: at once, or on another thread. Gives the
    /// number by which it is forgotten.
    std::uint64_t await(Ready ready);
    /// `ready` is not being called when this returns, and will not be.
    void forget(std::uint64_t number);
    void end(Outcome outcome);
    /// To be asked for once there is one.
    [[nodiscard]] const Outcome& outcome() const { return *outcome_; }

  private:
    std::mutex mutex_;
    std::optional<Outcome> outcome_;
    std::uint64_t last_ = 0;
    std::map<std::uint64_t, Ready> waiting_;
};

/// Puts parts together on threads of its own, since that takes as long as a file is: each upload once,
/// however often it is asked for meanwhile, and one of an account at a time, so that nobody waits for all the
/// files of somebody else.
class Completions {
  public:
    /// Makes the file, and gives up soon when told to.
    using Work = std::function<Completion::Outcome(const std::atomic<bool>& is_ending)>;

    Completions() = default;
    /// Gives up what is under way.
    ~Completions();
    /// Gives up what is under way soon, and begins nothing any more.
    void end();
    Completions(const Completions&) = delete;
    Completions& operator=(const Completions&) = delete;

    /// Uploads that may wait. What comes beyond is refused.
    static constexpr std::size_t kMostWaiting = 100;

    /// The one under way of that upload, or a new one, for that account. `parts` tells what is put together.
    /// Errors: Conflict if it is under way with other parts; Unavailable if too many wait.
    [[nodiscard]] base::Result<std::shared_ptr<Completion>> join(const base::Uuid& upload,
                                                                 store::AccountId account,
                                                                 const std::string& parts, Work work);

  private:
    struct Job {
        std::string upload;
        store::AccountId account = 0;
        std::shared_ptr<Completion> completion;
        Work work;
    };
    struct Running {
        std::string parts;
        std::shared_ptr<Completion> completion;
    };
    void run();
    /// The next to work at, if any.
    [[nodiscard]] std::deque<Job>::iterator next();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::atomic<bool> is_ending_{false};
    std::deque<Job> waiting_;
    std::set<store::AccountId> served_;       ///< accounts that one is at work for
    std::map<std::string, Running> running_;  ///< waiting or at work, by upload
    std::vector<std::thread> threads_;        ///< made when they are first needed
};

}  // namespace cript::service
