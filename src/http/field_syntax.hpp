#pragma once

#include <string_view>

namespace cript::http {

/// Without the blanks and tabs around it (optional whitespace, RFC 9110 §5.6.3).
[[nodiscard]] constexpr std::string_view trim_blanks(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Takes the text up to the first `mark` off the front of `rest`, and the mark; all of it if there is no
/// mark.
[[nodiscard]] constexpr std::string_view take_until(std::string_view& rest, std::string_view mark) {
    const auto at = rest.find(mark);
    const std::string_view taken = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + mark.size());
    return taken;
}

}  // namespace cript::http
