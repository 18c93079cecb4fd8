#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include "http/connection_limits.hpp"
#include "http/http_date.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "http/worker_pool.hpp"

namespace cript::http {

class Connection;

/// The executor is named in the type: the type-erased default costs a fifth of the throughput.
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Timer =
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

/// What all connections share. It outlives them.
struct Services {
    const ServerOptions& options;
    const Router& router;
    const ServerHooks& hooks;
    WorkerPool& pool;
    WorkerPool& transfers;
    ConnectionLimits& limits;
    BodyMemory& body_memory;
};

/// One thread of I/O with the connections that live on it. Nothing of a connection is touched by two threads
/// at once, so there are no locks and no strands. All functions but those that say otherwise are for this
/// thread.
class IoThread {
  public:
    explicit IoThread(const Services& services);
    ~IoThread();
    IoThread(const IoThread&) = delete;
    IoThread& operator=(const IoThread&) = delete;

    /// Serves until drain() was called and the last connection has ended.
    void run();
    /// Takes over a socket that was made for context() and counted by the limits.
    void adopt(Socket socket, std::string address);
    /// Lets every connection end after the request it is at; cuts them off after the drain timeout.
    void drain();
    void release(Connection& connection);

    [[nodiscard]] boost::asio::io_context& context() { return context_; }  ///< any thread
    [[nodiscard]] bool draining() const { return draining_; }
    [[nodiscard]] std::string_view date() { return date_.now(); }

  private:
    void schedule_sweep();
    void sweep();
    void cut_off();
    void finish();

    const Services& services_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<Executor> work_{context_.get_executor()};
    Timer sweep_timer_{context_};
    Timer drain_timer_{context_};
    std::unordered_set<std::shared_ptr<Connection>> connections_;
    DateCache date_;
    bool sweeping_ = false;
    bool draining_ = false;
};

}  // namespace cript::http
