#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/body_memory.hpp"
#include "http/router.hpp"

namespace cript::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0 lets the system choose
    unsigned io_threads = 2;
    unsigned pool_threads = 8;
    unsigned transfer_threads = 8;      ///< of the second pool, for requests that move files
    std::size_t pool_queue = 256;       ///< requests waiting for a thread of a pool; one more is answered 503
    std::size_t header_limit = 16'384;  ///< bytes of request line and header; beyond it 431
    std::size_t connections = 4096;
    std::size_t connections_per_address = 1024;
    BodyMemory::Limits body_memory{};                  ///< beyond it 503, or 429 for a client of its own
    std::chrono::milliseconds header_timeout{15'000};  ///< from first byte to complete header; then 408
    std::chrono::milliseconds read_timeout{30'000};    ///< between two pieces of a body; then 408
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds idle_timeout{75'000};   ///< of a kept-alive connection
    std::chrono::milliseconds drain_timeout{10'000};  ///< for running requests after stop()
};

/// What one request came to, for metrics and logs. Holds no header, query or body.
struct Summary {
    Method method;
    std::string_view pattern;  ///< of the route, or "" if none matched
    unsigned status;
    std::uint64_t request_bytes;
    std::uint64_t response_bytes;
    std::chrono::nanoseconds duration;
};

struct ServerHooks {
    /// Makes the body of an answer that no handler gives (400, 404, 405, 408, 413, 414, 431, 501, 503).
    std::function<Response(const Request& request, unsigned status, std::string_view message)> failure;
    /// Who the memory for a body is counted for: names without meaning. Empty: the peer's address.
    std::function<std::vector<std::string>(const Request&)> clients;
    /// Called once per request, on the I/O thread. May be empty.
    std::function<void(const Summary&)> completed;
};

/// Listens, and answers by the router's handlers until stopped.
class Server {
  public:
    /// Binds the address. Errors: Unavailable, with the reason, when it cannot.
    [[nodiscard]] static base::Result<std::unique_ptr<Server>> bind(ServerOptions options,
                                                                    const Router& router, ServerHooks hooks);
    virtual ~Server() = default;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Bytes that bodies take just now. Any thread.
    [[nodiscard]] virtual std::uint64_t body_bytes() const = 0;
    /// Serves until stop() and the end of the drain. Blocks.
    virtual void run() = 0;
    /// Stops accepting, lets running requests end (kept-alive ones get `Connection: close`), then ends run().
    /// May be called from any thread and from a signal-waiting thread.
    virtual void stop() = 0;

  protected:
    Server() = default;
};

}  // namespace cript::http
