#include "http/io_thread.hpp"

#include <exception>
#include <vector>

#include "base/log.hpp"
#include "http/connection.hpp"

namespace cript::http {

namespace {
/// Deadlines are looked at this often, all at once: cheaper than a timer that every request sets and cancels.
constexpr std::chrono::milliseconds kSweepInterval{50};
}  // namespace

IoThread::IoThread(const Services& services) : services_(services) {}
IoThread::~IoThread() = default;

void IoThread::run() {
    while (true) {
        try {
            context_.run();
            return;
        } catch (const std::exception&) {
            // Out of memory, most likely: one connection is lost, the others go on.
            base::log(base::LogLevel::Error, "io_thread_exception");
        }
    }
}

void IoThread::adopt(Socket socket, std::string address) {
    const auto connection =
        std::make_shared<Connection>(*this, services_, std::move(socket), std::move(address));
    connections_.insert(connection);
    connection->start();
    if (draining_) connection->drain();
    schedule_sweep();
}

void IoThread::release(Connection& connection) {
    services_.limits.release(connection.address());
    connections_.erase(connection.shared_from_this());
    if (draining_ && connections_.empty()) finish();
}

void IoThread::drain() {
    if (draining_) return;
    draining_ = true;
    const std::vector<std::shared_ptr<Connection>> all(connections_.begin(), connections_.end());
    for (const auto& connection : all) connection->drain();
    if (connections_.empty()) return finish();
    drain_timer_.expires_after(services_.options.drain_timeout);
    drain_timer_.async_wait([this](const boost::system::error_code& ec) {
        if (!ec) cut_off();
    });
}

void IoThread::cut_off() {
    const std::vector<std::shared_ptr<Connection>> all(connections_.begin(), connections_.end());
    for (const auto& connection : all) connection->close();
}

void IoThread::finish() {
    drain_timer_.cancel();
    sweep_timer_.cancel();
    work_.reset();
}

void IoThread::schedule_sweep() {
    if (sweeping_ || connections_.empty()) return;
    sweeping_ = true;
    sweep_timer_.expires_after(kSweepInterval);
    sweep_timer_.async_wait([this](const boost::system::error_code& ec) {
        sweeping_ = false;
        if (!ec) sweep();
    });
}

void IoThread::sweep() {
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::shared_ptr<Connection>> late;
    for (const auto& connection : connections_) {
        if (connection->deadline() <= now) late.push_back(connection);
    }
    for (const auto& connection : late) connection->expire();
    schedule_sweep();
}

}  // namespace cript::http
