#include <fmt/format.h>

#include <optional>
#include <set>

#include "server/backup_command.hpp"
#include "server/backup_contents.hpp"
#include "server/backup_record.hpp"
#include "server/folder_lock.hpp"
#include "server/instance.hpp"
#include "server/migrate_instance.hpp"
#include "server/version.hpp"
#include "service/revise_restored.hpp"
#include "store/backup.hpp"
#include "store/store_url.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;

constexpr const char* kNote = "restore";

/// Restores one backup. The steps are those of run(), in order.
class Restoration {
  public:
    Restoration(const Options& options, const RestoreOptions& wanted) : options_(options), wanted_(wanted) {}

    base::Result<std::string> run() {
        CRIPT_CHECK(read_backup());
        auto locks = lock_folders(options_, {options_.store()});
        CRIPT_CHECK(locks);
        CRIPT_CHECK(refuse_running_servers(options_, options_.store()));
        CRIPT_CHECK(read_keys());
        // What a person must change is said before anything is done. A store that is away for now holds up
        // nothing, as when a server starts.
        auto blobs = blob::open(options_.blob(), options_.s3_settings());
        CRIPT_CHECK(blobs);
        if (auto seen = (*blobs)->check(); !seen && seen.error().kind != ErrorKind::Unavailable)
            return fail(seen.error());
        if (const auto folder = contents_folder(options_))
            CRIPT_CHECK(copy_contents(wanted_.folder / "blobs", *folder));
        const auto file = store::sqlite_file_of(options_.store());
        CRIPT_CHECK(file);
        if (*file) {
            CRIPT_CHECK(restore_sqlite(**file));
        } else {
            CRIPT_CHECK(restore_postgres());
        }
        return told() + told_of(find_missing_contents(options_, **blobs));
    }

  private:
    base::Result<void> read_backup() {
        auto record = read_record(wanted_.folder);
        CRIPT_CHECK(record);
        record_ = std::move(*record);
        const auto name = store::backup_file_name(options_.store());
        CRIPT_CHECK(name);
        if (record_.file == *name) return {};
        return fail(ErrorKind::InvalidInput,
                    "the backup is of the other kind of database: restore it into that kind, then use criptd "
                    "migrate");
    }

    base::Result<void> read_keys() {
        auto keys = crypto::KeyRing::load(options_.key_ring_file());
        if (!keys && keys.error().kind == ErrorKind::NotFound) {
            return fail(ErrorKind::NotFound,
                        fmt::format("put the key ring of the backup at {} first: without it nobody's "
                                    "token could be checked",
                                    options_.key_ring_file().string()));
        }
        CRIPT_CHECK(keys);
        keys_.emplace(std::move(*keys));
        auto files = wanted_.revoked;
        for (const auto& file : files) {
            if (!std::filesystem::exists(file))
                return fail(ErrorKind::NotFound, "there is no file " + file.string());
        }
        files.push_back(service::RevokedDigests::file_beside(options_.key_ring_file()));
        for (const auto& file : files) {
            auto digests = service::RevokedDigests::read(file);
            CRIPT_CHECK(digests);
            revoked_.merge(*digests);
        }
        return {};
    }

    /// Under another name until it may be served.
    base::Result<void> restore_sqlite(const std::filesystem::path& file) {
        const auto beside = [&file](const char* suffix) {
            return std::filesystem::path(file.string() + suffix);
        };
        for (const char* suffix : {"", "-wal", "-shm"}) {
            if (std::filesystem::exists(beside(suffix)))
                return fail(ErrorKind::Conflict,
                            beside(suffix).string() + " is there already: move it away first");
        }
        const auto unfinished = beside(".restoring");
        std::error_code error;
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(unfinished.string() + suffix, error);
        std::filesystem::copy_file(wanted_.folder / record_.file, unfinished, error);
        if (error) return fail(ErrorKind::Unavailable, unfinished.string() + ": " + error.message());
        std::filesystem::permissions(unfinished, std::filesystem::perms(0600), error);
        const auto url = "sqlite:" + unfinished.string();
        CRIPT_CHECK(compare(store::open_table_reader(url)));
        {
            auto store = store::open(url);
            CRIPT_CHECK(store);
            CRIPT_CHECK(revise(**store));
        }
        CRIPT_CHECK(store::sync_to_disk(unfinished));
        std::filesystem::rename(unfinished, file, error);
        if (error) return fail(ErrorKind::Unavailable, file.string() + ": " + error.message());
        return store::sync_to_disk(file.parent_path().empty() ? "." : file.parent_path());
    }

