#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "cript/json.hpp"

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

/// Where the value that a JSON Pointer leads to stands in a text: offset and length in bytes.
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> span_of_value(std::string_view json,
                                                                               std::string_view pointer);

/// The value that a JSON Pointer leads to, or null.
[[nodiscard]] const Json* value_at(const Json& json, std::string_view pointer);

/// Where it stands, for putting pointers into the order of the document: the places of what it leads through.
[[nodiscard]] std::vector<std::size_t> place_in(const Json& json, std::string_view pointer);

}  // namespace cript::cli
