#include "http/byte_range.hpp"

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"

namespace cript::http {

namespace {

/// A number of digits only. One that is too large for the type is as large as can be.
std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || end != digits.data() + digits.size()) return std::nullopt;
    return status == std::errc::result_out_of_range ? UINT64_MAX : value;
}

}  // namespace

std::variant<WholeContent, ByteRange, RangeNotSatisfiable> read_range(std::optional<std::string_view> header,
                                                                      std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    if (!header || !base::equals_ignoring_case(header->substr(0, kUnit.size()), kUnit)) return WholeContent{};
    const auto range = header->substr(kUnit.size());
    const auto dash = range.find('-');
    if (dash == std::string_view::npos) return WholeContent{};
    const auto last = number(range.substr(dash + 1));
    if (dash == 0) {  // the last bytes
        if (!last) return WholeContent{};
        if (*last == 0 || size == 0) return RangeNotSatisfiable{};
        const auto length = std::min(*last, size);
        return ByteRange{size - length, length};
    }
    const auto first = number(range.substr(0, dash));
    const bool is_open = dash + 1 == range.size();
    if (!first || (!last && !is_open) || (last && *last < *first)) return WholeContent{};
    if (*first >= size) return RangeNotSatisfiable{};
    const auto end = is_open ? size : std::min(*last, size - 1) + 1;
    return ByteRange{*first, end - *first};
}

}  // namespace cript::http
