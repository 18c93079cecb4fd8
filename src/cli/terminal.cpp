#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

namespace cript::cli {

Surroundings process_surroundings() {
    return {client::process_environment(), std::cin, std::cout, std::cerr, ::isatty(STDOUT_FILENO) == 1,
            ::isatty(STDERR_FILENO) == 1};
}

std::string Paint::operator()(Style style, std::string_view text) const {
    if (!coloured_ || style == Style::Plain) return std::string(text);
    // ECMA-48 §8.3.117, select graphic rendition.
    const char* code = "0";
    switch (style) {
        case Style::Plain:
            break;
        case Style::Bold:
            code = "1";
            break;
        case Style::Dim:
            code = "2";
            break;
        case Style::Red:
            code = "1;31";
            break;
        case Style::Green:
            code = "32";
            break;
        case Style::Yellow:
            code = "33";
            break;
        case Style::Cyan:
            code = "36";
            break;
    }
    return fmt::format("\033[{}m{}\033[0m", code, text);
}

}  // namespace cript::cli
