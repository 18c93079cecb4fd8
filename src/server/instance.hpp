#pragma once

#include <memory>
#include <vector>

#include "api/application.hpp"
#include "server/options.hpp"

namespace cript::server {

/// Holds a folder: only one criptd has it at a time. The lock ends with the object, or with the process.
class FolderLock {
  public:
    /// Makes the folder if it is missing. Errors: Conflict if another process holds it; Unavailable.
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

/// An opened data folder with everything above it that does not listen.
class Instance {
  public:
    /// Errors: Conflict if the folder is in use or the key ring is another installation's; NotFound if the
    /// key ring is missing though there are accounts; Unavailable.
    [[nodiscard]] static base::Result<std::unique_ptr<Instance>> open(const Options& options);

    [[nodiscard]] api::Application& application() { return *application_; }
    [[nodiscard]] const store::Store& store() const { return *store_; }

  private:
    Instance(std::vector<FolderLock> locks, std::unique_ptr<store::Store> store, crypto::KeyRing keys)
        : locks_(std::move(locks)), store_(std::move(store)), keys_(std::move(keys)) {}

    std::vector<FolderLock> locks_;
    base::SystemClock clock_;
    std::unique_ptr<store::Store> store_;
    crypto::KeyRing keys_;
    std::unique_ptr<blob::BlobStore> blobs_;
    std::unique_ptr<api::Application> application_;
};

}  // namespace cript::server
