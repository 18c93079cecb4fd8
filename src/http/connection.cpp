#include "http/connection.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/core/demangle.hpp>
#include <exception>
#include <typeinfo>
#include <utility>

#include "base/log.hpp"
#include "http/failure.hpp"
#include "http/strictness.hpp"

namespace cript::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// A peer that is slower than this over a whole body or response, in bytes a second, is cut off.
constexpr std::size_t kSlowestPace = 1024;

/// Of a body that is received in pieces. It is hashed and written on the way: larger pieces gain nothing.
constexpr std::size_t kReceiveBuffer = std::size_t{128} << 10U;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

/// The bytes of the empty lines that `bytes` begin with.
std::size_t count_empty_lines(std::string_view bytes) {
    std::size_t count = 0;
    while (bytes.substr(count).starts_with("\r\n")) count += 2;
    return count;
}

std::string list_of(const std::vector<Method>& methods) {
    std::string list;
    for (const Method method : methods) list.append(text(method)).append(", ");
    return list.append("OPTIONS");
}

}  // namespace

Connection::Connection(IoThread& thread, const Services& services, Socket socket, std::string address)
    : thread_(thread),
      services_(services),
      socket_(std::move(socket)),
      address_(std::move(address)),
      input_(services.options.header_limit) {}

Connection::~Connection() {
    forget_request();
    wipe_response();
}

void Connection::start() {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    await_request();
    // A client that connects and says nothing is given less time than one that was served before.
    deadline_ = std::min(deadline_, phase_began_ + services_.options.header_timeout);
}

void Connection::drain() {
    if (phase_ == Phase::Idle && input_.empty()) close();
}

void Connection::close() {
    if (phase_ == Phase::Closed) return;
    phase_ = Phase::Closed;
    interim_ = false;
    if (later_) std::exchange(later_, nullptr)->forget();
    deadline_ = Clock::time_point::max();
    error_code ignored;
    socket_.close(ignored);
    thread_.release(*this);
}

void Connection::expire() {
    switch (phase_) {
        case Phase::Header:
            return refuse({408, "The request header did not arrive in time."});
        case Phase::Body:
            return refuse({408, "The request body did not arrive in time."});
        case Phase::Pooled:
            deadline_ = Clock::time_point::max();
            if (!claim_->test_and_set()) refuse_overload();
            return;
        case Phase::Idle:
        case Phase::Writing:
        case Phase::Lingering:
        case Phase::Closed:
            return close();
    }
}

void Connection::await_request() {
    phase_ = Phase::Idle;
    phase_began_ = Clock::now();
    deadline_ = phase_began_ + services_.options.idle_timeout;
    scanned_ = 0;
    if (input_.empty()) return read();
    take_header();
}

void Connection::read() {
    if (reading_) return;
    reading_ = true;
    const auto space = input_.prepare();
    socket_.async_read_some(asio::buffer(space.data(), space.size()),
                            [self = shared_from_this()](const error_code& ec, std::size_t count) {
                                self->reading_ = false;
                                self->on_read(ec, count);
                            });
}

void Connection::on_read(const error_code& ec, std::size_t count) {
    if (phase_ == Phase::Closed) return;
    if (ec) return close();
    input_.commit(count);
    switch (phase_) {
        case Phase::Idle:
        case Phase::Header:
            return take_header();
        case Phase::Body:
            return take_body();
        case Phase::Lingering:
            input_.clear();
            return read();
        case Phase::Pooled:
        case Phase::Writing:  // the deadline was answered while this read was under way
        case Phase::Closed:
            return;
    }
}

void Connection::take_header() {
    if (phase_ == Phase::Idle) {
        phase_ = Phase::Header;
        arrived_ = Clock::now();
        deadline_ = arrived_ + services_.options.header_timeout;
    }
    // RFC 9112 §2.2: an empty line before a request line is skipped.
    input_.consume(count_empty_lines(input_.view()));
    const auto end = find_header_end(input_.view(), scanned_);
    if (!end) return refuse(end.error());
    if (*end == 0) {
        scanned_ = input_.view().size();
        if (!input_.full()) return read();
        const bool in_request_line = input_.view().find('\n') == std::string_view::npos;
        return refuse(in_request_line ? Rejection{414, "The request target is too long."}
                                      : Rejection{431, "The request header is too large."});
    }
    const auto rejection = parser_.read_header(input_.view().substr(0, *end), request_);
    input_.consume(*end);
    request_bytes_ = *end;
    request_.remote_address = address_;
    request_.begun = Clock::now();
    if (rejection) return refuse(*rejection);
    route();
}

