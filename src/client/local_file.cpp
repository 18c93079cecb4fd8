#include "client/local_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "crypto/hasher.hpp"

namespace cript::client {

namespace {

constexpr ::mode_t kMode = 0666;  // of a new file, less what umask takes

}  // namespace

Error file_error(std::string_view doing, const std::filesystem::path& path, int reason) {
    return {ErrorKind::LocalFile,
            0,
            fmt::format("cannot {} {}: {}", doing, path.string(), std::generic_category().message(reason)),
            {}};
}

Result<LocalFile> LocalFile::open(const std::filesystem::path& path) {
    // Without waiting for the other end of a pipe, which is refused below.
    LocalFile file(path, ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.descriptor_ < 0) return file_error("read", path, errno);
    struct stat status{};
    if (::fstat(file.descriptor_, &status) != 0) return file_error("read", path, errno);
    if (S_ISDIR(status.st_mode)) return file_error("read", path, EISDIR);
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorKind::LocalFile,
                     0,
                     fmt::format("{} is not a regular file, which is read more than once", path.string()),
                     {}};
    }
    return file;
}

Result<LocalFile> LocalFile::open_alone(const std::filesystem::path& path) {
    // A link in its place is somebody's way to have another file written.
    LocalFile file(path, ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kMode));
    if (file.descriptor_ < 0 && errno == ELOOP) {
        return Error{
            ErrorKind::LocalFile, 0, fmt::format("{} is a link, which is not followed", path.string()), {}};
    }
    if (file.descriptor_ < 0) return file_error("write", path, errno);
    if (::flock(file.descriptor_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return file_error("write", path, errno);
        return Error{
            ErrorKind::LocalFile, 0, fmt::format("another program is writing {}", path.string()), {}};
    }
    return file;
}

Result<LocalFile> LocalFile::create(const std::filesystem::path& path) {
    LocalFile file(path, ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kMode));
    if (file.descriptor_ < 0) return file_error("write", path, errno);
    return file;
}

LocalFile::LocalFile(LocalFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

LocalFile::~LocalFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::uint64_t> LocalFile::size() const {
    struct stat status{};
    if (::fstat(descriptor_, &status) != 0) return file_error("read", path_, errno);
    return static_cast<std::uint64_t>(status.st_size);
}

Result<std::size_t> LocalFile::read(std::uint64_t offset, std::span<char> out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        const auto count =
            ::pread(descriptor_, out.data() + done, out.size() - done, static_cast<::off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return file_error("read", path_, errno);
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

Result<void> LocalFile::write(std::uint64_t offset, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<::off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return file_error("write", path_, errno);
        offset += static_cast<std::uint64_t>(count);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> LocalFile::truncate(std::uint64_t size) {
    if (::ftruncate(descriptor_, static_cast<::off_t>(size)) != 0) return file_error("write", path_, errno);
    return {};
}

Result<void> LocalFile::sync() {
    if (::fsync(descriptor_) != 0) return file_error("write", path_, errno);
    return {};
}

Result<std::string> sha256_of(const std::filesystem::path& path) {
    const auto file = LocalFile::open(path);
    if (!file) return file.error();
    constexpr std::size_t kPiece = std::size_t{256} << 10U;
    std::vector<char> piece(kPiece);
    crypto::Sha256Hasher hasher;
    for (std::uint64_t offset = 0;;) {
        const auto count = file->read(offset, piece);
        if (!count) return count.error();
        if (*count == 0) return base::to_hex(hasher.finish());
        hasher.add(base::as_bytes({piece.data(), *count}));
        offset += *count;
    }
}

}  // namespace cript::client
