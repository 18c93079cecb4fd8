#include "http/input_buffer.hpp"

#include <algorithm>
#include <cstring>

#include "base/secret.hpp"

namespace cript::http {

namespace {
/// Holds nearly every request header; a connection that waits costs no more than this.
constexpr std::size_t kFirstCapacity = 4096;
}  // namespace

std::span<char> InputBuffer::prepare() {
    if (size_ == capacity_ && capacity_ < limit_) {
        reallocate(std::min(std::max(kFirstCapacity, capacity_ * 2), limit_));
    }
    return {bytes_.get() + size_, capacity_ - size_};
}

void InputBuffer::resize(std::size_t limit) {
    limit_ = limit;
    reallocate(std::max(limit, size_));
}

void InputBuffer::reallocate(std::size_t capacity) {
    auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) {
        std::memcpy(bytes.get(), bytes_.get(), size_);
        base::wipe(bytes_.get(), size_);
    }
    bytes_ = std::move(bytes);
    capacity_ = capacity;
}

void InputBuffer::consume(std::size_t count) {
    if (count == 0) return;
    const std::size_t left = size_ - count;
    std::memmove(bytes_.get(), bytes_.get() + count, left);
    base::wipe(bytes_.get() + left, count);
    size_ = left;
}

}  // namespace cript::http
