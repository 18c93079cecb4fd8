#include "store/sqlite/name_search.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "store/letter_case.hpp"

namespace cript::store::sqlite {

namespace {

/// A character in every case. Signs that are letters by another name (micro, long s, ohm, kelvin, ångström)
/// go with their letter, as they do in the index.
std::vector<char32_t> cases_of(char32_t point) {
    struct Sign {
        char32_t sign;
        char32_t letter;
    };
    static constexpr std::array kSigns{Sign{0xb5, 0x3bc}, Sign{0x17f, 's'}, Sign{0x2126, 0x3c9},
                                       Sign{0x212a, 'k'}, Sign{0x212b, 0xe5}};
    std::vector<char32_t> cases{point, lower(point), upper(point), lower(upper(point))};
    for (const auto& [sign, letter] : kSigns) {
        if (std::find(cases.begin(), cases.end(), letter) != cases.end()) cases.push_back(sign);
    }
    std::sort(cases.begin(), cases.end());
    cases.erase(std::unique(cases.begin(), cases.end()), cases.end());
    return cases;
}

}  // namespace

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
