#pragma once

#include <cstddef>
#include <string_view>

namespace cript::model {

/// The length of well-formed UTF-8 text in Unicode code points.
[[nodiscard]] inline std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1U : 0U;
    return count;
}

}  // namespace cript::model
