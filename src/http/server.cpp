#include "http/server.hpp"

#include <fmt/format.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/post.hpp>
#include <new>
#include <thread>

#include "base/log.hpp"
#include "http/connection.hpp"
#include "http/failure.hpp"
#include "http/io_thread.hpp"
#include "http/response_head.hpp"

namespace cript::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

/// The pause after an accept() that failed for want of descriptors or memory.
constexpr std::chrono::milliseconds kAcceptPause{100};

std::string text_of(asio::ip::address address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    return address.to_string();
}

/// One acceptor, on the first I/O thread, deals the sockets out in turn. SO_REUSEPORT with an acceptor on
/// each thread would spread by hash, unevenly for few clients, and would let a second server bind the same
/// port unnoticed.
class ListeningServer final : public Server {
  public:
    ListeningServer(ServerOptions options, const Router& router, ServerHooks hooks)
        : options_(std::move(options)),
          hooks_(std::move(hooks)),
          limits_(options_.connections, options_.connections_per_address),
          body_memory_(options_.body_memory),
          services_{options_, router, hooks_, pool_, transfers_, limits_, body_memory_},
          threads_(make_threads()),
          acceptor_(threads_.front()->context()),
          accept_timer_(threads_.front()->context()),
          pool_(options_.pool_threads, options_.pool_queue),
          transfers_(options_.transfer_threads, options_.pool_queue) {}

    error_code listen() {
        error_code ec;
        tcp::resolver resolver(threads_.front()->context());
        const auto found =
            resolver.resolve(options_.address, std::to_string(options_.port), tcp::resolver::passive, ec);
        if (ec) return ec;
        const tcp::endpoint endpoint = found.begin()->endpoint();
        acceptor_.open(endpoint.protocol(), ec);
        if (!ec) acceptor_.set_option(Acceptor::reuse_address(true), ec);
        if (!ec) acceptor_.bind(endpoint, ec);
        if (!ec) acceptor_.listen(Acceptor::max_listen_connections, ec);
        if (!ec) port_ = acceptor_.local_endpoint(ec).port();
        return ec;
    }

    [[nodiscard]] std::uint16_t port() const override { return port_; }
    [[nodiscard]] std::uint64_t body_bytes() const override { return body_memory_.taken(); }

    void run() override {
        asio::post(threads_.front()->context(), [this] { accept(); });
        std::vector<std::thread> others;
        for (std::size_t i = 1; i < threads_.size(); ++i) {
            others.emplace_back([thread = threads_[i].get()] { thread->run(); });
        }
        threads_.front()->run();
        for (auto& thread : others) thread.join();
    }

    void stop() override {
        asio::post(threads_.front()->context(), [this] {
            error_code ignored;
            acceptor_.close(ignored);
            accept_timer_.cancel();
            // From here, so that the sockets dealt out before reach their threads before the drain does.
            for (const auto& thread : threads_) {
                asio::post(thread->context(), [target = thread.get()] { target->drain(); });
            }
        });
    }

  private:
    std::vector<std::unique_ptr<IoThread>> make_threads() {
        std::vector<std::unique_ptr<IoThread>> threads;
        for (unsigned i = 0; i < std::max(options_.io_threads, 1U); ++i) {
            threads.push_back(std::make_unique<IoThread>(services_));
        }
        return threads;
    }

    void accept() {
        if (!acceptor_.is_open()) return;
        IoThread& thread = *threads_[next_++ % threads_.size()];
        acceptor_.async_accept(thread.context(), [this, &thread](const error_code& ec, Socket socket) {
            if (!acceptor_.is_open()) return;
            if (ec == asio::error::connection_aborted) return accept();
            if (ec) return accept_later(ec);
            try {
                deal(thread, std::move(socket));
            } catch (const std::bad_alloc&) {
                base::log(base::LogLevel::Error, "connection_lost_for_want_of_memory");
            }
            accept();
        });
    }

    void accept_later(const error_code& reason) {
        base::log(base::LogLevel::Warning, "accept_failed", {{"reason", reason.message()}});
        accept_timer_.expires_after(kAcceptPause);
        accept_timer_.async_wait([this](const error_code& ec) {
            if (!ec) accept();
        });
    }

    void deal(IoThread& thread, Socket socket) {
        error_code ec;
        const auto peer = socket.remote_endpoint(ec);
        if (ec) return;  // gone already
        std::string address = text_of(peer.address());
        if (!limits_.admit(address)) return turn_away(std::move(socket));
        asio::post(thread.context(),
                   [&thread, socket = std::move(socket), address = std::move(address)]() mutable {
                       thread.adopt(std::move(socket), std::move(address));
                   });
    }

    /// Says why, if that can be said without waiting, and closes.
    void turn_away(Socket socket) {
        Response response = failure_response(hooks_, {}, 503, "The server has too many connections.");
        response.with("Retry-After", "1");
        std::string text;
        if (!append_head(text, response, {response.body.size(), threads_.front()->date(), false, false}))
            return;
        text.append(response.body);
        error_code ignored;
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(text), ignored);
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    }

    const ServerOptions options_;
    const ServerHooks hooks_;
    ConnectionLimits limits_;
    BodyMemory body_memory_;
    const Services services_;
    std::vector<std::unique_ptr<IoThread>> threads_;
    Acceptor acceptor_;
    Timer accept_timer_;
    std::size_t next_ = 0;
    std::uint16_t port_ = 0;
    /// The last members, hence the first to end: their jobs hold connections, which hold sockets of the I/O
    /// threads.
    WorkerPool pool_;
    WorkerPool transfers_;
};

}  // namespace

base::Result<std::unique_ptr<Server>> Server::bind(ServerOptions options, const Router& router,
                                                   ServerHooks hooks) {
    const std::string where = fmt::format("{}:{}", options.address, options.port);
    auto server = std::make_unique<ListeningServer>(std::move(options), router, std::move(hooks));
    if (const error_code ec = server->listen()) {
        return base::fail(base::ErrorKind::Unavailable,
                          fmt::format("Cannot listen on {}: {}", where, ec.message()));
    }
    return server;
}

}  // namespace cript::http
