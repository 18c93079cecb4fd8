#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

namespace cript::http {

/// Why a request is answered before any handler sees it. The message is a literal: it never quotes the
/// request.
struct Rejection {
    unsigned status = 400;
    std::string_view message;
};

/// Header fields that one request may have.
inline constexpr std::size_t kFieldLimit = 100;
/// Bytes of a request target; beyond it 414.
inline constexpr std::size_t kTargetLimit = 8'192;

/// Where the blank line that closes a request header ends; 0 while it has not come.
/// `scanned` bytes are known from an earlier call. A line that does not end in CRLF is refused as soon as it
/// is seen (RFC 9112 §2.2 would allow to tolerate it; two readers that differ about it can be played against
/// each other).
[[nodiscard]] tl::expected<std::size_t, Rejection> find_header_end(std::string_view bytes,
                                                                   std::size_t scanned);

/// Holds a whole request header, request line to blank line, against RFC 9112 in its strict reading:
/// everything that two HTTP implementations might read differently is refused. Refused are: control
/// characters, folded lines, blanks around field names, no or two `Host`, any length that is not one plain
/// number, `Transfer-Encoding` that is not exactly `chunked` or stands beside `Content-Length`, versions
/// other than 1.0 and 1.1, methods that no route can have.
[[nodiscard]] std::optional<Rejection> check_header(std::string_view header);

}  // namespace cript::http
