#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "http/strictness.hpp"

namespace cript::http {

struct RequestTarget {
    std::string path;            ///< percent-decoded once
    std::string_view raw_query;  ///< a view into the text that was parsed
};

/// Reads a target in origin form (RFC 9112 §3.2.1). The path is held to RFC 3986 §3.3; the query may also
/// hold the other visible characters, which browsers and Python's requests send unescaped. Refused (400) is a
/// path that, decoded, holds a control character, invalid UTF-8, or a `.` or `..` segment.
[[nodiscard]] tl::expected<RequestTarget, Rejection> parse_target(std::string_view target);

}  // namespace cript::http
