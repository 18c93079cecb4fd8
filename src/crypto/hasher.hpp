#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace cript::crypto {

using Md5Digest = std::array<std::uint8_t, 16>;

/// SHA-256 (FIPS 180-4) of a message that comes in pieces.
class Sha256Hasher {
  public:
    Sha256Hasher();
    ~Sha256Hasher();
    Sha256Hasher(Sha256Hasher&&) noexcept;
    Sha256Hasher& operator=(Sha256Hasher&&) noexcept;
    Sha256Hasher(const Sha256Hasher&) = delete;
    Sha256Hasher& operator=(const Sha256Hasher&) = delete;

    void add(base::ByteView piece);
    /// The digest of what was added; the hasher begins anew.
    [[nodiscard]] Digest finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// MD5 (RFC 1321) of a message that comes in pieces. It proves nothing against an adversary: it is what S3
/// names entities by and what `Content-MD5` checks a transfer with (RFC 1864).
class Md5Hasher {
  public:
    Md5Hasher();
    ~Md5Hasher();
    Md5Hasher(Md5Hasher&&) noexcept;
    Md5Hasher& operator=(Md5Hasher&&) noexcept;
    Md5Hasher(const Md5Hasher&) = delete;
    Md5Hasher& operator=(const Md5Hasher&) = delete;

    void add(base::ByteView piece);
    /// The digest of what was added; the hasher begins anew.
    [[nodiscard]] Md5Digest finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace cript::crypto
