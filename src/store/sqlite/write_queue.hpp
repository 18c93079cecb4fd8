#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

/// The one writer of the database: a thread that takes all waiting writes, runs each in a savepoint of its
/// own, and commits them together, so that one fsync serves them all. A write is answered after the commit
/// that holds it.
class WriteQueue {
  public:
    using Done = std::function<void(base::Result<void>)>;

    WriteQueue(std::unique_ptr<Connection> connection, const Numbering& numbering, AccountUuids& uuids);
    /// Finishes what is queued.
    ~WriteQueue();
    WriteQueue(const WriteQueue&) = delete;
    WriteQueue& operator=(const WriteQueue&) = delete;

    /// `done` is called on the writer's thread, once.
    void post(Store::Writing work, Done done);

  private:
    struct Write {
        Store::Writing work;
        Done done;
        base::Result<void> result;
    };

    void serve();
    void commit_group(std::vector<Write>& group);
    void run_one(Write& write);

    std::unique_ptr<Connection> connection_;
    const Numbering& numbering_;
    AccountUuids& uuids_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Write> waiting_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace cript::store::sqlite
