#include "http/body_memory.hpp"

#include <algorithm>

namespace cript::http {

BodyMemory::Verdict BodyMemory::Share::grow(BodyMemory& memory, const std::vector<std::string>& clients,
                                            std::uint64_t bytes) {
    if (bytes <= bytes_) return Verdict::Granted;
    const auto& limits = memory.limits_;
    if (bytes > std::min(limits.total, limits.per_client)) return Verdict::NeverFits;
    const auto more = bytes - bytes_;
    const std::lock_guard lock(memory.mutex_);
    if (memory.taken_ + more > limits.total) return Verdict::AllIsFull;
    const bool has_room = std::all_of(clients.begin(), clients.end(), [&](const std::string& client) {
        const auto known = memory.by_client_.find(client);
        return known == memory.by_client_.end() || known->second + more <= limits.per_client;
    });
    if (!has_room) return Verdict::ClientIsFull;
    memory.taken_ += more;
    for (const auto& client : clients) memory.by_client_[client] += more;
    memory_ = &memory;
    clients_ = clients;
    bytes_ = bytes;
    return Verdict::Granted;
}

void BodyMemory::Share::give_back() {
    if (memory_ == nullptr) return;
    const std::lock_guard lock(memory_->mutex_);
    memory_->taken_ -= bytes_;
    for (const auto& client : clients_) {
        const auto known = memory_->by_client_.find(client);
        if ((known->second -= bytes_) == 0) memory_->by_client_.erase(known);
    }
    memory_ = nullptr;
    clients_.clear();
    bytes_ = 0;
}

std::uint64_t BodyMemory::taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
}

}  // namespace cript::http
