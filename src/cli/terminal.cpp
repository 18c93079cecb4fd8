#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "base/encoding.hpp"

namespace cript::cli {

namespace {

// ECMA-48 §8.3.117, select graphic rendition; in the order of Style.
constexpr std::string_view kBegin = "\033[";
constexpr std::array<std::string_view, 7> kCodes{"0", "1", "2", "1;31", "32", "33", "36"};

}  // namespace

Surroundings process_surroundings() {
    return {client::process_environment(), std::cin, std::cout, std::cerr, ::isatty(STDOUT_FILENO) == 1,
            ::isatty(STDERR_FILENO) == 1};
}

std::string without_controls(std::string_view text, std::string_view instead) {
    std::string out;
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        const auto character = text.substr(0, length);
        const bool is_c0 = (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F;
        const bool is_c1 = first == 0xC2 && character.size() == 2 &&
                           static_cast<unsigned char>(character[1]) < 0xA0;  // U+0080 to U+009F
        const bool is_text = base::is_utf8(character);
        out += is_c0 || is_c1 || !is_text ? instead : character;
        text.remove_prefix(is_text ? length : 1);
    }
    return out;
}

std::string Paint::operator()(Style style, std::string_view text) const {
    if (!coloured_ || style == Style::Plain) return std::string(text);
    return fmt::format("{}{}m{}\033[0m", kBegin, kCodes.at(static_cast<std::size_t>(style)), text);
}

std::string Paint::shown(std::string_view text) const {
    std::string out;
    for (std::size_t from = 0; from < text.size();) {
        auto at = coloured_ ? text.find(kBegin, from) : std::string_view::npos;
        out += without_controls(text.substr(from, at - from));
        if (at == std::string_view::npos) break;
        const auto code = text.substr(at + kBegin.size(), text.find('m', at) - at - kBegin.size());
        const bool is_own = std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
        from = at + (is_own ? kBegin.size() + code.size() + 1 : 1);
        out += is_own ? text.substr(at, from - at) : without_controls(text.substr(at, 1));
    }
    return out;
}

}  // namespace cript::cli
