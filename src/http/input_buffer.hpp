#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace cript::http {

/// The bytes that came from a peer and are not used yet: contiguous, bounded, and overwritten once they are
/// used, since a header may carry a credential.
class InputBuffer {
  public:
    explicit InputBuffer(std::size_t limit) : limit_(limit) {}
    ~InputBuffer() { clear(); }
    InputBuffer(const InputBuffer&) = delete;
    InputBuffer& operator=(const InputBuffer&) = delete;

    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] bool full() const { return size_ >= limit_; }

    /// Room for more bytes behind view(), at least one unless full(). Views are void afterwards.
    [[nodiscard]] std::span<char> prepare();
    /// Adds `count` bytes, written into what prepare() gave, to view().
    void commit(std::size_t count) { size_ += count; }
    /// Drops the first `count` bytes of view(). Views are void afterwards.
    void consume(std::size_t count);
    void clear() { consume(size_); }
    /// Sets how many bytes it may hold, and makes room for them at once. Views are void afterwards.
    void resize(std::size_t limit);

  private:
    void reallocate(std::size_t capacity);

    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
    std::size_t limit_;
};

}  // namespace cript::http
