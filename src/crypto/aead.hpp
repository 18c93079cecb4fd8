#pragma once

#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/key.hpp"

namespace cript::crypto {

/// Encrypts with XChaCha20-Poly1305-IETF (draft-irtf-cfrg-xchacha) under a fresh random nonce.
/// The answer is the nonce (24 bytes), then ciphertext and tag. `context` is authenticated, not stored: it
/// ties the ciphertext to its purpose and place, so that one row's secret cannot be moved into another.
[[nodiscard]] base::Bytes seal(const Key& key, std::string_view context, std::string_view plaintext);

/// Errors: Internal when the key, the context or a single bit differs.
[[nodiscard]] base::Result<base::SecretText> open(const Key& key, std::string_view context,
                                                  base::ByteView sealed);

}  // namespace cript::crypto
