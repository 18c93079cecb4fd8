#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/server.hpp"

namespace cript::http::testing {

/// A gate that handlers wait at, so that a test decides when they go on.
class Gate {
  public:
    /// Called by a handler: says that it is here.
    void arrive() {
        const std::lock_guard lock(mutex_);
        ++arrived_;
        changed_.notify_all();
    }
    /// The same, and waits until the gate is open.
    void pass() {
        arrive();
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return open_; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void wait_for_arrivals(unsigned count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return arrived_ >= count; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    unsigned arrived_ = 0;
    bool open_ = false;
};

/// A real server on a port of its own, stopped when the test ends.
class RunningServer {
  public:
    explicit RunningServer(std::vector<Route> routes, ServerOptions options = {}, ServerHooks hooks = {});
    ~RunningServer();

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] std::uint64_t body_bytes() const { return server_->body_bytes(); }
    void stop() { server_->stop(); }
    /// Waits until run() has returned.
    void join();
    /// Waits until `count` requests have been completed, and gives their summaries as "METHOD pattern
    /// status".
    [[nodiscard]] std::vector<std::string> completed(std::size_t count);

  private:
    Router router_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> completed_;
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

/// Answers 200 with the path, the query and the body.
[[nodiscard]] Response echo(const Request& request);
[[nodiscard]] Route pooled(Method method, std::string pattern, Handler handler = echo,
                           std::size_t body_limit = 1000);
[[nodiscard]] Route quick(Method method, std::string pattern, QuickHandler handler = echo);

}  // namespace cript::http::testing
