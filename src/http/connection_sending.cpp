#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <span>
#include <utility>

#include "base/log.hpp"
#include "base/secret.hpp"
#include "http/connection.hpp"
#include "http/response_head.hpp"

// How a connection sends: head, then what the response holds or what its source gives, piece by piece.

namespace cript::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// How long a connection that is given up still takes in (and drops) what the client sends. Closing with
/// unread input would reset the connection, and the reset can overtake the response that says why (RFC 9112
/// §9.6).
constexpr std::chrono::seconds kLinger{2};

/// Of a content that is read while it is sent.
constexpr std::size_t kPiece = std::size_t{256} << 10U;
/// Before the queue of the pool of transfers, when it is full.
constexpr std::chrono::milliseconds kQueuePause{20};

void wipe(std::string& text) {
    base::wipe(text.data(), text.size());
    text.clear();
}

}  // namespace

void Connection::send(Response response) {
    if (response.later) return await_answer(std::move(response.later));
    phase_ = Phase::Writing;
    interim_ = false;
    response_ = std::move(response);
    keep_ = parser_.complete() && parser_.keep_alive() && !response_.close && !thread_.draining();
    body_ =
        response_.shared_body ? std::string_view(*response_.shared_body) : std::string_view(response_.body);
    content_left_ = response_.content ? response_.content->size() : 0;
    if (response_.content) body_ = {};
    ResponseFraming framing{body_.size() + content_left_, thread_.date(), keep_, parser_.http_1_0()};
    head_.clear();
    if (!append_head(head_, response_, framing)) {
        base::log(base::LogLevel::Error, "response_field_malformed",
                  {{"route", route_ ? route_->pattern : ""}});
        response_ = Response{.status = 500};
        body_ = {};
        content_left_ = 0;
        framing.body_size = 0;
        (void)append_head(head_, response_, framing);
    }
    if (request_.method == Method::Head || !has_content(response_.status)) {
        body_ = {};
        content_left_ = 0;
    }
    written_ = 0;
    sent_ = 0;
    phase_began_ = Clock::now();
    deadline_ = phase_began_ + services_.options.write_timeout;
    write();
}

void Connection::write() {
    while (written_ < head_.size() + body_.size()) {
        const std::string_view head = std::string_view(head_).substr(std::min(written_, head_.size()));
        const std::string_view body = body_.substr(written_ - std::min(written_, head_.size()));
        const std::array pieces{asio::buffer(head.data(), head.size()),
                                asio::buffer(body.data(), body.size())};
        error_code ec;
        written_ += socket_.write_some(pieces, ec);
        if (ec == asio::error::would_block) {
            if (phase_ == Phase::Writing)
                deadline_ = paced(services_.options.write_timeout, sent_ + written_);
            return wait_to_write();
        }
        if (ec) return close();
    }
    on_written();
}

void Connection::wait_to_write() {
    if (waiting_to_write_) return;
    waiting_to_write_ = true;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code& ec) {
        self->waiting_to_write_ = false;
        if (self->phase_ != Phase::Writing && !self->interim_) return;
        if (ec) return self->close();
        self->write();
    });
}

void Connection::on_written() {
    if (std::exchange(interim_, false)) return parser_.complete() ? dispatch() : take_body();
    sent_ += std::exchange(written_, 0);
    wipe(head_);
    body_ = {};
    if (content_left_ > 0) return read_content(Clock::now());
    on_response_written();
}

/// Reads the next piece of the content. A source on the local disk answers at once: other connections get
/// their turn first. One that is remote is read on the pool of transfers, and waits for its turn there: as
/// long as it takes, since the client can do nothing about that. `since` is when the piece was wanted.
void Connection::read_content(Clock::time_point since) {
    if (!piece_) piece_ = std::make_unique_for_overwrite<char[]>(kPiece);
    deadline_ = Clock::time_point::max();
    const auto read = [self = shared_from_this(), content = response_.content] {
        const auto most = std::min<std::uint64_t>(kPiece, self->content_left_);
        return content->read(std::span(self->piece_.get(), static_cast<std::size_t>(most)));
    };
    const auto go_on = [self = shared_from_this(), since](std::size_t count) {
        if (self->phase_ == Phase::Writing) self->on_content(count, Clock::now() - since);
    };
    if (!response_.content->is_remote())
        return asio::post(thread_.context(), [read, go_on] { go_on(read()); });
    const bool is_queued = services_.transfers.submit(
        [this, read, go_on] { asio::post(thread_.context(), [go_on, count = read()] { go_on(count); }); });
    if (is_queued) return;
    auto pause = std::make_shared<Timer>(thread_.context(), kQueuePause);
    pause->async_wait([self = shared_from_this(), pause, since](const error_code& ec) {
        if (!ec && self->phase_ == Phase::Writing) self->read_content(since);
    });
}

/// What the client had to wait for the source does not count as its own time.
void Connection::on_content(std::size_t count, Clock::duration waited) {
    if (count == 0) {  // the length is promised already: all that is left is to break the promise visibly
        base::log(base::LogLevel::Error, "content_not_readable", {{"route", route_->pattern}});
        return close();
    }
    content_left_ -= count;
    body_ = std::string_view(piece_.get(), count);
    phase_began_ += waited;
    deadline_ = Clock::now() + services_.options.write_timeout;
    write();
}

void Connection::on_response_written() {
    if (services_.hooks.completed) {
        services_.hooks.completed(Summary{request_.method, route_ ? std::string_view(route_->pattern) : "",
                                          response_.status, request_bytes_, sent_, Clock::now() - arrived_});
    }
    const bool more_may_come = !parser_.complete() || !input_.empty();
    forget_request();
    wipe_response();
    if (!keep_) return more_may_come ? linger() : close();
    if (input_.empty()) return await_request();
    // The next request is here already. Other connections get their turn first, and the stack stays flat.
    phase_ = Phase::Idle;
    asio::post(thread_.context(), [self = shared_from_this()] {
        if (self->phase_ == Phase::Idle) self->await_request();
    });
}

void Connection::linger() {
    phase_ = Phase::Lingering;
    deadline_ = Clock::now() + kLinger;
    error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    if (reading_) return;  // the read under way has its place in input_
    input_.clear();
    read();
}

/// Overwrites what the request brought: any part of it may have held a credential.
void Connection::forget_request() {
    request_.headers.wipe();
    wipe(request_.path);
    wipe(request_.raw_query);
    wipe(request_.body);
    request_ = Request{};
    body_share_.give_back();
    receiver_.reset();
    refusal_.reset();
    // A read under way has its place in input_.
    if (!reading_ && route_ != nullptr && route_->receive) input_.resize(services_.options.header_limit);
    route_ = nullptr;
    request_bytes_ = 0;
}

void Connection::wipe_response() {
    wipe(head_);
    wipe(response_.body);
    for (auto& [name, value] : response_.headers) wipe(value);
    response_ = Response{};
    body_ = {};
    piece_.reset();
}

}  // namespace cript::http
