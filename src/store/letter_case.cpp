#include "store/letter_case.hpp"

#include <locale.h>
#include <wctype.h>

#include <algorithm>
#include <array>

namespace cript::store {

namespace {

bool begins_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
}

locale_t unicode() {
    static const locale_t kUnicode = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return kUnicode;
}

}  // namespace

std::string_view take_character(std::string_view& text) {
    const auto* end = std::find_if(text.begin() + 1, text.end(), begins_character);
    const auto character = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(character.size());
    return character;
}

char32_t code_point(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    if (character.size() == 1) return first;
    char32_t point = first & (0x7fU >> character.size());
    for (const char byte : character.substr(1))
        point = point << 6U | (static_cast<unsigned char>(byte) & 0x3fU);
    return point;
}

void append_utf8(std::string& out, char32_t point) {
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

char32_t lower(char32_t point) {
    return unicode() ? ::towlower_l(point, unicode()) : ::towlower(point);
}

char32_t upper(char32_t point) {
    return unicode() ? ::towupper_l(point, unicode()) : ::towupper(point);
}

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

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto byte = static_cast<unsigned char>(text.front());
        if (byte < 0x80U) {
            out.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte));
            text.remove_prefix(1);
            continue;
        }
        // By way of the capital: micro and Greek mu, or the two small sigmas, have the same.
        append_utf8(out, lower(upper(code_point(take_character(text)))));
    }
    return out;
}

bool has_trigram(std::string_view text) {
    return std::count_if(text.begin(), text.end(), begins_character) >= 3;
}

}  // namespace cript::store
