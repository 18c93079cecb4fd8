// The low-level contexts of OpenSSL 3 are deprecated, not removed; see digest.cpp.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/hasher.hpp"

#include <openssl/md5.h>
#include <openssl/sha.h>

namespace cript::crypto {

struct Sha256Hasher::State {
    SHA256_CTX context;
};

Sha256Hasher::Sha256Hasher() : state_(std::make_unique<State>()) {
    SHA256_Init(&state_->context);
}
Sha256Hasher::~Sha256Hasher() = default;
Sha256Hasher::Sha256Hasher(Sha256Hasher&&) noexcept = default;
Sha256Hasher& Sha256Hasher::operator=(Sha256Hasher&&) noexcept = default;

void Sha256Hasher::add(base::ByteView piece) {
    SHA256_Update(&state_->context, piece.data(), piece.size());
}

Digest Sha256Hasher::finish() {
    Digest digest;
    SHA256_Final(digest.data(), &state_->context);
    SHA256_Init(&state_->context);
    return digest;
}

struct Md5Hasher::State {
    MD5_CTX context;
};

Md5Hasher::Md5Hasher() : state_(std::make_unique<State>()) {
    MD5_Init(&state_->context);
}
Md5Hasher::~Md5Hasher() = default;
Md5Hasher::Md5Hasher(Md5Hasher&&) noexcept = default;
Md5Hasher& Md5Hasher::operator=(Md5Hasher&&) noexcept = default;

void Md5Hasher::add(base::ByteView piece) {
    MD5_Update(&state_->context, piece.data(), piece.size());
}

Md5Digest Md5Hasher::finish() {
    Md5Digest digest;
    MD5_Final(digest.data(), &state_->context);
    MD5_Init(&state_->context);
    return digest;
}

}  // namespace cript::crypto
