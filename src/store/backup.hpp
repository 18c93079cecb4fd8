#pragma once

#include <filesystem>
#include <string>

#include "store/manifest.hpp"

namespace cript::store {

/// The file of a backup that holds the database: a database for SQLite, an archive of pg_dump for PostgreSQL.
[[nodiscard]] base::Result<std::string> backup_file_name(const std::string& url);

/// Writes a consistent copy of a database into a folder, beside servers that go on changing it, and gives
/// what is in it. Errors: as of open_table_reader; Unavailable if it cannot be written, or pg_dump is missing
/// or fails.
[[nodiscard]] base::Result<Manifest> back_up(const std::string& url, const ServerLimits& limits,
                                             const std::filesystem::path& folder,
                                             const CountRows& count = {});

/// Fills a marked, empty PostgreSQL database from a file of back_up. Errors: Unavailable if pg_restore is
/// missing or fails; then nothing of it is kept.
[[nodiscard]] base::Result<void> restore_postgres(const std::string& url, const std::filesystem::path& file);

// What each kind of database makes of it.
[[nodiscard]] base::Result<Manifest> back_up_sqlite(const std::filesystem::path& file,
                                                    const std::filesystem::path& to, const CountRows& count);
[[nodiscard]] base::Result<Manifest> back_up_postgres(const std::string& url, const ServerLimits& limits,
                                                      const std::filesystem::path& to,
                                                      const CountRows& count);

/// Has a file or folder written to the disk. Errors: Unavailable.
[[nodiscard]] base::Result<void> sync_to_disk(const std::filesystem::path& path);

}  // namespace cript::store
