#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "http/message.hpp"
#include "http/strictness.hpp"

namespace cript::http {

/// Turns the bytes of one request after the other into a Request: our strict checks first, then Beast's
/// parser.
class RequestParser {
  public:
    RequestParser();
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    /// Begins a request with its whole header, blank line included. Fills method, path, query and headers of
    /// `request`, which must live until the body is read. The path is "*" for `OPTIONS *`.
    [[nodiscard]] std::optional<Rejection> read_header(std::string_view header, Request& request);

    [[nodiscard]] bool complete() const;    ///< the whole request has been read
    [[nodiscard]] bool keep_alive() const;  ///< the client lets the connection live on
    [[nodiscard]] bool http_1_0() const;
    [[nodiscard]] bool expects_continue() const;  ///< the client waits for `100 Continue`
    [[nodiscard]] std::optional<std::uint64_t> content_length() const;

    /// What takes the body from now on, instead of the request; false refuses the rest.
    using BodyTaker = std::function<bool(std::string_view)>;
    void deliver_body_to(BodyTaker taker);

    enum class BodyState : std::uint8_t { Incomplete, Complete, TooLong, Malformed, Refused };
    struct BodyProgress {
        std::size_t consumed =
            0;  ///< bytes that were used; the others are wanted again, with more behind them
        BodyState state = BodyState::Incomplete;
    };
    /// Appends what `bytes` hold of the body to the request, or delivers it. A chunked body's trailer fields
    /// are dropped, as RFC 9112 §7.1.2 asks where they are not understood. Not to be called once complete().
    [[nodiscard]] BodyProgress read_body(std::string_view bytes, std::uint64_t limit);

  private:
    class Message;
    std::unique_ptr<Message> message_;
};

}  // namespace cript::http
