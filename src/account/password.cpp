#include "account/password.hpp"

#include <fmt/format.h>

#include <array>

#include "base/encoding.hpp"

namespace cript::account {

namespace {

// What remains of a common password once its repetitions, digits and signs are taken off. A password that is
// nothing but one of these, repeated or decorated, is refused.
constexpr std::array<std::string_view, 38> kCommonCores{"password",      "passwort",
                                                        "passwd",        "qwerty",
                                                        "qwertyuiop",    "asdfghjkl",
                                                        "zxcvbnm",       "letmein",
                                                        "welcome",       "iloveyou",
                                                        "monkey",        "dragon",
                                                        "football",      "baseball",
                                                        "superman",      "batman",
                                                        "trustno",       "sunshine",
                                                        "princess",      "master",
                                                        "shadow",        "admin",
                                                        "administrator", "changeme",
                                                        "secret",        "default",
                                                        "guest",         "login",
                                                        "abc",           "abcdef",
                                                        "abcdefgh",      "test",
                                                        "testing",       "polymer",
                                                        "polymers",      "cript",
                                                        "opencript",     "correcthorsebatterystaple"};

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    return count;
}

/// Does `text` consist of one piece of up to eight bytes, again and again?
bool repeats(std::string_view text) {
    for (std::size_t period = 1; period <= 8 && period * 2 <= text.size(); ++period) {
        bool same = true;
        for (std::size_t at = period; at < text.size() && same; ++at) same = text[at] == text[at - period];
        if (same) return true;
    }
    return false;
}

/// Does each character follow the one before, as in 123456789 or abcdefgh?
bool ascends(std::string_view text) {
    std::size_t steps = 0;
    for (std::size_t at = 1; at < text.size(); ++at) {
        const int step = static_cast<unsigned char>(text[at]) - static_cast<unsigned char>(text[at - 1]);
        steps += step == 1 || step == -1 || (text[at] == '0' && text[at - 1] == '9') ? 1 : 0;
    }
    return steps + 2 >= text.size();
}

std::string letters_of(std::string_view lowered) {
    std::string letters;
    for (const char c : lowered) {
        if (c >= 'a' && c <= 'z') letters.push_back(c);
    }
    return letters;
}

bool is_made_of(std::string_view letters, std::string_view core) {
    if (core.empty() || letters.empty() || letters.size() % core.size() != 0) return false;
    for (std::size_t at = 0; at < letters.size(); at += core.size()) {
        if (letters.substr(at, core.size()) != core) return false;
    }
    return true;
}

bool is_common(std::string_view lowered, std::string_view username, std::string_view email) {
    if (repeats(lowered) || ascends(lowered)) return true;
    const auto letters = letters_of(lowered);
    for (const auto core : kCommonCores) {
        if (is_made_of(letters, core)) return true;
    }
    const auto name = letters_of(base::ascii_lower(username));
    const auto mail = letters_of(base::ascii_lower(email));
    return is_made_of(letters, name) || is_made_of(letters, mail);
}

}  // namespace

std::optional<std::string> password_fault(std::string_view password, std::string_view username,
                                          std::string_view email) {
    if (!base::is_utf8(password)) return "the password must be UTF-8 text";
    if (characters(password) < kShortestPassword) {
        return fmt::format(
            "the password has {} characters; it needs at least {} (a sentence is easy to remember)",
            characters(password), kShortestPassword);
    }
    if (password.size() > kLongestPassword) {
        return fmt::format("the password is longer than {} bytes", kLongestPassword);
    }
    if (is_common(base::ascii_lower(password), username, email)) {
        return "the password is one of those that are tried first; choose another";
    }
    return std::nullopt;
}

std::optional<std::string> username_fault(std::string_view username) {
    if (username.size() < 2 || username.size() > 64) return "the user name must have 2 to 64 characters";
    for (std::size_t at = 0; at < username.size(); ++at) {
        const char c = username[at];
        const bool letter_or_digit =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool sign = c == '.' || c == '_' || c == '-';
        if (!letter_or_digit && !(sign && at > 0)) {
            return "the user name may hold letters, digits, '.', '_' and '-', and begins with a letter or "
                   "digit";
        }
    }
    return std::nullopt;
}

std::optional<std::string> email_fault(std::string_view email) {
    const auto at = email.find('@');
    const bool shaped = at != std::string_view::npos && at > 0 && at + 1 < email.size() &&
                        email.find('@', at + 1) == std::string_view::npos;
    if (!shaped || email.size() > 254 || !base::is_utf8(email)) {
        return "the e-mail address must look like name@host";
    }
    for (const char c : email) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f')
            return "the e-mail address must not hold blanks";
    }
    return std::nullopt;
}

}  // namespace cript::account
