#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "base/encoding.hpp"

namespace cript::crypto {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4).
[[nodiscard]] Digest sha256(base::ByteView message);

/// Compares in a time that depends on the length only.
[[nodiscard]] bool equal_in_constant_time(base::ByteView left, base::ByteView right);

/// HMAC-SHA-256 (RFC 2104) with the key's two blocks hashed in advance, so that one signature of a short
/// message costs two compressions. The state is wiped at the end.
class HmacKey {
  public:
    explicit HmacKey(base::ByteView key);
    ~HmacKey();
    HmacKey(const HmacKey&) = delete;
    HmacKey& operator=(const HmacKey&) = delete;
    HmacKey(HmacKey&&) noexcept;
    HmacKey& operator=(HmacKey&&) noexcept;

    [[nodiscard]] Digest sign(base::ByteView message) const;

  private:
    struct State;
    struct WipeState {
        void operator()(State* state) const;
    };
    std::unique_ptr<State, WipeState> state_;
};

}  // namespace cript::crypto
