#pragma once

#include <string>
#include <string_view>

namespace cript::store::postgres {

/// Does the server take this text? It refuses U+0000 and what is not UTF-8, so no stored text is like that.
[[nodiscard]] bool can_be_stored(std::string_view text);

/// The text, with a question mark for each byte that the server does not take. For what clients say of
/// themselves: a header may hold any bytes, and a strange one is no reason to refuse a request.
[[nodiscard]] std::string storable(std::string_view text);

}  // namespace cript::store::postgres