void Connection::route() {
    auto match = services_.router.find(request_.method, request_.path);
    route_ = match.route;
    if (!route_) return answer_unrouted(match);
    request_.parameters = std::move(match.parameters);
    if (route_->admit && !route_->admit_waits) {
        if (auto response = guarded(route_->admit)) return send(std::move(*response));
    } else if (route_->admit && !has_small_body()) {
        return submit(services_.pool, route_->admit, [this](std::optional<Response> response) {
            if (response) return send(std::move(*response));
            take_in();
        });
    }
    take_in();
}

bool Connection::has_small_body() const {
    return parser_.complete() || parser_.content_length().value_or(kSmallBody + 1) <= kSmallBody;
}

void Connection::take_in() {
    if (route_->receive) return open_receiver();
    if (parser_.complete()) return dispatch();
    begin_body();
}

void Connection::open_receiver() {
    submit(services_.pool, route_->receive, [this](Reception reception) {
        if (auto* response = std::get_if<Response>(&reception)) return send(std::move(*response));
        receiver_ = std::get<std::unique_ptr<BodyReceiver>>(std::move(reception));
        // Whoever asked is told to go on even if nothing is to follow: botocore 1.31 misreads the answer
        // after one that came without it.
        const bool invites = parser_.expects_continue() && input_.empty();
        if (parser_.complete() && !invites) return dispatch();
        input_.resize(kReceiveBuffer);
        parser_.deliver_body_to([this](std::string_view piece) {
            refusal_ = guarded([&](const Request&) { return receiver_->take(piece); });
            return !refusal_.has_value();
        });
        begin_body();
    });
}

void Connection::answer_unrouted(const Router::Match& match) {
    const bool whole_server = request_.path == "*";
    if (match.allowed.empty() && !whole_server) return send(failure(404, "There is nothing at this path."));
    const std::string allowed =
        whole_server ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" : list_of(match.allowed);
    if (request_.method == Method::Options) return send(Response{.status = 204}.with("Allow", allowed));
    send(failure(405, "This path does not have this method.").with("Allow", allowed));
}

void Connection::begin_body() {
    constexpr std::string_view kTooLong = "The request body is larger than this path accepts.";
    if (parser_.content_length().value_or(0) > route_->body_limit) return refuse({413, kTooLong});
    if (route_->body_limit == 0) return refuse({413, "This path does not accept a request body."});
    if (!hold_body(parser_.content_length().value_or(0))) return;
    phase_ = Phase::Body;
    phase_began_ = Clock::now();
    deadline_ = phase_began_ + services_.options.read_timeout;
    if (!parser_.expects_continue() || !input_.empty()) return take_body();
    head_ = kContinue;
    body_ = {};
    written_ = 0;
    interim_ = true;
    write();
}

void Connection::take_body() {
    const auto progress = parser_.read_body(input_.view(), route_->body_limit);
    input_.consume(progress.consumed);
    request_bytes_ += progress.consumed;
    switch (progress.state) {
        case RequestParser::BodyState::Complete:
            return dispatch();
        case RequestParser::BodyState::Malformed:
            return refuse({400, "The chunked request body is malformed."});
        case RequestParser::BodyState::TooLong:
            return refuse({413, "The request body is larger than this path accepts."});
        case RequestParser::BodyState::Refused:
            return send(*std::exchange(refusal_, std::nullopt));
        case RequestParser::BodyState::Incomplete:
            break;
    }
    if (input_.full()) return refuse({400, "The chunked request body is malformed."});
    // Of a chunked body nobody knows how long it will be: memory is taken as it comes, a little ahead of it.
    const auto held = request_.body.size();
    if (held > std::max(body_share_.bytes(), kSmallBody / 2) &&
        !hold_body(std::min(route_->body_limit, held + kSmallBody)))
        return;
    deadline_ = paced(services_.options.read_timeout, request_bytes_);
    read();
}

