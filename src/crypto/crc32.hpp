#pragma once

#include <cstdint>

#include "base/encoding.hpp"

namespace cript::crypto {

/// The polynomials of two 32-bit cyclic redundancy checks, bits reversed. They find accidents, not forgeries.
enum class Crc32Kind : std::uint32_t {
    Ieee = 0xedb8'8320,        ///< CRC32 of ISO/IEC 3309, as zlib computes it
    Castagnoli = 0x82f6'3b78,  ///< CRC32C of RFC 3720 appendix B.4
};

/// A cyclic redundancy check of a message that comes in pieces.
class Crc32 {
  public:
    explicit Crc32(Crc32Kind kind) : kind_(kind) {}

    void add(base::ByteView piece);
    /// Of what was added so far.
    [[nodiscard]] std::uint32_t value() const { return ~state_; }

  private:
    Crc32Kind kind_;
    std::uint32_t state_ = 0xffff'ffff;
};

}  // namespace cript::crypto
