#include "client/token.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace cript {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool take_word(std::string_view& text, std::string_view word) {
    const auto end = std::min(text.find_first_of(kBlanks), text.size());
    if (!base::equals_ignoring_case(text.substr(0, end), word)) return false;
    text = trimmed(text.substr(end));
    return true;
}

std::string_view without_scheme(std::string_view text) {
    text = trimmed(text);
    take_word(text, "Authorization:");
    take_word(text, "Bearer");
    take_word(text, "Token");
    return text;
}

/// `token68` of RFC 9110 §11.2: what may stand behind a scheme word.
bool is_token68(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("-._~+/=").find(c) != std::string_view::npos;
    });
}

}  // namespace

Token::Token(std::unique_ptr<Secret> secret) : secret_(std::move(secret)) {}
Token::Token(Token&&) noexcept = default;
Token& Token::operator=(Token&&) noexcept = default;
Token::~Token() = default;

Result<Token> Token::parse(std::string_view text) {
    constexpr std::size_t kLongest = 4096;
    const auto bare = without_scheme(text);
    if (bare.empty()) return Error{ErrorKind::Configuration, 0, "the API token is empty", {}};
    if (bare.size() > kLongest || !is_token68(bare)) {
        return Error{
            ErrorKind::Configuration,
            0,
            "this is not an API token: one is a single word of letters and digits, with `Token` before it "
            "or not; copy it again from the page Security settings",
            {}};
    }
    auto secret = std::make_unique<Secret>();
    secret->text = base::SecretText(bare);
    return Token(std::move(secret));
}

bool looks_like_token(std::string_view text) {
    const auto bare = without_scheme(text);
    if (bare.empty()) return false;
    if (bare.substr(0, 10) == "cript_pat_") return true;
    constexpr std::size_t kHexDigits = 40;  // the account token: 160 bits
    return bare.size() == kHexDigits &&
           std::all_of(bare.begin(), bare.end(), [](char c) { return base::hex_digit(c) >= 0; });
}

}  // namespace cript
