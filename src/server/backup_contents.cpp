#include "server/backup_contents.hpp"

#include <set>

#include "service/row_columns.hpp"
#include "store/backup.hpp"
#include "store/table_rows.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;
namespace fs = std::filesystem;

/// Not a link, which may lead anywhere, nor a file that somebody else put there.
bool is_content(const fs::directory_entry& entry) {
    const auto name = entry.path().filename().string();
    std::error_code error;
    return name.size() == 2 * crypto::Digest{}.size() &&
           name.find_first_not_of("0123456789abcdef") == std::string::npos &&
           entry.symlink_status(error).type() == fs::file_type::regular;
}

/// Puts one content where it is missing, whole or not at all.
base::Result<bool> give(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (fs::exists(to, error)) return false;
    fs::create_directories(to.parent_path(), error);
    fs::create_hard_link(from, to, error);
    if (!error) return true;
    std::error_code gone;
    if (!fs::exists(from, gone)) return false;
    const fs::path unfinished(to.string() + ".part");
    fs::copy_file(from, unfinished, fs::copy_options::overwrite_existing, error);
    if (error && !fs::exists(from, gone)) return false;
    if (!error) CRIPT_CHECK(store::sync_to_disk(unfinished));
    if (!error) fs::rename(unfinished, to, error);
    if (error) return fail(ErrorKind::Unavailable, to.string() + ": " + error.message());
    return true;
}

}  // namespace

std::optional<fs::path> contents_folder(const Options& options) {
    constexpr std::string_view kFolder = "file:";
    const auto url = options.blob();
    if (!url.starts_with(kFolder)) return std::nullopt;
    return fs::path(url.substr(kFolder.size()));
}

base::Result<std::uint64_t> copy_contents(const fs::path& from, const fs::path& to) {
    std::uint64_t given = 0;
    std::set<fs::path> changed;
    std::error_code error;
    if (!fs::exists(from / "sha256", error)) return given;
    for (fs::recursive_directory_iterator entry(from / "sha256", error), end; entry != end && !error;
         entry.increment(error)) {
        if (entry.depth() != 1 || !is_content(*entry)) continue;
        const auto place = to / "sha256" / entry->path().parent_path().filename() / entry->path().filename();
        auto is_given = give(entry->path(), place);
        CRIPT_CHECK(is_given);
        if (!*is_given) continue;
        ++given;
        changed.insert(place.parent_path());
    }
    if (error) return fail(ErrorKind::Unavailable, from.string() + ": " + error.message());
    for (const auto& folder : changed) CRIPT_CHECK(store::sync_to_disk(folder));
    if (!changed.empty()) CRIPT_CHECK(store::sync_to_disk(to / "sha256"));
    if (!changed.empty()) CRIPT_CHECK(store::sync_to_disk(to));
    return given;
}

base::Result<MissingContents> find_missing_contents(const Options& options, blob::BlobStore& blobs) {
    CRIPT_CHECK(blobs.check());
    auto reader = store::open_table_reader(options.store(), options.server_limits());
    CRIPT_CHECK(reader);
    MissingContents found;
    const service::RowColumns<2> columns("blob", {"digest", "uses"});
    CRIPT_CHECK(
        store::for_each_row(**reader, columns.table(), [&](const store::Cells& row) -> base::Result<void> {
            const auto bytes = columns.text(row, 0);
            crypto::Digest digest{};
            if (columns.number(row, 1) <= 0 || bytes.size() != digest.size()) return {};
            std::copy(bytes.begin(), bytes.end(), digest.begin());
            ++found.used;
            const auto opened = blobs.open(digest);
            if (!opened && opened.error().kind == ErrorKind::NotFound) {
                ++found.missing;
                return {};
            }
            CRIPT_CHECK(opened);
            return {};
        }));
    return found;
}

}  // namespace cript::server
