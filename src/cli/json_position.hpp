#pragma once

#include <cstddef>
#include <string_view>

namespace cript::cli {

/// A place in a text: lines and columns (in bytes) count from 1.
struct Position {
    std::size_t line = 1;
    std::size_t column = 1;
    std::string_view line_text;
    std::size_t width = 1;  ///< of what stands there, on this line
};

/// Where the value of a JSON Pointer (RFC 6901) stands in a text that is known to be JSON: at its name if it
/// is a member, else at the value. Where the pointer goes beyond the text, the last place on its way.
[[nodiscard]] Position position_of(std::string_view json, std::string_view pointer);

}  // namespace cript::cli
