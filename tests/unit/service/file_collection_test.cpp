#include "service/file_collection.hpp"

#include <gtest/gtest.h>

#include "installation.hpp"

namespace cript::service {
namespace {

using base::ErrorKind;
using std::chrono::hours;
using std::chrono::minutes;

/// A store that is reached over a network: what it is told to remove, it may do without the answer getting
/// back.
class RemoteBlobs final : public blob::BlobStore {
  public:
    explicit RemoteBlobs(std::unique_ptr<blob::BlobStore> inside) : inside_(std::move(inside)) {}

    base::Result<std::unique_ptr<blob::Spool>> begin() override { return inside_->begin(); }
    base::Result<void> put(blob::Spool& spool) override { return inside_->put(spool); }
    base::Result<std::unique_ptr<blob::BlobReader>> open(const crypto::Digest& digest) override {
        return inside_->open(digest);
    }
    base::Result<void> remove(const crypto::Digest& digest) override {
        ++removals;
        if (!loses_answers) return inside_->remove(digest);
        return base::fail(ErrorKind::Unavailable, "the answer was lost");
    }
    [[nodiscard]] std::string name() const override { return "remote"; }
    [[nodiscard]] bool is_remote() const override { return true; }
    [[nodiscard]] bool is_available() const override { return answers; }
    base::Result<void> remove_interrupted(base::Timestamp begun_before) override {
        interrupted_before = begun_before;
        return {};
    }

    int removals = 0;
    bool loses_answers = false;
    bool answers = true;
    base::Timestamp interrupted_before;

  private:
    std::unique_ptr<blob::BlobStore> inside_;
};

class CollectionInARemoteStore : public test::Installation {
  protected:
    void SetUp() override {
        Installation::SetUp();
        if (HasFatalFailure()) return;
        auto blobs = blob::open_filesystem(folder_ / "blobs");
        ASSERT_TRUE(blobs);
        blobs_.emplace(std::move(*blobs));
        storage_.emplace(context(), *blobs_, StorageLimits{{"files"}, 1'000});
        collection_.emplace(context(), *storage_);
        ada_ = caller("ada");
    }
    base::Result<store::StoredFileRow> put(std::string_view content) {
        auto spool = storage_->receive(ada_, {"files", "key"}, 7);
        EXPECT_TRUE((*spool)->write(content));
        return storage_->put(ada_, {"files", "key"}, "text/plain", **spool);
    }
    /// A content that was put and never used, an hour ago.
    void leave_a_content() {
        auto spool = storage_->receive(ada_, {"files", "key"}, 7);
        EXPECT_TRUE((*spool)->write("content"));
        const auto& digests = (*spool)->finish();
        EXPECT_TRUE(store_->write([&](store::Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(writer.claim_blob(digests.sha256, digests.size, clock_.now()));
            return {};
        }));
        EXPECT_TRUE(blobs_->put(**spool));
        clock_.advance(hours(1) + minutes(1));
    }

    std::optional<RemoteBlobs> blobs_;
    std::optional<FileStorage> storage_;
    std::optional<FileCollection> collection_;
    account::Caller ada_;
};

TEST_F(CollectionInARemoteStore, LetsNothingBePutAgainBeforeALostRemovalIsTooOldToArrive) {
    leave_a_content();
    blobs_->loses_answers = true;
    EXPECT_FALSE(collection_->run());
    blobs_->loses_answers = false;
    EXPECT_EQ(blobs_->removals, 1);
    EXPECT_EQ(put("content").error().kind, ErrorKind::Unavailable);
    clock_.advance(minutes(30));
    EXPECT_TRUE(collection_->run());
    EXPECT_EQ(blobs_->removals, 1) << "not before the first request cannot arrive any more";
    clock_.advance(minutes(31));
    EXPECT_TRUE(collection_->run());
    EXPECT_EQ(blobs_->removals, 2);
    EXPECT_TRUE(put("content"));
}

TEST_F(CollectionInARemoteStore, DoomsNothingWhileTheStoreIsAway) {
    leave_a_content();
    blobs_->answers = false;
    EXPECT_FALSE(collection_->run());
    EXPECT_EQ(blobs_->removals, 0);
    blobs_->answers = true;
    EXPECT_TRUE(put("content"));
}

TEST_F(CollectionInARemoteStore, RemovesNothingAtTheStartOfAServer) {
    leave_a_content();
    EXPECT_TRUE(collection_->run_at_start());
    EXPECT_EQ(blobs_->removals, 0);
}

TEST_F(CollectionInARemoteStore, GivesUpWhatTookLongerThanADay) {
    EXPECT_TRUE(collection_->run());
    EXPECT_EQ(blobs_->interrupted_before, clock_.now().plus(-hours(24)));
}

}  // namespace
}  // namespace cript::service
