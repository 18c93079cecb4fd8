#pragma once

#include <string_view>

#include "http/message.hpp"

namespace cript::http {

/// Does the client take that content coding ("gzip", "br"; RFC 9110 §12.5.3)? It has to name it, or `*`, with
/// a weight that is not zero; its own name counts more than `*`.
[[nodiscard]] bool accepts_coding(const Headers& headers, std::string_view coding);

/// Does If-None-Match name that entity tag, or any (RFC 9110 §13.1.2, weak comparison)?
[[nodiscard]] bool client_has(const Headers& headers, std::string_view etag);

}  // namespace cript::http
