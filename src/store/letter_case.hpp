#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cript::store {

// Upper and lower case beyond ASCII, the same on every database and machine: as the C library's C.UTF-8 has
// it.

/// Takes one character off the front of a text that is not empty. Bytes that are no UTF-8 are characters of
/// their own.
[[nodiscard]] std::string_view take_character(std::string_view& text);
/// The code point of one character of well-formed UTF-8.
[[nodiscard]] char32_t code_point(std::string_view character);
void append_utf8(std::string& out, char32_t point);

[[nodiscard]] char32_t lower(char32_t point);
[[nodiscard]] char32_t upper(char32_t point);

/// A character in every case, ascending. Signs that are letters by another name (micro, long s, ohm, kelvin,
/// ångström) go with their letter.
[[nodiscard]] std::vector<char32_t> cases_of(char32_t point);

/// The text with every letter in one form: its case is gone, and signs that are letters by another name
/// (micro, ohm, kelvin, ångström) have become their letters. Two texts that differ in nothing else are the
/// same.
[[nodiscard]] std::string folded(std::string_view text);

/// Has the text at least three characters? A shorter one is not found by an index of trigrams.
[[nodiscard]] bool has_trigram(std::string_view text);

}  // namespace cript::store
