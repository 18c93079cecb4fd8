#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/options.hpp"

namespace cript::server {

/// Keeps a folder to one criptd at a time. Makes the folder (mode 0700) if need be.
class FolderLock {
  public:
    /// Errors: Conflict if another process holds it; Unavailable.
    [[nodiscard]] static base::Result<FolderLock> take(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

/// Locks the data folder, and the folder of each of these stores that is an SQLite file and lies elsewhere.
/// Servers of one PostgreSQL database have a data folder each. Errors: as of FolderLock; InvalidInput if a
/// URL is none.
[[nodiscard]] base::Result<std::vector<FolderLock>> lock_folders(const Options& options,
                                                                 const std::vector<std::string>& stores);

}  // namespace cript::server
