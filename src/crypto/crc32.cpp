#include "crypto/crc32.hpp"

#include <array>

namespace cript::crypto {

namespace {

/// "Slicing by 8" (Kounavis and Berry 2008): table k holds the check of a byte followed by k zero bytes, so
/// that eight bytes are taken in one step.
using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr Tables tables_of(Crc32Kind kind) {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t check = byte;
        for (int bit = 0; bit < 8; ++bit) {
            check = (check >> 1U) ^ ((check & 1U) != 0 ? static_cast<std::uint32_t>(kind) : 0U);
        }
        tables[0][byte] = check;
    }
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        for (std::size_t zeros = 1; zeros < tables.size(); ++zeros) {
            const std::uint32_t shorter = tables[zeros - 1][byte];
            tables[zeros][byte] = (shorter >> 8U) ^ tables[0][shorter & 0xffU];
        }
    }
    return tables;
}

constexpr Tables kIeee = tables_of(Crc32Kind::Ieee);
constexpr Tables kCastagnoli = tables_of(Crc32Kind::Castagnoli);

std::uint32_t little_endian(const std::uint8_t* bytes) {
    return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8U |
           static_cast<std::uint32_t>(bytes[2]) << 16U | static_cast<std::uint32_t>(bytes[3]) << 24U;
}

}  // namespace

void Crc32::add(base::ByteView piece) {
    const Tables& table = kind_ == Crc32Kind::Ieee ? kIeee : kCastagnoli;
    std::uint32_t state = state_;
    const std::uint8_t* at = piece.data();
    std::size_t left = piece.size();
    for (; left >= 8; at += 8, left -= 8) {
        const std::uint32_t low = state ^ little_endian(at);
        const std::uint32_t high = little_endian(at + 4);
        state = table[7][low & 0xffU] ^ table[6][(low >> 8U) & 0xffU] ^ table[5][(low >> 16U) & 0xffU] ^
                table[4][low >> 24U] ^ table[3][high & 0xffU] ^ table[2][(high >> 8U) & 0xffU] ^
                table[1][(high >> 16U) & 0xffU] ^ table[0][high >> 24U];
    }
    for (; left > 0; ++at, --left) state = (state >> 8U) ^ table[0][(state ^ *at) & 0xffU];
    state_ = state;
}

}  // namespace cript::crypto
