// The one-shot EVP interface of OpenSSL 3 costs more than the hash of a token itself; the low-level context
// can be copied, which is what a prepared HMAC key needs. It is deprecated, not removed, in OpenSSL 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <sodium.h>

namespace cript::crypto {

Digest sha256(base::ByteView message) {
    Digest digest;
    SHA256(message.data(), message.size(), digest.data());
    return digest;
}

bool equal_in_constant_time(base::ByteView left, base::ByteView right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

struct HmacKey::State {
    SHA256_CTX inner;
    SHA256_CTX outer;
};

void HmacKey::WipeState::operator()(State* state) const {
    sodium_free(state);  // overwrites, then unmaps
}

HmacKey::HmacKey(base::ByteView key)
    // sodium_malloc: locked where allowed, never in a core dump.
    : state_(static_cast<State*>(sodium_malloc(sizeof(State)))) {
    if (!state_) throw std::bad_alloc();
    constexpr std::size_t kBlock = 64;
    std::array<std::uint8_t, kBlock> block{};
    if (key.size() > kBlock) {
        const auto digest = sha256(key);
        std::copy(digest.begin(), digest.end(), block.begin());
    } else {
        std::copy(key.begin(), key.end(), block.begin());
    }
    for (auto& byte : block) byte ^= 0x36U;
    SHA256_Init(&state_->inner);
    SHA256_Update(&state_->inner, block.data(), block.size());
    for (auto& byte : block) byte ^= 0x36U ^ 0x5cU;
    SHA256_Init(&state_->outer);
    SHA256_Update(&state_->outer, block.data(), block.size());
    sodium_memzero(block.data(), block.size());
}

HmacKey::~HmacKey() = default;
HmacKey::HmacKey(HmacKey&&) noexcept = default;
HmacKey& HmacKey::operator=(HmacKey&&) noexcept = default;

Digest HmacKey::sign(base::ByteView message) const {
    Digest digest;
    SHA256_CTX context = state_->inner;
    SHA256_Update(&context, message.data(), message.size());
    SHA256_Final(digest.data(), &context);
    context = state_->outer;
    SHA256_Update(&context, digest.data(), digest.size());
    SHA256_Final(digest.data(), &context);
    sodium_memzero(&context, sizeof(context));
    return digest;
}

}  // namespace cript::crypto
