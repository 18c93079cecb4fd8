#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace cript::http {

/// Counts the open connections, in all and by peer address. For any thread.
class ConnectionLimits {
  public:
    ConnectionLimits(std::size_t total, std::size_t per_address) : total_(total), per_address_(per_address) {}

    /// Counts a connection in; false if that would be one too many, and then nothing is counted.
    [[nodiscard]] bool admit(const std::string& address);
    void release(const std::string& address);

  private:
    const std::size_t total_;
    const std::size_t per_address_;
    std::mutex mutex_;
    std::size_t open_ = 0;
    std::unordered_map<std::string, std::size_t> open_by_address_;
};

}  // namespace cript::http
