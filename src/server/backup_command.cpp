#include "server/backup_command.hpp"

#include <fmt/format.h>

#include "server/backup_record.hpp"
#include "server/progress_line.hpp"
#include "server/version.hpp"
#include "service/revoked_digests.hpp"
#include "store/backup.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;

base::Result<void> make_empty_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::create_directories(folder, error)) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
        return {};
    }
    if (error) return fail(ErrorKind::Unavailable, folder.string() + ": " + error.message());
    if (std::filesystem::is_empty(folder, error) && !error) return {};
    return fail(ErrorKind::Conflict, folder.string() + " is not empty: each backup is a folder of its own");
}

}  // namespace

base::Result<std::string> back_up(const Options& options, const std::filesystem::path& folder) {
    const auto name = store::backup_file_name(options.store());
    CRIPT_CHECK(name);
    CRIPT_CHECK(make_empty_folder(folder));
    ProgressLine line;
    line.show("copying", 0, 0);
    std::uint64_t rows = 0;
    auto manifest = store::back_up(
        options.store(), options.server_limits(), folder,
        [&](const store::Table&, std::uint64_t count) { line.show("summing", rows += count, 0); });
    line.clear();
    CRIPT_CHECK(manifest);
    const auto now = base::SystemClock{}.now();
    CRIPT_CHECK(write_record(folder, {std::string(kVersion), now.text(), *name, *manifest}));
    const auto ring = options.key_ring_file();
    return fmt::format(
        "backed up {} rows to {}\n"
        "The key ring is not in it, on purpose: with it, the backup would hand out every token.\n"
        "Keep a copy of {} and of {} elsewhere.\n",
        manifest->rows(), folder.string(), ring.string(),
        service::RevokedDigests::file_beside(ring).string());
}

}  // namespace cript::server
