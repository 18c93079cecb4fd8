#pragma once

#include <chrono>

#include "service/file_storage.hpp"

namespace cript::service {

/// Removes what nobody needs any more: uploads that were never completed, files that no File node names, and
/// contents that neither a file nor a part is of.
class FileCollection {
  public:
    /// How long a file may be without a File node that names it.
    static constexpr std::chrono::hours kUnusedFor{48};
    /// How long an upload may take.
    static constexpr std::chrono::hours kUploadFor{7 * 24};
    /// How long a content may be claimed without being used: a transfer ends, or has ended, in less.
    static constexpr std::chrono::hours kClaimedFor{1};
    /// How long contents may be removed after they were doomed. What could not be removed, or may not have
    /// been, is tried again when kClaimedFor is over: S3 refuses a request 15 minutes after it was signed, so
    /// one of the first attempt cannot arrive by then and take a content that was put again.
    static constexpr std::chrono::minutes kRemovalFor{10};
    /// How long one put may take in a store that is reached over a network.
    static constexpr std::chrono::hours kPutFor{24};

    FileCollection(Context& context, FileStorage& storage) : context_(context), storage_(storage) {}

    /// Errors: Unavailable.
    [[nodiscard]] base::Result<void> run();
    /// At the start of a server that has the database for itself: contents that were on their way when it
    /// ended are nobody's.
    [[nodiscard]] base::Result<void> run_at_start();

  private:
    [[nodiscard]] base::Result<void> end_old_uploads(base::Timestamp now);
    [[nodiscard]] base::Result<void> delete_unused_files(base::Timestamp now);
    [[nodiscard]] base::Result<void> remove_unused_blobs(base::Timestamp unused_since);

    Context& context_;
    FileStorage& storage_;
};

}  // namespace cript::service
