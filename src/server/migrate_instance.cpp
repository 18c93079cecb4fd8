#include "server/migrate_instance.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "server/folder_lock.hpp"
#include "server/progress_line.hpp"
#include "store/copy_instance.hpp"
#include "store/store_url.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::chrono::seconds kSessionsEndWithin{5};

std::string_view phase_name(store::CopyProgress::Phase phase) {
    switch (phase) {
        case store::CopyProgress::Phase::Reading:
            return "reading";
        case store::CopyProgress::Phase::Copying:
            return "copying";
        case store::CopyProgress::Phase::Checking:
            return "checking";
    }
    return "";
}

/// Brings the source up to date, as starting a server on it would, and opens its rows.
base::Result<std::unique_ptr<store::TableReader>> open_source(const Options& options) {
    const auto file = store::sqlite_file_of(options.store());
    CRIPT_CHECK(file);
    if (*file && !std::filesystem::exists(**file))
        return fail(ErrorKind::NotFound, "there is no database " + (*file)->string());
    CRIPT_CHECK(refuse_running_servers(options, options.store()));
    CRIPT_CHECK(store::open(options.store(), options.server_limits()));
    return store::open_table_reader(options.store(), options.server_limits());
}

base::Result<void> refuse_same(const std::string& from, const std::string& to) {
    const auto source = store::sqlite_file_of(from);
    CRIPT_CHECK(source);
    const auto target = store::sqlite_file_of(to);
    CRIPT_CHECK(target);
    std::error_code error;
    const bool is_same =
        *source && *target ? std::filesystem::equivalent(**source, **target, error) : from == to;
    if (is_same) return fail(ErrorKind::InvalidInput, "the instance is there already");
    return {};
}

std::string told(const store::Manifest& manifest, std::string_view from, std::string_view to) {
    std::string text = fmt::format("copied {} to {}\n", from, to);
    for (const auto& entry : manifest.entries)
        text += fmt::format("  {:<14} {:>10} rows\n", entry.table, entry.rows);
    return text +
           "Counts and sums of all tables are the same on both sides.\n"
           "Now set store.url in criptd.toml (or CRIPTD_STORE_URL) to the new store and start criptd with "
           "the same\n"
           "key ring: tokens and sessions go on. Do not let a server change the old store any more.\n";
}

}  // namespace

base::Result<void> refuse_running_servers(const Options& options, const std::string& url) {
    const auto file = store::sqlite_file_of(url);
    CRIPT_CHECK(file);
    if (*file) return {};
    // The session of one that has just ended may be listed a little longer.
    const auto deadline = std::chrono::steady_clock::now() + kSessionsEndWithin;
    auto servers = store::count_servers(url, options.server_limits());
    while (servers && *servers > 0 && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        servers = store::count_servers(url, options.server_limits());
    }
    CRIPT_CHECK(servers);
    if (*servers == 0) return {};
    return fail(
        ErrorKind::Conflict,
        fmt::format("servers are using the database ({} sessions): stop every criptd on it first", *servers));
}

base::Result<std::string> migrate_instance(const Options& options, const MigrateOptions& wanted) {
    CRIPT_CHECK(refuse_same(options.store(), wanted.to));
    const auto locks = lock_folders(options, {options.store(), wanted.to});
    CRIPT_CHECK(locks);
    auto source = open_source(options);
    CRIPT_CHECK(source);
    CRIPT_CHECK(refuse_running_servers(options, wanted.to));
    auto target = store::open_unfinished_copy(wanted.to, options.server_limits());
    CRIPT_CHECK(target);
    if (wanted.starts_over) CRIPT_CHECK((*target)->discard());
    ProgressLine line;
    auto copied = store::copy_instance(**source, **target, [&line](const store::CopyProgress& progress) {
        line.show(phase_name(progress.phase), progress.rows, progress.total);
    });
    line.clear();
    if (!copied) {
        if (copied.error().kind == ErrorKind::Conflict)
            copied.error().message += "; --start-over throws an unfinished copy away and begins a new one";
        return fail(copied.error());
    }
    return told(*copied, (*source)->name(), (*target)->name());
}

}  // namespace cript::server
