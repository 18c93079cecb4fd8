#include "http/connection_limits.hpp"

namespace cript::http {

bool ConnectionLimits::admit(const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (open_ >= total_) return false;
    const auto known = open_by_address_.find(address);
    const std::size_t count = known == open_by_address_.end() ? 0 : known->second;
    if (count >= per_address_) return false;
    open_by_address_[address] = count + 1;
    ++open_;
    return true;
}

void ConnectionLimits::release(const std::string& address) {
    const std::lock_guard lock(mutex_);
    const auto known = open_by_address_.find(address);
    if (known == open_by_address_.end()) return;
    --open_;
    if (--known->second == 0) open_by_address_.erase(known);
}

}  // namespace cript::http
