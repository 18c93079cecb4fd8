#include "store/sqlite/write_queue.hpp"

#include "base/log.hpp"

namespace cript::store::sqlite {

namespace {
constexpr std::size_t kLargestGroup = 128;
constexpr std::size_t kLongestQueue = 4096;

base::Error group_failure(const base::Error& cause) {
    // Whatever a member of the group did, none of it is on the disk: the environment failed, and a retry is
    // right.
    return {base::ErrorKind::Unavailable, cause.message, {}};
}
}  // namespace

WriteQueue::WriteQueue(std::unique_ptr<Connection> connection, const Numbering& numbering,
                       AccountUuids& uuids)
    : connection_(std::move(connection)),
      numbering_(numbering),
      uuids_(uuids),
      thread_([this] { serve(); }) {}

WriteQueue::~WriteQueue() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_all();
    thread_.join();
}

void WriteQueue::post(Store::Writing work, Done done) {
    {
        const std::scoped_lock lock(mutex_);
        if (!ending_ && waiting_.size() < kLongestQueue) {
            waiting_.push_back({std::move(work), std::move(done), {}});
            arrived_.notify_one();
            return;
        }
    }
    done(base::fail(base::ErrorKind::Unavailable, "too many changes are waiting; try again"));
}

void WriteQueue::serve() {
    while (true) {
        std::vector<Write> group;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            while (!waiting_.empty() && group.size() < kLargestGroup) {
                group.push_back(std::move(waiting_.front()));
                waiting_.pop_front();
            }
        }
        commit_group(group);
        for (auto& write : group) write.done(std::move(write.result));
    }
}

void WriteQueue::commit_group(std::vector<Write>& group) {
    try {
        connection_->execute("begin immediate");
        for (auto& write : group) run_one(write);
        connection_->execute("commit");
    } catch (const Failure& failure) {
        base::log(base::LogLevel::Error, "store.commit_failed",
                  {{"reason", failure.error.message}, {"code", std::to_string(failure.code)}});
        for (auto& write : group) {
            if (write.result) write.result = base::fail(group_failure(failure.error));
        }
        try {
            if (connection_->in_transaction()) connection_->execute("rollback");
        } catch (const Failure& second) {
            base::log(base::LogLevel::Error, "store.rollback_failed", {{"reason", second.error.message}});
        }
    }
}

void WriteQueue::run_one(Write& write) {
    connection_->execute("savepoint one");
    Transaction transaction(*connection_, numbering_, uuids_);
    write.result =
        guarded([&] { return write.work(transaction); }).and_then([](auto result) { return result; });
    // Some errors (a full disk, a failed read) end the whole transaction: then the group is lost together.
    if (!connection_->in_transaction()) {
        throw Failure{write.result ? base::Error{base::ErrorKind::Unavailable, "the transaction was lost", {}}
                                   : write.result.error(),
                      SQLITE_ABORT};
    }
    if (!write.result) connection_->execute("rollback to one");
    connection_->execute("release one");
}

}  // namespace cript::store::sqlite
