#include "store/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/store_url.hpp"

namespace cript::store {

base::Result<std::string> backup_file_name(const std::string& url) {
    const auto file = sqlite_file_of(url);
    CRIPT_CHECK(file);
    return *file ? "cript.db" : "database.dump";
}

base::Result<Manifest> back_up(const std::string& url, const ServerLimits& limits,
                               const std::filesystem::path& folder, const CountRows& count) {
    const auto file = sqlite_file_of(url);
    CRIPT_CHECK(file);
    const auto name = backup_file_name(url);
    CRIPT_CHECK(name);
    const auto to = folder / *name;
    auto manifest = *file ? back_up_sqlite(**file, to, count) : back_up_postgres(url, limits, to, count);
    CRIPT_CHECK(manifest);
    CRIPT_CHECK(sync_to_disk(to));
    CRIPT_CHECK(sync_to_disk(folder));
    return manifest;
}

base::Result<void> sync_to_disk(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int cause = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (is_synced) return {};
    return base::fail(base::ErrorKind::Unavailable,
                      "cannot write " + path.string() + " to the disk: " + std::strerror(cause));
}

}  // namespace cript::store
