#include "blob/spool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>

#include "base/log.hpp"
#include "base/uuid.hpp"

namespace cript::blob {

namespace {

using base::ErrorKind;
using base::fail;

base::Result<void> unavailable(std::string_view what, const std::filesystem::path& file, int code) {
    return fail(ErrorKind::Unavailable, fmt::format("{} {}: {}", what, file.string(), std::strerror(code)));
}

/// Removes the file if no living process holds it.
bool remove_if_dead(const std::filesystem::path& file) {
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!descriptor.is_open() || ::flock(descriptor.number(), LOCK_EX | LOCK_NB) != 0) return false;
    return ::unlink(file.c_str()) == 0;
}

}  // namespace

base::Error disk_full() {
    base::Error error{
        ErrorKind::Unavailable, "there is no room for more files on the disk of the server", {}};
    error.problems.push_back({"", error.message, std::string(kDiskFull), ""});
    return error;
}

Spool::Spool(std::filesystem::path file, Descriptor descriptor)
    : file_(std::move(file)), descriptor_(std::move(descriptor)) {}

Spool::~Spool() {
    if (!file_.empty()) ::unlink(file_.c_str());
}

base::Result<void> Spool::write(std::string_view piece) {
    if (room_) CRIPT_CHECK(room_->take(piece.size()));
    const auto bytes = base::as_bytes(piece);
    sha256_.add(bytes);
    md5_.add(bytes);
    digests_.size += piece.size();
    while (!piece.empty()) {
        const auto count = ::write(descriptor_.number(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == ENOSPC || errno == EDQUOT)) return fail(disk_full());
        if (count < 0) return unavailable("cannot write", file_, errno);
        piece.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

const ContentDigests& Spool::finish() {
    if (!is_finished_) {
        digests_.sha256 = sha256_.finish();
        digests_.md5 = md5_.finish();
        is_finished_ = true;
    }
    return digests_;
}

base::Result<void> Spool::sync() const {
    if (::fsync(descriptor_.number()) != 0) return unavailable("cannot sync", file_, errno);
    return {};
}

base::Result<DiskSpace> Spool::disk_space() const {
    struct statvfs status{};
    if (::fstatvfs(descriptor_.number(), &status) != 0)
        return fail(unavailable("cannot look at the disk of", file_, errno).error());
    return DiskSpace{status.f_blocks * status.f_frsize, status.f_bavail * status.f_frsize};
}

base::Result<SpoolFolder> SpoolFolder::open(std::filesystem::path folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorKind::Unavailable,
                    fmt::format("cannot make {}: {}", folder.string(), error.message()));
    unsigned removed = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        // The folder may be one that a person chose, with files of their own in it.
        if (!base::Uuid::parse(entry.path().filename().string())) continue;
        if (remove_if_dead(entry.path())) ++removed;
    }
    if (error)
        return fail(ErrorKind::Unavailable,
                    fmt::format("cannot read {}: {}", folder.string(), error.message()));
    if (removed > 0)
        base::log(base::LogLevel::Info, "blob.interrupted_uploads_removed",
                  {{"count", std::to_string(removed)}});
    return SpoolFolder(std::move(folder));
}

base::Result<std::unique_ptr<Spool>> SpoolFolder::begin() const {
    while (true) {
        auto file = folder_ / base::Uuid::random().text();
        Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
        if (!descriptor.is_open()) return fail(unavailable("cannot make", file, errno).error());
        if (::flock(descriptor.number(), LOCK_EX) != 0)
            return fail(unavailable("cannot lock", file, errno).error());
        struct stat status{};
        if (::fstat(descriptor.number(), &status) != 0 || status.st_nlink == 0)
            continue;  // swept before it was locked
        return std::make_unique<Spool>(std::move(file), std::move(descriptor));
    }
}

}  // namespace cript::blob