/// Takes memory for a body of that length, or refuses the request.
bool Connection::hold_body(std::uint64_t bytes) {
    if (receiver_ || bytes <= kSmallBody) return true;
    const auto& hooks = services_.hooks;
    const auto clients = hooks.clients ? hooks.clients(request_) : std::vector<std::string>{address_};
    switch (body_share_.grow(services_.body_memory, clients, bytes)) {
        case BodyMemory::Verdict::Granted:
            return true;
        case BodyMemory::Verdict::NeverFits:
            refuse({413, "The request body is larger than this server is set up to hold."});
            return false;
        case BodyMemory::Verdict::ClientIsFull:
            send(failure(429, "Too many long requests of yours are under way. Try again in a moment.")
                     .with("Retry-After", "1"));
            return false;
        case BodyMemory::Verdict::AllIsFull:
            refuse_overload();
            return false;
    }
    return false;
}

void Connection::dispatch() {
    const auto answer = [this](Response response) { send(std::move(response)); };
    if (receiver_) {
        return submit(
            services_.transfers,
            [receiver = receiver_](const Request& request) { return receiver->finish(request); }, answer);
    }
    if (route_->quick) {
        if (auto response = guarded(route_->quick)) return send(std::move(*response));
    }
    if (!route_->handler) return send(failure(404, "There is nothing at this path."));
    submit(route_->moves_files ? services_.transfers : services_.pool, route_->handler, answer);
}

/// Runs `work` on a pool, then `done` here with what it made, unless the deadline was answered in between.
template <class Work, class Done>
void Connection::submit(WorkerPool& pool, Work work, Done done) {
    phase_ = Phase::Pooled;
    deadline_ = Clock::now() + route_->deadline;
    claim_ = std::make_shared<std::atomic_flag>();
    const bool queued =
        pool.submit([self = shared_from_this(), claim = claim_, work = std::move(work), done] {
            if (claim->test_and_set()) return;
            asio::post(self->thread_.context(), [self, done, made = self->guarded(work)]() mutable {
                if (self->phase_ == Phase::Pooled) done(std::move(made));
            });
        });
    if (!queued) refuse_overload();
}

/// Calls a handler. That it throws is a defect of the program: it is answered 500 and logged by the type of
/// the exception alone, since its text may quote the request.
template <class Answer>
auto Connection::guarded(const Answer& answer) -> decltype(answer(std::declval<const Request&>())) {
    std::string defect;
    try {
        return answer(request_);
    } catch (const std::exception& thrown) {
        defect = boost::core::demangle(typeid(thrown).name());
    } catch (...) {
        defect = "not a std::exception";
    }
    base::log(base::LogLevel::Error, "handler_threw", {{"route", route_->pattern}, {"exception", defect}});
    return failure(500, "The server met a defect of its own. It has been logged.");
}

Response Connection::failure(unsigned status, std::string_view message) const {
    return failure_response(services_.hooks, request_, status, message);
}

void Connection::refuse(const Rejection& rejection) {
    Response response = failure(rejection.status, rejection.message);
    response.close = true;
    send(std::move(response));
}

void Connection::refuse_overload() {
    send(failure(503, "The server is at its limit. Try again in a moment.").with("Retry-After", "1"));
}

/// Nothing is done, and no thread is held, until the answer can be made.
void Connection::await_answer(std::shared_ptr<LateAnswer> later) {
    phase_ = Phase::Pooled;
    deadline_ = Clock::time_point::max();
    later_ = std::move(later);
    // Weakly: who calls it must not be the one that a connection ends on.
    later_->await([weak = weak_from_this(), &context = thread_.context()] {
        asio::post(context, [weak] {
            const auto self = weak.lock();
            if (!self || self->phase_ != Phase::Pooled || !self->later_) return;
            const auto ready = std::exchange(self->later_, nullptr);
            self->submit(
                self->services_.pool, [ready](const Request& request) { return ready->make(request); },
                [self](Response response) { self->send(std::move(response)); });
        });
    });
}

/// The deadline of a step in which `bytes` have moved so far: `patience` from now, unless the peer is too
/// slow on the whole, so that nobody holds a connection by a byte now and then.
Connection::Clock::time_point Connection::paced(std::chrono::milliseconds patience, std::size_t bytes) const {
    const auto earned = std::chrono::seconds(bytes / kSlowestPace);
    return std::min(Clock::now() + patience, phase_began_ + patience + earned);
}

}  // namespace cript::http
