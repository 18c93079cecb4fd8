#pragma once

#include <string>
#include <string_view>

namespace cript::store::sqlite {

// A search for a part of a name, in any case. The index knows names by their trigrams; a shorter text is held
// against every name.

/// Has the text at least three characters?
[[nodiscard]] bool has_trigram(std::string_view text);

/// The text as a string of FTS5: between quotes, everything is itself.
[[nodiscard]] std::string fts_phrase(std::string_view text);

/// A pattern of GLOB that fits what contains the text. Unlike LIKE, it does not look at case beyond ASCII
/// either.
[[nodiscard]] std::string glob_pattern(std::string_view text);

}  // namespace cript::store::sqlite
