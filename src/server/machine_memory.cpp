#include "server/machine_memory.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace cript::server {

std::uint64_t machine_memory() {
    const auto memory = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                        static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    std::ifstream file("/sys/fs/cgroup/memory.max");
    std::uint64_t most = 0;
    return file >> most && most > 0 ? std::min(memory, most) : memory;  // "max" is no number
}

}  // namespace cript::server
