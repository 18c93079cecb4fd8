#include "server/backup_command.hpp"

#include <fmt/format.h>

#include "server/backup_contents.hpp"
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

std::string told_of_contents(const Options& options, bool are_in_it, std::uint64_t count) {
    if (are_in_it)
        return fmt::format("{} {} in it.", count,
                           count == 1 ? "content of a file is" : "contents of files are");
    return fmt::format("The contents of files are not in it: copy {} too, beginning within the hour.",
                       options.blob());
}

}  // namespace

base::Result<std::string> back_up(const Options& options, const std::filesystem::path& folder,
                                  bool leaves_contents_out) {
    const auto name = store::backup_file_name(options.store());
    CRIPT_CHECK(name);
    CRIPT_CHECK(make_empty_folder(folder));
    ProgressLine line;
    line.show("copying", 0, 0);
    // Before the database and after it: what it names is there before it is named, and for an hour after it
    // was last used, so nothing is missing however long the first round takes.
    const auto contents = leaves_contents_out ? std::nullopt : contents_folder(options);
    std::uint64_t count = 0;
    const auto take_contents = [&]() -> base::Result<void> {
        if (!contents) return {};
        auto taken = copy_contents(*contents, folder / "blobs");
        CRIPT_CHECK(taken);
        count += *taken;
        return {};
    };
    CRIPT_CHECK(take_contents());
    std::uint64_t rows = 0;
    auto manifest = store::back_up(
        options.store(), options.server_limits(), folder,
        [&](const store::Table&, std::uint64_t more) { line.show("summing", rows += more, 0); });
    line.clear();
    CRIPT_CHECK(manifest);
    CRIPT_CHECK(take_contents());
    const auto now = base::SystemClock{}.now();
    CRIPT_CHECK(write_record(folder, {std::string(kVersion), now.text(), *name, *manifest}));
    const auto ring = options.key_ring_file();
    return fmt::format(
        "backed up {} rows to {}\n"
        "{}\n"
        "The key ring is not in it, on purpose: with it, the backup would hand out every token.\n"
        "Keep a copy of {} and of {} elsewhere.\n",
        manifest->rows(), folder.string(), told_of_contents(options, contents.has_value(), count),
        ring.string(), service::RevokedDigests::file_beside(ring).string());
}

}  // namespace cript::server
