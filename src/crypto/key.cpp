#include "crypto/key.hpp"

#include <sodium.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "base/random.hpp"

namespace cript::crypto {

void Key::Free::operator()(std::uint8_t* memory) const {
    sodium_free(memory);
}

Key::Key() : bytes_(static_cast<std::uint8_t*>(sodium_malloc(kSize))) {
    if (!bytes_) throw std::bad_alloc();
}

Key Key::random() {
    Key key;
    base::fill_random({key.bytes_.get(), kSize});
    return key;
}

Key Key::from(std::span<const std::uint8_t, kSize> bytes) {
    Key key;
    std::memcpy(key.bytes_.get(), bytes.data(), kSize);
    return key;
}

void initialise() {
    if (sodium_init() < 0) {
        std::fputs("libsodium cannot start on this machine\n", stderr);
        std::abort();
    }
}

}  // namespace cript::crypto
