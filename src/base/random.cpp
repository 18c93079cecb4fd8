#include "base/random.hpp"

#include <sys/random.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace cript::base {

void fill_random(std::span<std::uint8_t> out) {
    std::size_t filled = 0;
    while (filled < out.size()) {
        const auto got = ::getrandom(out.data() + filled, out.size() - filled, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            std::perror("the operating system's random source failed (getrandom)");
            std::abort();
        }
        filled += static_cast<std::size_t>(got);
    }
}

}  // namespace cript::base
