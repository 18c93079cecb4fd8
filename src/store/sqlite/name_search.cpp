#include "store/sqlite/name_search.hpp"

#include <locale.h>
#include <wctype.h>

#include <algorithm>
#include <array>
#include <vector>

namespace cript::store::sqlite {

namespace {

bool begins_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
}

/// The code point of one character of well-formed UTF-8.
wint_t code_point(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    if (character.size() == 1) return first;
    wint_t point = first & (0x7fU >> character.size());
    for (const char byte : character.substr(1))
        point = point << 6U | (static_cast<unsigned char>(byte) & 0x3fU);
    return point;
}

void append_utf8(std::string& out, wint_t point) {
    const auto tail = [&](unsigned shift) {
        out.push_back(static_cast<char>(0x80U | (point >> shift & 0x3fU)));
    };
    if (point < 0x80) {
        out.push_back(static_cast<char>(point));
    } else if (point < 0x800) {
        out.push_back(static_cast<char>(0xc0U | point >> 6U));
        tail(0);
    } else if (point < 0x10000) {
        out.push_back(static_cast<char>(0xe0U | point >> 12U));
        tail(6);
        tail(0);
    } else {
        out.push_back(static_cast<char>(0xf0U | point >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

/// A character in every case. Signs that are letters by another name (micro, long s, ohm, kelvin, ångström)
/// go with their letter, as they do in the index.
std::vector<wint_t> cases_of(wint_t point) {
    struct Sign {
        wint_t sign;
        wint_t letter;
    };
    static constexpr std::array kSigns{Sign{0xb5, 0x3bc}, Sign{0x17f, 's'}, Sign{0x2126, 0x3c9},
                                       Sign{0x212a, 'k'}, Sign{0x212b, 0xe5}};
    static const locale_t kUnicode = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    const auto lower = [](wint_t of) { return kUnicode ? ::towlower_l(of, kUnicode) : ::towlower(of); };
    const auto upper = [](wint_t of) { return kUnicode ? ::towupper_l(of, kUnicode) : ::towupper(of); };

    std::vector<wint_t> cases{point, lower(point), upper(point), lower(upper(point))};
    for (const auto& [sign, letter] : kSigns) {
        if (std::find(cases.begin(), cases.end(), letter) != cases.end()) cases.push_back(sign);
    }
    std::sort(cases.begin(), cases.end());
    cases.erase(std::unique(cases.begin(), cases.end()), cases.end());
    return cases;
}

}  // namespace

bool has_trigram(std::string_view text) {
    return std::count_if(text.begin(), text.end(), begins_character) >= 3;
}

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
        const auto* end = std::find_if(text.begin() + 1, text.end(), begins_character);
        const auto character = text.substr(0, static_cast<std::size_t>(end - text.begin()));
        text.remove_prefix(character.size());
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
