#include "server/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "store/store_url.hpp"

namespace cript::server {

using base::ErrorKind;
using base::fail;

base::Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::create_directories(folder, error)) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    const auto file = folder / kLockFile;
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fail(ErrorKind::Unavailable,
                    fmt::format("cannot use the data folder {}: {}", folder.string(), std::strerror(errno)));
    }
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorKind::Conflict,
                    fmt::format("another criptd is using the data folder {}", folder.string()));
    }
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

base::Result<std::vector<FolderLock>> lock_folders(const Options& options,
                                                   const std::vector<std::string>& stores) {
    std::vector<std::filesystem::path> folders{options.data};
    for (const auto& url : stores) {
        const auto file = store::sqlite_file_of(url);
        CRIPT_CHECK(file);
        if (!*file) continue;
        const auto folder = (*file)->parent_path();
        folders.push_back(folder.empty() ? "." : folder);
    }
    std::vector<FolderLock> locks;
    for (auto folder = folders.begin(); folder != folders.end(); ++folder) {
        // A folder twice would find itself locked.
        const bool is_locked = std::any_of(folders.begin(), folder, [&](const auto& other) {
            std::error_code error;
            return std::filesystem::equivalent(*folder, other, error);
        });
        if (is_locked) continue;
        auto lock = FolderLock::take(*folder);
        CRIPT_CHECK(lock);
        locks.push_back(std::move(*lock));
    }
    return locks;
}

}  // namespace cript::server
