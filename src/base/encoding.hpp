#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cript::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The value of a hexadecimal digit of either case, or -1.
[[nodiscard]] constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Lower-case hexadecimal text.
[[nodiscard]] std::string to_hex(ByteView bytes);
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

/// Base64 with padding (RFC 4648 §4).
[[nodiscard]] std::string to_base64(ByteView bytes);
/// Base64url without padding (RFC 4648 §5).
[[nodiscard]] std::string to_base64url(ByteView bytes);

/// Replaces %XX (RFC 3986 §2.1); nothing if a `%` is not followed by two hexadecimal digits.
/// A `+` stays a plus.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);
/// Escapes everything but the unreserved characters of RFC 3986 §2.3.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// Is the text well-formed UTF-8?
[[nodiscard]] bool is_utf8(std::string_view text);

/// ASCII only; other bytes stay.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool equals_ignoring_case(std::string_view left, std::string_view right);

}  // namespace cript::base
