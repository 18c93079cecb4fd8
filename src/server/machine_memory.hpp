#pragma once

#include <cstdint>

namespace cript::server {

/// Bytes of memory that the machine has, or that the control group of this process may take if that is less
/// (cgroups(7), memory.max).
[[nodiscard]] std::uint64_t machine_memory();

}  // namespace cript::server
