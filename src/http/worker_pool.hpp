#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cript::http {

/// A fixed number of threads with a bounded queue before them.
class WorkerPool {
  public:
    /// `queue_limit` jobs may wait while every thread is busy.
    WorkerPool(unsigned threads, std::size_t queue_limit);
    /// Drops the jobs that wait and waits for those that run.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Queues a job, which must not throw; false if the queue is full.
    [[nodiscard]] bool submit(std::function<void()> job);

  private:
    void work();

    const std::size_t queue_limit_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    std::size_t idle_ = 0;  ///< threads that wait for a job
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace cript::http
