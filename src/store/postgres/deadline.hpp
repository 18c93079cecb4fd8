#pragma once

#include <algorithm>
#include <chrono>

namespace cript::store::postgres {

using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;

inline constexpr Deadline kNoDeadline = Deadline::max();

/// So long from now, and no longer than until `deadline`.
[[nodiscard]] inline Deadline within(Clock::duration span, Deadline deadline) {
    return std::min(Clock::now() + span, deadline);
}

/// Waits until the socket is ready for `events` (those of poll(2)); false when the time is over.
/// poll(2) and not libpq, which counts in whole seconds.
[[nodiscard]] bool is_ready(int socket, short events, Deadline deadline);
/// The same, also ended by something to read on `other`. True if `socket` is readable.
[[nodiscard]] bool is_readable_before(int socket, int other, Deadline deadline);

}  // namespace cript::store::postgres
