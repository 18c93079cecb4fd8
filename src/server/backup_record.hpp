#pragma once

#include <filesystem>
#include <string>

#include "store/manifest.hpp"

namespace cript::server {

/// What stands beside the database in a backup. It is written last: a folder with it is whole.
struct BackupRecord {
    std::string program;  ///< version of the criptd that wrote it
    std::string made_at;
    std::string file;  ///< name of the database's
    store::Manifest manifest;
};

/// Errors: Unavailable.
[[nodiscard]] base::Result<void> write_record(const std::filesystem::path& folder,
                                              const BackupRecord& record);
/// Errors: NotFound if there is none; InvalidInput if it cannot be read.
[[nodiscard]] base::Result<BackupRecord> read_record(const std::filesystem::path& folder);

}  // namespace cript::server
