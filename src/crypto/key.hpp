#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "base/encoding.hpp"

namespace cript::crypto {

/// 256 secret bits in memory that is locked where allowed, kept out of core dumps, and wiped at the end.
class Key {
  public:
    static constexpr std::size_t kSize = 32;

    [[nodiscard]] static Key random();
    /// Copies exactly kSize bytes.
    [[nodiscard]] static Key from(std::span<const std::uint8_t, kSize> bytes);

    [[nodiscard]] base::ByteView bytes() const { return {bytes_.get(), kSize}; }

  private:
    struct Free {
        void operator()(std::uint8_t* memory) const;
    };
    Key();
    std::unique_ptr<std::uint8_t[], Free> bytes_;
};

/// Prepares libsodium; called once at the start of a program, before anything else of this folder.
void initialise();

}  // namespace cript::crypto
