#pragma once

#include <memory>
#include <vector>

#include "api/application.hpp"
#include "server/folder_lock.hpp"
#include "server/options.hpp"

namespace cript::server {

/// The database remembers each version of its ring: a ring of another installation is noticed before it does
/// harm. While there are no accounts nothing is sealed yet, and any ring will do, unless other servers have
/// one already. Errors: Conflict if it is another one.
[[nodiscard]] base::Result<void> check_key_ring(const crypto::KeyRing& keys, store::Store& store);

/// An opened data folder with everything above it that does not listen.
class Instance {
  public:
    /// Errors: Conflict if the folder is in use or the key ring is another installation's; NotFound if the
    /// key ring is missing though there are accounts; Unavailable.
    [[nodiscard]] static base::Result<std::unique_ptr<Instance>> open(const Options& options);

    [[nodiscard]] api::Application& application() { return *application_; }
    [[nodiscard]] const store::Store& store() const { return *store_; }
    [[nodiscard]] blob::BlobStore& blobs() { return *blobs_; }
    /// From now on what other servers of the database do is noticed. The watch must end before the instance.
    [[nodiscard]] std::unique_ptr<store::Watch> watch() { return store_->watch(application_->token_check); }

  private:
    Instance(std::vector<FolderLock> locks, std::unique_ptr<store::Store> store, crypto::KeyRing keys,
             service::RevokedDigests revoked)
        : locks_(std::move(locks)),
          store_(std::move(store)),
          keys_(std::move(keys)),
          revoked_(std::move(revoked)) {}

    std::vector<FolderLock> locks_;
    base::SystemClock clock_;
    std::unique_ptr<store::Store> store_;
    crypto::KeyRing keys_;
    std::unique_ptr<blob::BlobStore> blobs_;
    service::RevokedDigests revoked_;
    std::unique_ptr<api::Application> application_;
};

}  // namespace cript::server
