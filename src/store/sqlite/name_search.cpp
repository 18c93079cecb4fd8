#include "store/sqlite/name_search.hpp"

#include "store/letter_case.hpp"

namespace cript::store::sqlite {

std::string fts_phrase(std::string_view text) {
    std::string phrase("\"");
    for (const char c : text) {
        if (c == '"') phrase.push_back('"');
        phrase.push_back(c);
    }
    return phrase + "\"";
}

std::string glob_pattern(std::string_view text) {
    std::string pattern("*");
    while (!text.empty()) {
        const auto character = take_character(text);
        const auto cases = cases_of(code_point(character));
        const bool is_special = character == "*" || character == "?" || character == "[";
        if (cases.size() > 1 || is_special) {
            pattern.push_back('[');
            for (const auto point : cases) append_utf8(pattern, point);
            pattern.push_back(']');
        } else {
            pattern.append(character);
        }
    }
    return pattern + "*";
}

}  // namespace cript::store::sqlite
