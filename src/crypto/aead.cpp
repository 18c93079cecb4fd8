#include "crypto/aead.hpp"

#include <sodium.h>

#include "base/random.hpp"

namespace cript::crypto {

namespace {
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(Key::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
}  // namespace

base::Bytes seal(const Key& key, std::string_view context, std::string_view plaintext) {
    base::Bytes sealed(kNonce + plaintext.size() + kTag);
    base::fill_random({sealed.data(), kNonce});
    const auto aad = base::as_bytes(context);
    const auto plain = base::as_bytes(plaintext);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonce, nullptr, plain.data(), plain.size(),
                                               aad.data(), aad.size(), nullptr, sealed.data(),
                                               key.bytes().data());
    return sealed;
}

base::Result<base::SecretText> open(const Key& key, std::string_view context, base::ByteView sealed) {
    if (sealed.size() < kNonce + kTag) {
        return base::fail(base::ErrorKind::Internal, "a sealed value is too short");
    }
    std::string plain(sealed.size() - kNonce - kTag, '\0');
    const auto aad = base::as_bytes(context);
    const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, sealed.data() + kNonce,
        sealed.size() - kNonce, aad.data(), aad.size(), sealed.data(), key.bytes().data());
    if (status != 0) {
        return base::fail(base::ErrorKind::Internal,
                          "a sealed value does not belong to this key ring or this place");
    }
    return base::SecretText::take(std::move(plain));
}

}  // namespace cript::crypto
