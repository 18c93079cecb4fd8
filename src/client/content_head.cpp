#include "client/content_head.hpp"

#include <charconv>

#include "base/encoding.hpp"

namespace cript::client {

namespace {

std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return number;
}

bool take_word(std::string_view& text, std::string_view word) {
    if (text.substr(0, word.size()) != word) return false;
    text.remove_prefix(word.size());
    return true;
}

/// `bytes 10-19/20`
bool read_range(std::string_view text, ContentHead& head) {
    if (!take_word(text, "bytes ")) return false;
    const auto first = take_number(text);
    if (!first || !take_word(text, "-")) return false;
    const auto last = take_number(text);
    if (!last || !take_word(text, "/")) return false;
    const auto size = take_number(text);
    if (!size || !text.empty() || *first > *last || *last >= *size) return false;
    head.offset = *first;
    head.size = *size;
    return *last + 1 == *size;
}

/// `sha-256=:BASE64:`, perhaps among others: its 32 bytes in hexadecimal, or nothing.
std::string sha256_in(std::string_view field) {
    constexpr std::string_view kName = "sha-256=:";
    constexpr std::size_t kDigits = 44;  // base64 of 32 bytes
    const auto at = field.find(kName);
    if (at == std::string_view::npos) return {};
    const auto text = field.substr(at + kName.size());
    if (text.size() <= kDigits || text[kDigits] != ':') return {};
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    base::Bytes bytes;
    std::uint32_t window = 0;
    unsigned bits = 0;
    for (const char digit : text.substr(0, kDigits - 1)) {  // the last one is padding
        const auto value = kAlphabet.find(digit);
        if (value == std::string_view::npos) return {};
        window = (window << 6U) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<std::uint8_t>(window >> bits));
    }
    return base::to_hex(bytes);
}

}  // namespace

std::optional<ContentHead> content_head(const WireAnswer& answer) {
    ContentHead head;
    head.etag = answer.revision;
    head.sha256 = sha256_in(answer.digest);
    if (head.etag.empty() || head.sha256.empty()) return std::nullopt;
    if (answer.status == 206) {
        if (!read_range(answer.content_range, head)) return std::nullopt;
    } else if (answer.content_length) {
        head.size = *answer.content_length;
    } else {
        return std::nullopt;
    }
    return head;
}

}  // namespace cript::client
