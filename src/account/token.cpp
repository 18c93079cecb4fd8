#include "account/token.hpp"

#include <fmt/format.h>

#include <array>

#include "base/encoding.hpp"
#include "base/random.hpp"

namespace cript::account {

namespace {

constexpr std::size_t kSecretDigits = kSecretBytes * 2;

/// Takes a leading scheme word and its blanks off; nothing happens if the text does not start with it.
std::string_view without_word(std::string_view text, std::string_view word) {
    if (text.size() <= word.size() || text[word.size()] != ' ') return text;
    if (!base::equals_ignoring_case(text.substr(0, word.size()), word)) return text;
    text.remove_prefix(word.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
    return text;
}

bool is_bare_secret(std::string_view text) {
    if (text.size() != kSecretDigits) return false;
    for (const char c : text) {
        if (base::hex_digit(c) < 0) return false;
    }
    return true;
}

/// Pasted text often comes with a blank or the end of a line.
std::string_view without_blanks_around(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

/// Calls `visit(name, value)` for each decoded parameter. What cannot be decoded is taken as it stands.
template <class Visit>
void for_each_parameter(std::string_view raw_query, Visit visit) {
    for (std::size_t begin = 0; begin < raw_query.size();) {
        const auto end = std::min(raw_query.find('&', begin), raw_query.size());
        const auto pair = raw_query.substr(begin, end - begin);
        begin = end + 1;
        const auto equals = std::min(pair.find('='), pair.size());
        const auto decoded = [](std::string_view part) {
            std::string blanks(part);
            for (char& c : blanks) {
                if (c == '+') c = ' ';
            }
            const auto text = base::percent_decode(blanks).value_or(blanks);
            return std::string(without_blanks_around(text));
        };
        visit(decoded(pair.substr(0, equals)), decoded(pair.substr(std::min(equals + 1, pair.size()))));
    }
}

}  // namespace

base::SecretText new_token_secret() {
    std::array<std::uint8_t, kSecretBytes> random{};
    base::fill_random(random);
    auto secret = base::SecretText::take(base::to_hex(random));
    base::wipe(random.data(), random.size());
    return secret;
}

base::SecretText token_text(const base::SecretText& secret) {
    std::string text;
    text.reserve(kTokenWord.size() + secret.reveal().size());
    text.append(kTokenWord).append(secret.reveal());
    return base::SecretText::take(std::move(text));
}

std::string_view secret_of_header(std::string_view header) {
    while (header.starts_with(' ')) header.remove_prefix(1);
    while (header.ends_with(' ')) header.remove_suffix(1);
    header = without_word(header, "Bearer");
    return without_word(header, "Token");
}

crypto::Digest token_digest(const crypto::RingKeys& keys, std::string_view secret) {
    return keys.pepper.sign(base::as_bytes(secret));
}

bool query_names_a_token(std::string_view raw_query) {
    static constexpr std::array<std::string_view, 8> kNames{
        "token", "api_token", "api_key", "apikey", "access_token", "auth", "authorization", "storage_token"};
    bool found = false;
    for_each_parameter(raw_query, [&found](const std::string& name, const std::string& value) {
        for (const auto known : kNames) found = found || base::equals_ignoring_case(name, known);
        const auto secret = without_word(without_word(value, "Bearer"), "Token");
        const bool worded = secret.size() != value.size() && is_bare_secret(secret);
        found = found || worded || value.starts_with("cript_pat_");
    });
    return found;
}

std::vector<std::string> bare_secrets_in_query(std::string_view raw_query) {
    std::vector<std::string> secrets;
    if (raw_query.size() < kSecretDigits) return secrets;
    for_each_parameter(raw_query, [&secrets](const std::string& name, const std::string& value) {
        if (is_bare_secret(value)) secrets.push_back(value);
        if (is_bare_secret(name)) secrets.push_back(name);
    });
    return secrets;
}

std::string token_context(std::int64_t account, std::int64_t token, std::uint32_t key_version) {
    return fmt::format("opencript account token: account {} token {} key {}", account, token, key_version);
}

}  // namespace cript::account
