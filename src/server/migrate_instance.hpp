#pragma once

#include <string>

#include "server/options.hpp"

namespace cript::server {

struct MigrateOptions {
    std::string to;            ///< URL of the store to copy into
    bool starts_over = false;  ///< throws an unfinished copy away first
};

/// Copies the instance of the configured store into another one: `criptd migrate`. Gives what to tell at the
/// end. Errors: Conflict if a server uses either store, or the target is neither empty nor a copy that was
/// begun; those of store::copy_instance.
[[nodiscard]] base::Result<std::string> migrate_instance(const Options& options,
                                                         const MigrateOptions& wanted);

/// Errors: Conflict if servers have sessions in this PostgreSQL database, and keep them for 5 s. Servers of
/// an SQLite file hold the lock of its folder.
[[nodiscard]] base::Result<void> refuse_running_servers(const Options& options, const std::string& url);

}  // namespace cript::server
