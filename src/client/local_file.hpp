#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cript/result.hpp"

namespace cript::client {

/// An open file. Errors are of kind LocalFile and name the file and the reason.
class LocalFile {
  public:
    /// For reading. Errors: also for what is no regular file.
    [[nodiscard]] static Result<LocalFile> open(const std::filesystem::path& path);
    /// For reading and writing, made if it is not there. Errors: also if another process has it open so, and
    /// for a link.
    [[nodiscard]] static Result<LocalFile> open_alone(const std::filesystem::path& path);
    /// For reading and writing, made. Errors: also if there is anything of that name.
    [[nodiscard]] static Result<LocalFile> create(const std::filesystem::path& path);

    LocalFile(LocalFile&& other) noexcept;
    LocalFile& operator=(LocalFile&&) = delete;
    LocalFile(const LocalFile&) = delete;
    LocalFile& operator=(const LocalFile&) = delete;
    ~LocalFile();

    [[nodiscard]] Result<std::uint64_t> size() const;
    /// The bytes from there on; fewer than asked for only at the end of the file.
    [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const;
    [[nodiscard]] Result<void> write(std::uint64_t offset, std::string_view bytes);
    [[nodiscard]] Result<void> truncate(std::uint64_t size);
    /// Until it is on the disk.
    [[nodiscard]] Result<void> sync();

  private:
    LocalFile(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    std::filesystem::path path_;
    int descriptor_;
};

[[nodiscard]] Error file_error(std::string_view doing, const std::filesystem::path& path, int reason);

/// SHA-256 of a file of any size, in hexadecimal.
[[nodiscard]] Result<std::string> sha256_of(const std::filesystem::path& path);

}  // namespace cript::client
