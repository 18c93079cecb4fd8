#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cript::base {

/// Overwrites memory in a way the optimiser keeps.
inline void wipe(void* memory, std::size_t size) {
    ::explicit_bzero(memory, size);
}

/// Text that is a secret: it cannot be printed or copied by accident, and its memory is overwritten when it
/// ends. The buffer is made once at full size, so that no reallocation leaves a copy behind.
class SecretText {
  public:
    SecretText() = default;
    explicit SecretText(std::string_view text) : size_(text.size()) {
        if (size_ > 0) {
            data_ = std::make_unique<char[]>(size_);
            std::memcpy(data_.get(), text.data(), size_);
        }
    }
    /// Takes over a plain string and wipes it.
    static SecretText take(std::string&& text) {
        SecretText secret{std::string_view(text)};
        wipe(text.data(), text.size());
        text.clear();
        return secret;
    }
    SecretText(SecretText&& other) noexcept
        : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)) {}
    SecretText& operator=(SecretText&& other) noexcept {
        if (this != &other) {
            clear();
            data_ = std::move(other.data_);
            size_ = std::exchange(other.size_, 0);
        }
        return *this;
    }
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    ~SecretText() { clear(); }

    /// The text itself. The one place where a secret leaves its box: search for `reveal()` to audit.
    [[nodiscard]] std::string_view reveal() const { return {data_.get(), size_}; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

  private:
    void clear() {
        if (data_) wipe(data_.get(), size_);
        data_.reset();
        size_ = 0;
    }
    std::unique_ptr<char[]> data_;
    std::size_t size_ = 0;
};

}  // namespace cript::base
