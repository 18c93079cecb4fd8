#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "base/random.hpp"
#include "base/uuid.hpp"

namespace cript::model {

/// New random identifiers, drawn from the operating system many at a time.
class UuidSource {
  public:
    [[nodiscard]] base::Uuid next() {
        if (at_ == pool_.size()) {
            base::fill_random(pool_);
            at_ = 0;
        }
        base::Uuid uuid;
        std::memcpy(uuid.bytes.data(), pool_.data() + at_, uuid.bytes.size());
        at_ += uuid.bytes.size();
        // Version 4, variant 10 (RFC 9562 §5.4).
        uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0fU) | 0x40U);
        uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3fU) | 0x80U);
        return uuid;
    }

  private:
    std::array<std::uint8_t, 1024> pool_{};
    std::size_t at_ = pool_.size();
};

}  // namespace cript::model
