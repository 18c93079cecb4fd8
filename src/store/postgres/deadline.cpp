#include "store/postgres/deadline.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>

namespace cript::store::postgres {

namespace {

void wait(std::span<pollfd> watched, Deadline deadline) {
    constexpr std::int64_t kAnHour = 3'600'000;  // whoever has no deadline looks again after that
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        const auto milliseconds = static_cast<int>(std::clamp<std::int64_t>(left, 0, kAnHour));
        const int count = ::poll(watched.data(), watched.size(), milliseconds);
        if (count > 0 || (count == 0 && left <= kAnHour)) return;
        if (count < 0 && errno != EINTR) return;
    }
}

}  // namespace

bool is_ready(int socket, short events, Deadline deadline) {
    std::array<pollfd, 1> watched{{{socket, events, 0}}};
    wait(watched, deadline);
    return watched[0].revents != 0;
}

bool is_readable_before(int socket, int other, Deadline deadline) {
    std::array<pollfd, 2> watched{{{socket, POLLIN, 0}, {other, POLLIN, 0}}};
    wait(watched, deadline);
    return watched[0].revents != 0;
}

}  // namespace cript::store::postgres
