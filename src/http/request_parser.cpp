#include "http/request_parser.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "base/encoding.hpp"
#include "http/request_target.hpp"

namespace cript::http {

namespace beast = boost::beast;
using beast::error_code;

namespace {

/// No more of an announced body is reserved before it comes.
constexpr std::uint64_t kBodyReserve = 1U << 20U;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

std::optional<Method> method_of(beast::http::verb verb) {
    switch (verb) {
        case beast::http::verb::get:
            return Method::Get;
        case beast::http::verb::head:
            return Method::Head;
        case beast::http::verb::post:
            return Method::Post;
        case beast::http::verb::put:
            return Method::Put;
        case beast::http::verb::patch:
            return Method::Patch;
        case beast::http::verb::delete_:
            return Method::Delete;
        case beast::http::verb::options:
            return Method::Options;
        default:
            return std::nullopt;
    }
}

}  // namespace

/// Receives the pieces that Beast finds.
class RequestParser::Message final : public beast::http::basic_parser<true> {
  public:
    explicit Message(Request& request) : request_(request) {
        header_limit(std::numeric_limits<std::uint32_t>::max());  // the header is here already
        body_limit(boost::none);                                  // counted below, by the limit of the route
    }

    [[nodiscard]] const std::optional<Rejection>& rejection() const { return rejection_; }
    [[nodiscard]] bool http_1_0() const { return version_ == 10; }
    [[nodiscard]] bool expects_continue() const { return expects_continue_; }
    [[nodiscard]] bool was_refused() const { return was_refused_; }
    void set_limit(std::uint64_t limit) { limit_ = limit; }
    void set_taker(BodyTaker taker) { taker_ = std::move(taker); }

  private:
    void on_request_impl(beast::http::verb verb, beast::string_view, beast::string_view target, int version,
                         error_code& ec) override {
        version_ = version;
        const auto method = method_of(verb);
        if (!method) return refuse({501, "This method is not supported."}, ec);
        request_.method = *method;
        if (*method == Method::Options && target == "*") {
            request_.path = "*";
            return;
        }
        auto parsed = http::parse_target(view(target));
        if (!parsed) return refuse(parsed.error(), ec);
        request_.path = std::move(parsed->path);
        request_.raw_query = parsed->raw_query;
    }

    void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
                       error_code&) override {
        if (header_done_) return;  // a trailer field
        if (field == beast::http::field::expect) expects_continue_ = version_ >= 11;
        request_.headers.add(std::string(view(name)), std::string(view(value)));
    }

    void on_header_impl(error_code&) override { header_done_ = true; }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length && !taker_) request_.body.reserve(std::min(*length, kBodyReserve));
    }

    std::size_t on_body_impl(beast::string_view piece, error_code& ec) override {
        if (piece.size() > limit_ - received_) {
            ec = beast::http::error::body_limit;
            return 0;
        }
        received_ += piece.size();
        if (!taker_) {
            request_.body.append(piece.data(), piece.size());
        } else if (!taker_(view(piece))) {
            was_refused_ = true;
            ec = beast::http::error::body_limit;
            return 0;
        }
        return piece.size();
    }

    void on_chunk_header_impl(std::uint64_t size, beast::string_view, error_code& ec) override {
        if (size > limit_ - received_) ec = beast::http::error::body_limit;
    }

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view piece, error_code& ec) override {
        return on_body_impl(piece, ec);
    }

    void on_finish_impl(error_code&) override {}
    void on_response_impl(int, beast::string_view, int, error_code&) override {}

    void refuse(Rejection rejection, error_code& ec) {
        rejection_ = rejection;
        ec = beast::http::error::bad_target;
    }

    Request& request_;
    std::optional<Rejection> rejection_;
    BodyTaker taker_;
    bool was_refused_ = false;
    std::uint64_t limit_ = 0;
    std::uint64_t received_ = 0;
    int version_ = 11;
    bool header_done_ = false;
    bool expects_continue_ = false;
};

RequestParser::RequestParser() = default;
RequestParser::~RequestParser() = default;

std::optional<Rejection> RequestParser::read_header(std::string_view header, Request& request) {
    message_.reset();
    if (auto rejection = check_header(header)) return rejection;
    message_ = std::make_unique<Message>(request);
    error_code ec;
    const std::size_t used = message_->put(boost::asio::buffer(header.data(), header.size()), ec);
    if (message_->rejection()) return message_->rejection();
    if (ec || used != header.size() || !message_->is_header_done()) {
        return Rejection{400, "The request header is malformed."};
    }
    message_->eager(true);
    return std::nullopt;
}

bool RequestParser::complete() const {
    return message_ && message_->is_done();
}

bool RequestParser::keep_alive() const {
    return message_ && message_->is_header_done() && message_->keep_alive();
}

bool RequestParser::http_1_0() const {
    return message_ && message_->http_1_0();
}

bool RequestParser::expects_continue() const {
    return message_ && message_->expects_continue();
}

std::optional<std::uint64_t> RequestParser::content_length() const {
    if (!message_ || !message_->is_header_done()) return std::nullopt;
    const auto length = message_->content_length();
    return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

void RequestParser::deliver_body_to(BodyTaker taker) {
    message_->set_taker(std::move(taker));
}

RequestParser::BodyProgress RequestParser::read_body(std::string_view bytes, std::uint64_t limit) {
    if (bytes.empty()) return {};
    message_->set_limit(limit);
    error_code ec;
    const std::size_t used = message_->put(boost::asio::buffer(bytes.data(), bytes.size()), ec);
    if (message_->was_refused()) return {used, BodyState::Refused};
    if (ec == beast::http::error::body_limit) return {used, BodyState::TooLong};
    if (ec && ec != beast::http::error::need_more) return {used, BodyState::Malformed};
    return {used, message_->is_done() ? BodyState::Complete : BodyState::Incomplete};
}

}  // namespace cript::http
