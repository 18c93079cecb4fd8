#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/options.hpp"

namespace cript::server {

/// Writes a consistent copy of the database, and the contents of its files unless they are left out or not in
/// a folder, into a new folder, beside servers too: `criptd backup`. Gives what to tell at the end. Errors:
/// Conflict if the folder is not empty; those of store::back_up and copy_contents.
[[nodiscard]] base::Result<std::string> back_up(const Options& options, const std::filesystem::path& folder,
                                                bool leaves_contents_out = false);

struct RestoreOptions {
    std::filesystem::path folder;
    std::vector<std::filesystem::path> revoked;  ///< further files of revoked digests, of other servers
};

/// Makes the configured store anew from such a folder: `criptd restore`. Nothing serves it before sessions
/// have ended and tokens that were revoked since are dead. Errors: NotFound without a whole backup or a key
/// ring; Conflict if a server runs, there is a database already, or the ring is not that of the backup;
/// Internal if what came out is not what went in.
[[nodiscard]] base::Result<std::string> restore(const Options& options, const RestoreOptions& wanted);

}  // namespace cript::server
