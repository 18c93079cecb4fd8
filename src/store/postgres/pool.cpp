#include "store/postgres/pool.hpp"

#include "base/log.hpp"

namespace cript::store::postgres {

Pool::Loan Pool::take(Deadline deadline) {
    auto connection = take_place(deadline);
    if (connection) return {*this, std::move(connection), false};
    try {
        return {*this, connect(deadline), true};
    } catch (const Failure&) {
        give_back(nullptr);
        throw;
    }
}

std::unique_ptr<Connection> Pool::take_place(Deadline deadline) {
    std::vector<std::unique_ptr<Connection>> dead;  // closed after the lock is open again
    std::unique_lock lock(mutex_);
    if (lent_ >= limits_.connections) {
        if (waiting_ >= limits_.waiting)
            throw unavailable("too many requests wait for the database; try again");
        ++waiting_;
        const bool is_free = freed_.wait_until(lock, within(limits_.wait_for, deadline),
                                               [this] { return lent_ < limits_.connections; });
        --waiting_;
        if (!is_free) throw unavailable("the database is busy; try again");
    }
    ++lent_;
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        if (connection->is_alive()) return connection;
        dead.push_back(std::move(connection));
    }
    return nullptr;
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
    {
        const std::scoped_lock lock(mutex_);
        --lent_;
        if (connection && !connection->is_broken()) idle_.push_back(std::move(connection));
    }
    freed_.notify_one();
}

std::unique_ptr<Connection> Pool::connect(Deadline deadline) {
    {
        const std::scoped_lock lock(mutex_);
        if (last_refusal_ && Clock::now() - refused_at_ < limits_.try_again_in) throw Failure(*last_refusal_);
    }
    try {
        auto connection = std::make_unique<Connection>(address_, deadline);
        const std::scoped_lock lock(mutex_);
        if (last_refusal_) base::log(base::LogLevel::Info, "store.connected_again");
        last_refusal_.reset();
        return connection;
    } catch (const Failure& failure) {
        const std::scoped_lock lock(mutex_);
        if (!last_refusal_)
            base::log(base::LogLevel::Error, "store.unreachable", {{"reason", failure.error.message}});
        last_refusal_ = failure;
        refused_at_ = Clock::now();
        throw;
    }
}

}  // namespace cript::store::postgres
