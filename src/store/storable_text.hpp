#pragma once

#include <string>
#include <string_view>

namespace cript::store {

/// Does every database take this text? PostgreSQL refuses U+0000 and what is not UTF-8, so no stored text is
/// like that.
[[nodiscard]] bool can_be_stored(std::string_view text);

/// The text, with a question mark for each byte that not every database takes. For what clients say of
/// themselves: a header may hold any bytes, and a strange one is no reason to refuse a request.
[[nodiscard]] std::string storable(std::string_view text);

}  // namespace cript::store
