#include "service/file_collection.hpp"

#include "base/log.hpp"

namespace cript::service {

namespace {
/// What one transaction takes on.
constexpr unsigned kBatch = 100;
}  // namespace

base::Result<void> FileCollection::run() {
    const auto now = context_.clock.now();
    CRIPT_CHECK(end_old_uploads(now));
    CRIPT_CHECK(delete_unused_files(now));
    CRIPT_CHECK(remove_unused_blobs(now.plus(-kClaimedFor)));
    return storage_.blobs_.remove_interrupted(now.plus(-kPutFor));
}

base::Result<void> FileCollection::run_at_start() {
    // What the server that ended has sent to another one may still arrive there.
    if (storage_.blobs_.is_remote()) return {};
    return remove_unused_blobs(context_.clock.now().plus(std::chrono::microseconds(1)));
}

base::Result<void> FileCollection::end_old_uploads(base::Timestamp now) {
    while (true) {
        auto count =
            write<std::size_t>(context_.store, [&](store::Writer& writer) -> base::Result<std::size_t> {
                auto uploads = writer.uploads_before(now.plus(-kUploadFor), kBatch);
                CRIPT_CHECK(uploads);
                for (const auto& upload : *uploads) CRIPT_CHECK(writer.delete_upload(upload, now));
                return uploads->size();
            });
        CRIPT_CHECK(count);
        if (*count < kBatch) return {};
    }
}

base::Result<void> FileCollection::delete_unused_files(base::Timestamp now) {
    while (true) {
        auto count = write<std::uint64_t>(context_.store, [&](store::Writer& writer) {
            return writer.delete_unused_files(now.plus(-kUnusedFor), now, kBatch);
        });
        CRIPT_CHECK(count);
        if (*count > 0)
            base::log(base::LogLevel::Info, "files.unused_deleted", {{"count", std::to_string(*count)}});
        if (*count < kBatch) return {};
    }
}

base::Result<void> FileCollection::remove_unused_blobs(base::Timestamp unused_since) {
    while (storage_.blobs_.is_available()) {
        const auto begun = std::chrono::steady_clock::now();
        auto doomed = write<std::vector<crypto::Digest>>(context_.store, [&](store::Writer& writer) {
            return writer.doom_unused_blobs(unused_since, context_.clock.now(), kBatch);
        });
        CRIPT_CHECK(doomed);
        for (const auto& digest : *doomed) {
            if (storage_.is_ending_) return base::fail(base::ErrorKind::Unavailable, "the server is ending");
            if (std::chrono::steady_clock::now() - begun > kRemovalFor) {
                return base::fail(base::ErrorKind::Unavailable,
                                  "removing contents takes too long; the rest is for later");
            }
            CRIPT_CHECK(storage_.blobs_.remove(digest));
            CRIPT_CHECK(
                context_.store.write([&](store::Writer& writer) { return writer.forget_blob(digest); }));
        }
        if (doomed->size() < kBatch) return {};
    }
    return base::fail(base::ErrorKind::Unavailable, "the store of the files does not answer");
}

}  // namespace cript::service
