#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace cript::http {

/// Bytes of a content, at least one.
struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;

    bool operator==(const ByteRange&) const = default;
};

struct WholeContent {};
struct RangeNotSatisfiable {};

/// What a `Range` header asks for of a content of that size (RFC 9110 §14.2): one range; everything, if the
/// header is absent, malformed, of another unit or of several ranges, which a server may ignore; or what the
/// content does not have.
[[nodiscard]] std::variant<WholeContent, ByteRange, RangeNotSatisfiable> read_range(
    std::optional<std::string_view> header, std::uint64_t size);

}  // namespace cript::http
