#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "store/postgres/connection.hpp"

namespace cript::store::postgres {

struct PoolLimits {
    unsigned connections = 16;
    unsigned waiting = 256;  ///< threads; whoever comes when so many wait is refused at once
    std::chrono::milliseconds wait_for{2'000};  ///< for a connection
    std::chrono::milliseconds try_again_in{
        250};  ///< after a failed attempt to connect; until then all are told of it
};

/// A bounded number of connections, each lent to one thread at a time. Made when needed, dropped when broken,
/// so that a database that comes back is used again without a restart.
class Pool {
  public:
    Pool(Address address, PoolLimits limits) : address_(std::move(address)), limits_(limits) {}

    /// A connection on loan; goes back at the end of its life.
    class Loan {
      public:
        Loan(Pool& pool, std::unique_ptr<Connection> connection, bool is_fresh)
            : pool_(&pool), connection_(std::move(connection)), is_fresh_(is_fresh) {}
        ~Loan() {
            if (pool_ != nullptr) pool_->give_back(std::move(connection_));
        }
        Loan(Loan&& other) noexcept
            : pool_(std::exchange(other.pool_, nullptr)),
              connection_(std::move(other.connection_)),
              is_fresh_(other.is_fresh_) {}
        Loan& operator=(Loan&&) = delete;
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;

        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }
        /// It was connected for this loan, so it cannot have been lost while it lay idle.
        [[nodiscard]] bool is_fresh() const { return is_fresh_; }

      private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
        bool is_fresh_;
    };

    /// Waits at most PoolLimits::wait_for, and as long again for a new connection; and not past the deadline.
    /// Throws Failure (Unavailable).
    [[nodiscard]] Loan take(Deadline deadline = kNoDeadline);

  private:
    /// Waits until a connection may be lent. One that lay idle, or none: then a new one is to be made.
    std::unique_ptr<Connection> take_place(Deadline deadline);
    void give_back(std::unique_ptr<Connection> connection) noexcept;
    std::unique_ptr<Connection> connect(Deadline deadline);

    const Address address_;
    const PoolLimits limits_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> idle_;
    unsigned lent_ = 0;
    unsigned waiting_ = 0;
    std::optional<Failure> last_refusal_;  ///< of the last attempt to connect, if it failed
    Clock::time_point refused_at_;
};

}  // namespace cript::store::postgres
