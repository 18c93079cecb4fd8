#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/connection.hpp"

namespace cript::client {

/// What an answer 200 or 206 tells of the content whose bytes follow.
struct ContentHead {
    std::uint64_t offset = 0;  ///< of the first byte that follows
    std::uint64_t size = 0;    ///< of the whole
    std::string etag;
    std::string sha256;  ///< of the whole, in hexadecimal
};

/// Nothing if one of them is missing or cannot be (RFC 9110 §14.4, RFC 9530).
[[nodiscard]] std::optional<ContentHead> content_head(const WireAnswer& answer);

}  // namespace cript::client