    /// Marked as unfinished until it may be served.
    base::Result<void> restore_postgres() {
        const auto limits = options_.server_limits();
        auto copy = store::open_unfinished_copy(options_.store(), limits);
        CRIPT_CHECK(copy);
        auto note = (*copy)->note();
        CRIPT_CHECK(note);
        if (*note && **note != kNote)
            return fail(ErrorKind::Conflict, (*copy)->name() + " is an unfinished copy of something else");
        if (!*note) CRIPT_CHECK((*copy)->begin(kNote));
        CRIPT_CHECK((*copy)->drop_tables());
        CRIPT_CHECK(store::restore_postgres(options_.store(), wanted_.folder / record_.file));
        CRIPT_CHECK(compare((*copy)->read()));
        {
            auto store = store::open(options_.store(), limits, store::Unfinished::Accepted);
            CRIPT_CHECK(store);
            CRIPT_CHECK(revise(**store));
        }
        return (*copy)->finish();
    }

    /// An older program's backup is brought up to date when it is opened, and cannot be compared.
    base::Result<void> compare(const base::Result<std::unique_ptr<store::TableReader>>& reader) {
        if (!reader && reader.error().kind == ErrorKind::Conflict && record_.program != kVersion) return {};
        CRIPT_CHECK(reader);
        auto restored = store::take_manifest(**reader);
        CRIPT_CHECK(restored);
        // Sequences stand outside of PostgreSQL's snapshots: those of the backup may be further than its
        // rows.
        for (std::size_t at = 0; at < restored->entries.size() && at < record_.manifest.entries.size(); ++at)
            restored->entries[at].last_id = record_.manifest.entries[at].last_id;
        const auto names = store::differing_tables(record_.manifest, *restored);
        if (!names.empty())
            return fail(ErrorKind::Internal,
                        "the backup is damaged: it is not what was written, in: " + names);
        is_compared_ = true;
        return {};
    }

    base::Result<void> revise(store::Store& store) {
        const base::SystemClock clock;
        service::Context context{store, *keys_, clock};
        CRIPT_CHECK(check_key_ring(*keys_, store));
        auto revision = service::revise_restored(context, revoked_);
        CRIPT_CHECK(revision);
        revision_ = *revision;
        return {};
    }

    [[nodiscard]] std::string told() const {
        return fmt::format(
            "restored the backup of {}: {} rows{}\n"
            "Everybody is signed out. {} that {} revoked after the backup {} dead.\n",
            record_.made_at, record_.manifest.rows(),
            is_compared_ ? ", each table as it was" : " of an older version",
            revision_.tokens == 1 ? "1 token" : fmt::format("{} tokens", revision_.tokens),
            revision_.tokens == 1 ? "was" : "were", revision_.tokens == 1 ? "is" : "are");
    }

    [[nodiscard]] std::string told_of(const base::Result<MissingContents>& contents) const {
        if (!contents) {
            return fmt::format("The contents of files could not be looked at: {}. Run criptd check.\n",
                               contents.error().message);
        }
        if (contents->missing == 0)
            return fmt::format("All {} contents of files are there.\n", contents->used);
        return fmt::format(
            "MISSING: {} of {} contents of files are not in {}. Copy them there; criptd check names them.\n",
            contents->missing, contents->used, options_.blob());
    }

    const Options& options_;
    const RestoreOptions& wanted_;
    BackupRecord record_;
    std::optional<crypto::KeyRing> keys_;
    std::set<crypto::Digest> revoked_;
    service::Revision revision_;
    bool is_compared_ = false;
};

}  // namespace

base::Result<std::string> restore(const Options& options, const RestoreOptions& wanted) {
    return Restoration(options, wanted).run();
}

}  // namespace cript::server
