#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace cript::http {

/// What the connection adds to a response.
struct ResponseFraming {
    std::uint64_t body_size = 0;  ///< bytes of the body, also where it is not sent (HEAD)
    std::string_view date;
    bool keep_alive = true;
    bool http_1_0 = false;  ///< the request came by HTTP/1.0, where keeping the connection has to be said
};

/// May a response of that status have a body at all (RFC 9110 §6.4.1)?
[[nodiscard]] constexpr bool has_content(unsigned status) {
    return status >= 200 && status != 204 && status != 304;
}

/// Appends status line and header fields. The fields that frame a message (Content-Length, Transfer-Encoding,
/// Connection, Date, Server) are the connection's: those of the response are left out.
/// False, and nothing appended, if a field of the response holds a character that would break out of it.
[[nodiscard]] bool append_head(std::string& out, const Response& response, const ResponseFraming& framing);

}  // namespace cript::http
