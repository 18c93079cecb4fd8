#include "model/units/unit_scanner.hpp"

#include <array>
#include <charconv>
#include <string>
#include <system_error>

namespace cript::model {

namespace {

struct Sign {
    std::string_view text;
    UnitToken token;
};

/// `**` before `*`: the first that stands there counts.
constexpr std::array kSigns{
    Sign{"**", UnitToken::Power},     Sign{"^", UnitToken::Power},      Sign{"*", UnitToken::Times},
    Sign{"/", UnitToken::Per},        Sign{"(", UnitToken::Open},       Sign{")", UnitToken::Close},
    Sign{"-", UnitToken::Minus},      Sign{"+", UnitToken::Plus},       Sign{"\u00b7", UnitToken::Times},
    Sign{"\u22c5", UnitToken::Times}, Sign{"\u2219", UnitToken::Times}, Sign{"\u00d7", UnitToken::Times},
    Sign{"\u2212", UnitToken::Minus},
};

/// Of spaces beyond ASCII: no-break, thin, narrow no-break.
constexpr std::array<std::string_view, 3> kWideBlanks{"\u00a0", "\u2009", "\u202f"};

constexpr std::array<std::string_view, 11> kSuperscripts{"⁰", "¹", "²", "³", "⁴", "⁵",
                                                         "⁶", "⁷", "⁸", "⁹", "⁻"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '%';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t length_of_code_point(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0xc0) return 1;
    if (byte < 0xe0) return 2;
    return byte < 0xf0 ? 3 : 4;
}

}  // namespace

void UnitScanner::advance() {
    skip_blanks();
    begin_ = end_;
    if (end_ >= text_.size()) {
        token_ = UnitToken::End;
        return;
    }
    if (scan_sign() || scan_superscript() || scan_number() || scan_word()) return;
    end_ = std::min(text_.size(), end_ + length_of_code_point(text_[end_]));
    token_ = UnitToken::Unknown;
}

/// A comma that a blank follows is one too: some terms name two units like that.
void UnitScanner::skip_blanks() {
    while (end_ < text_.size()) {
        const char c = text_[end_];
        if (is_blank(c) || (c == ',' && end_ + 1 < text_.size() && is_blank(text_[end_ + 1]))) {
            ++end_;
            continue;
        }
        std::size_t length = 0;
        for (const auto blank : kWideBlanks) {
            if (stands(blank)) length = blank.size();
        }
        if (length == 0) return;
        end_ += length;
    }
}

bool UnitScanner::accept(std::string_view sign, UnitToken token) {
    if (!stands(sign)) return false;
    end_ += sign.size();
    token_ = token;
    return true;
}

bool UnitScanner::scan_sign() {
    if (is_letter(text_[end_]) || is_digit(text_[end_])) return false;
    for (const auto& sign : kSigns) {
        if (accept(sign.text, sign.token)) return true;
    }
    return false;
}

bool UnitScanner::scan_superscript() {
    if (static_cast<unsigned char>(text_[end_]) < 0x80) return false;
    constexpr std::size_t kMinus = 10;
    std::string digits;
    for (bool found = true; found;) {
        found = false;
        for (std::size_t at = 0; at < kSuperscripts.size() && !found; ++at) {
            if (!stands(kSuperscripts[at])) continue;
            digits.push_back(at == kMinus ? '-' : static_cast<char>('0' + at));
            end_ += kSuperscripts[at].size();
            found = true;
        }
    }
    if (digits.empty()) return false;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number_);
    token_ = read.ec == std::errc() && read.ptr == end ? UnitToken::Superscript : UnitToken::Unknown;
    return true;
}

bool UnitScanner::scan_number() {
    const char c = text_[end_];
    const bool is_fraction = c == '.' && end_ + 1 < text_.size() && is_digit(text_[end_ + 1]);
    if (!is_digit(c) && !is_fraction) return false;
    const auto read = std::from_chars(text_.data() + end_, text_.data() + text_.size(), number_);
    end_ = static_cast<std::size_t>(read.ptr - text_.data());
    token_ = read.ec == std::errc() ? UnitToken::Number : UnitToken::Unknown;
    return true;
}

bool UnitScanner::scan_word() {
    const auto is_part = [this](bool first) {
        const char c = text_[end_];
        if (is_letter(c) || (!first && is_digit(c))) return true;
        if (static_cast<unsigned char>(c) < 0x80) return false;
        for (const auto& sign : kSigns) {
            if (stands(sign.text)) return false;
        }
        for (const auto digit : kSuperscripts) {
            if (stands(digit)) return false;
        }
        for (const auto blank : kWideBlanks) {
            if (stands(blank)) return false;
        }
        return true;
    };
    while (end_ < text_.size() && is_part(end_ == begin_)) {
        end_ = std::min(text_.size(), end_ + length_of_code_point(text_[end_]));
    }
    token_ = UnitToken::Word;
    return end_ > begin_;
}

}  // namespace cript::model
