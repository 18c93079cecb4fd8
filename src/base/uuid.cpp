#include "base/uuid.hpp"

#include "base/encoding.hpp"
#include "base/random.hpp"

namespace cript::base {

Uuid Uuid::random() {
    Uuid uuid;
    fill_random(uuid.bytes);
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0fU) | 0x40U);
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3fU) | 0x80U);
    return uuid;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    std::size_t byte = 0;
    for (std::size_t at = 0; at < 36;) {
        if (at == 8 || at == 13 || at == 18 || at == 23) {
            if (text[at] != '-') return std::nullopt;
            ++at;
            continue;
        }
        const int high = hex_digit(text[at]);
        const int low = hex_digit(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        uuid.bytes[byte++] = static_cast<std::uint8_t>(high * 16 + low);
        at += 2;
    }
    if (uuid.is_nil()) return std::nullopt;
    return uuid;
}

std::optional<Uuid> Uuid::from_bytes(std::span<const std::uint8_t> raw) {
    if (raw.size() != 16) return std::nullopt;
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), raw.data(), 16);
    return uuid;
}

void Uuid::append_to(std::string& out) const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::array<char, 36> text{};
    std::size_t at = 0;
    for (std::size_t byte = 0; byte < 16; ++byte) {
        if (byte == 4 || byte == 6 || byte == 8 || byte == 10) text[at++] = '-';
        text[at++] = kDigits[bytes[byte] >> 4U];
        text[at++] = kDigits[bytes[byte] & 0x0fU];
    }
    out.append(text.data(), text.size());
}

std::string Uuid::text() const {
    std::string out;
    append_to(out);
    return out;
}

}  // namespace cript::base
