#pragma once

#include <atomic>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/body_memory.hpp"
#include "http/input_buffer.hpp"
#include "http/io_thread.hpp"
#include "http/request_parser.hpp"

namespace cript::http {

/// One connection of a client, and the request it is at.
///
///     idle → header → body → handler (quick, or on the pool) → write → idle …
///     idle → header → receive (on the pool) → body → finish (on the pool) → write → idle …
///     … handler → a late answer: nothing → its maker (on the pool) → write → idle …
///
/// Everything runs on one I/O thread, but for what is said to run on the pool, and meanwhile the
/// connection neither reads nor changes the request: a client that sends faster than it is answered is held
/// back by TCP. The connection lives while its IoThread or an operation under way holds it.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Clock = std::chrono::steady_clock;

    Connection(IoThread& thread, const Services& services, Socket socket, std::string address);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();
    /// Closes at once if no request is under way; otherwise the next response is the last.
    void drain();
    void close();

    /// When the step that the connection is at has taken too long.
    [[nodiscard]] Clock::time_point deadline() const { return deadline_; }
    /// Does what is due at the deadline: answers 408 or 503, or closes.
    void expire();
    [[nodiscard]] const std::string& address() const { return address_; }

  private:
    enum class Phase : std::uint8_t { Idle, Header, Body, Pooled, Writing, Lingering, Closed };

    void await_request();
    void read();
    void on_read(const boost::system::error_code& ec, std::size_t count);
    void take_header();
    void route();
    void answer_unrouted(const Router::Match& match);
    void take_in();
    [[nodiscard]] bool has_small_body() const;
    void open_receiver();
    void begin_body();
    void take_body();
    [[nodiscard]] bool hold_body(std::uint64_t bytes);
    void dispatch();
    template <class Work, class Done>
    void submit(WorkerPool& pool, Work work, Done done);
    template <class Answer>
    auto guarded(const Answer& answer) -> decltype(answer(std::declval<const Request&>()));

    [[nodiscard]] Response failure(unsigned status, std::string_view message) const;
    void refuse(const Rejection& rejection);
    void refuse_overload();
    void await_answer(std::shared_ptr<LateAnswer> later);
    void send(Response response);
    void write();
    void wait_to_write();
    void on_written();
    void read_content(Clock::time_point since);
    void on_content(std::size_t count, Clock::duration waited);
    void on_response_written();
    void linger();
    void forget_request();
    void wipe_response();
    [[nodiscard]] Clock::time_point paced(std::chrono::milliseconds patience, std::uint64_t bytes) const;

    IoThread& thread_;
    const Services& services_;
    Socket socket_;
    const std::string address_;

    Phase phase_ = Phase::Idle;
    Clock::time_point deadline_ = Clock::time_point::max();
    Clock::time_point phase_began_{};
    bool reading_ = false;           ///< a read is under way
    bool waiting_to_write_ = false;  ///< a wait for room in the socket is under way

    InputBuffer input_;
    std::size_t scanned_ = 0;  ///< bytes of input_ known to hold no end of a header

    RequestParser parser_;
    Request request_;
    const Route* route_ = nullptr;
    std::shared_ptr<BodyReceiver> receiver_;
    std::optional<Response> refusal_;  ///< of the receiver
    BodyMemory::Share body_share_;
    std::shared_ptr<LateAnswer> later_;  ///< that the request waits for
    Clock::time_point arrived_{};
    std::uint64_t request_bytes_ = 0;
    /// Whoever sets it may answer the request: the pool by running the handler, or the I/O thread at the
    /// deadline.
    std::shared_ptr<std::atomic_flag> claim_;

    Response response_;
    std::string head_;
    std::string_view body_;           ///< of the response, as far as it is sent
    std::size_t written_ = 0;         ///< bytes of head_ and body_
    std::unique_ptr<char[]> piece_;   ///< of the content, under way
    std::uint64_t content_left_ = 0;  ///< not yet in piece_
    std::uint64_t sent_ = 0;          ///< of the response, before head_ and body_ as they are now
    bool interim_ = false;            ///< head_ holds `100 Continue`
    bool keep_ = false;               ///< the connection goes on after the response
};

}  // namespace cript::http
