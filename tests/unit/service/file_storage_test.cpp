#include "service/file_storage.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "installation.hpp"
#include "service/file_collection.hpp"

namespace cript::service {
namespace {

using base::ErrorKind;
using std::chrono::hours;

class FileStorageTest : public test::AccountInstallation {
  protected:
    void SetUp() override {
        AccountInstallation::SetUp();
        if (HasFatalFailure()) return;
        auto blobs = blob::open_filesystem(folder_ / "blobs");
        ASSERT_TRUE(blobs);
        blobs_ = std::move(*blobs);
        StorageLimits limits;
        limits.buckets = {"files", "others"};
        limits.quota = 1'000;
        storage_.emplace(context(), *blobs_, limits);
        collection_.emplace(context(), *storage_);
        const auto checked = check_->check(secret_of(add("ada").id), test::kHome);
        ASSERT_TRUE(checked);
        ada_ = *checked;
        bob_ = caller("bob");
    }
    std::unique_ptr<blob::Spool> spool(std::string_view content) {
        auto spool = blobs_->begin();
        EXPECT_TRUE(spool);
        EXPECT_TRUE((*spool)->write(content));
        return std::move(*spool);
    }
    base::Result<store::StoredFileRow> put(const account::Caller& caller, std::string key,
                                           std::string_view content) {
        const auto spooled = spool(content);
        return storage_->put(caller, {"files", std::move(key)}, "text/plain", *spooled);
    }
    Completion::Outcome complete(const std::string& id,
                                 const std::optional<std::vector<FileStorage::Part>>& parts = {}) {
        auto completion = storage_->complete(ada_, id, parts);
        if (!completion) return base::fail(completion.error());
        wait_for(**completion);
        return (*completion)->outcome();
    }
    static void wait_for(Completion& completion) {
        std::promise<void> ready;
        (void)completion.await([&ready] { ready.set_value(); });
        ready.get_future().wait();
    }
    std::string begin_with_parts(std::initializer_list<std::string_view> contents) {
        const auto upload = storage_->begin_upload(ada_, {"files", "parts"}, "text/plain");
        EXPECT_TRUE(upload);
        unsigned number = 0;
        for (const auto content : contents) {
            const auto spooled = spool(content);
            EXPECT_TRUE(storage_->put_part(ada_, upload->uuid.text(), ++number, *spooled));
        }
        return upload->uuid.text();
    }
    static std::string code(const base::Error& error) {
        return error.problems.empty() ? error.message : error.problems.front().code;
    }
    std::string read(const store::StoredFileRow& file) {
        auto reader = storage_->open(file);
        if (!reader) return "gone";
        std::string out((*reader)->size(), '\0');
        EXPECT_EQ(*(*reader)->read(0, out), out.size());
        return out;
    }
    bool is_kept(std::string_view content) {
        return blobs_->open(crypto::sha256(base::as_bytes(content))).has_value();
    }
    void collect() {
        const auto done = collection_->run();
        EXPECT_TRUE(done) << done.error().message;
    }

    std::unique_ptr<blob::BlobStore> blobs_;
    std::optional<FileStorage> storage_;
    std::optional<FileCollection> collection_;
    account::Caller ada_;
    account::Caller bob_;
};

TEST_F(FileStorageTest, GivesAFileBackToItsOwner) {
    const auto stored = put(ada_, "key", "content");
    ASSERT_TRUE(stored) << stored.error().message;
    const auto found = storage_->find(ada_, {"files", "key"});
    ASSERT_TRUE(found);
    EXPECT_EQ(read(*found), "content");
    EXPECT_EQ(found->etag, "9a0364b9e99bb480dd25e1f0284c8555");
    EXPECT_EQ(storage_->find(bob_, {"files", "key"}).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(storage_->find(ada_, {"others", "key"}).error().kind, ErrorKind::NotFound);
}

TEST_F(FileStorageTest, WritesAKeyOnce) {
    ASSERT_TRUE(put(ada_, "key", "content"));
    EXPECT_TRUE(put(ada_, "key", "content"));
    EXPECT_EQ(code(put(ada_, "key", "other").error()), kKeyTaken);
    EXPECT_EQ(code(put(bob_, "key", "content").error()), kKeyTaken);
    EXPECT_EQ(storage_->use(ada_)->used, 7U);
}

TEST_F(FileStorageTest, RefusesBucketsAndKeysThatCannotBe) {
    EXPECT_EQ(code(storage_->admit(ada_, {"nowhere", "key"}, 1).error()), kNoSuchBucket);
    for (const auto& key : {std::string(), std::string(1'025, 'k'), std::string("a\nb"), std::string("\xff")})
        EXPECT_EQ(code(storage_->admit(ada_, {"files", key}, 1).error()), kBadKey);
    EXPECT_TRUE(storage_->admit(ada_, {"files", std::string(1'024, 'k')}, 1));
}

TEST_F(FileStorageTest, KeepsEachAccountWithinItsQuota) {
    ASSERT_TRUE(put(ada_, "one", std::string(600, 'a')));
    EXPECT_EQ(code(put(ada_, "two", std::string(401, 'a')).error()), kQuotaExceeded);
    EXPECT_TRUE(put(bob_, "three", std::string(401, 'a')));
    EXPECT_TRUE(put(ada_, "four", std::string(400, 'a')));
    EXPECT_EQ(code(storage_->admit(ada_, {"files", "five"}, UINT64_MAX).error()), kQuotaExceeded);
    ASSERT_TRUE(store_->write([&](store::Writer& writer) { return writer.set_quota(ada_.account, 2'000); }));
    EXPECT_TRUE(put(ada_, "five", std::string(1'000, 'a')));
}

TEST_F(FileStorageTest, PutsPartsTogether) {
    const auto upload = storage_->begin_upload(ada_, {"files", "parts"}, "text/plain");
    ASSERT_TRUE(upload);
    const auto id = upload->uuid.text();
    for (const auto& [number, content] : {std::pair{2U, "second"}, std::pair{1U, "first "}}) {
        const auto spooled = spool(content);
        ASSERT_TRUE(storage_->put_part(ada_, id, number, *spooled));
    }
    const auto file = complete(id, {{{1, ""}, {2, ""}}});
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(read(*file), "first second");
    EXPECT_TRUE(file->etag.ends_with("-2"));
    EXPECT_EQ(storage_->use(ada_)->used, 12U);
}

TEST_F(FileStorageTest, TellsOfTheSameFileWhoeverCompletesAnUploadAgain) {
    const auto id = begin_with_parts({"first ", "second"});
    const auto file = complete(id);
    ASSERT_TRUE(file) << file.error().message;
    const auto again = complete(id);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->id, file->id);
    EXPECT_EQ(again->etag, file->etag);
    EXPECT_EQ(storage_->use(ada_)->used, 12U);
    EXPECT_EQ(code(storage_->parts(ada_, id).error()), kNoSuchUpload);
    const auto late = spool("late");
    EXPECT_EQ(code(storage_->put_part(ada_, id, 3, *late).error()), kNoSuchUpload);
    EXPECT_EQ(code(storage_->complete(bob_, id, {}).error()), kNoSuchUpload);
    clock_.advance(hours(7 * 24 + 1));
    collect();
    EXPECT_EQ(code(storage_->complete(ada_, id, {}).error()), kNoSuchUpload);
}

TEST_F(FileStorageTest, RefusesToRepeatACompletionWithOtherParts) {
    const auto id = begin_with_parts({"first ", "second"});
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(code(complete(id, {{{1, ""}}}).error()), kInvalidPart);
    EXPECT_TRUE(complete(id, {{{1, ""}, {2, ""}}}));
}

TEST_F(FileStorageTest, HoldsACompletionThatIsRepeatedAgainstTheDigestThatComesWithIt) {
    const auto id = begin_with_parts({"first ", "second"});
    ASSERT_TRUE(complete(id));
    const auto right = base::to_hex(spool("first second")->finish().sha256);
    EXPECT_TRUE(storage_->complete(ada_, id, {}, right));
    EXPECT_EQ(storage_->complete(ada_, id, {}, std::string(64, '0')).error().kind, ErrorKind::InvalidInput);
}

TEST_F(FileStorageTest, StoresNothingForATokenThatEndedWhilePartsWerePutTogether) {
    const auto id = begin_with_parts({"first ", "second"});
    ASSERT_TRUE(account_token_->regenerate(event(ada_.account, "token.regenerated")));
    EXPECT_EQ(complete(id).error().kind, ErrorKind::Unauthenticated);
    EXPECT_EQ(storage_->find(ada_, {"files", "parts"}).error().kind, ErrorKind::NotFound);
}

/// Contents that are read only once the test lets them be.
class HeldStore final : public blob::BlobStore {
  public:
    explicit HeldStore(blob::BlobStore& inner) : inner_(inner) {}
    base::Result<std::unique_ptr<blob::Spool>> begin() override {
        ++spools;
        return inner_.begin();
    }
    base::Result<void> put(blob::Spool& spool) override { return inner_.put(spool); }
    base::Result<std::unique_ptr<blob::BlobReader>> open(const crypto::Digest& digest) override {
        gate_.wait();
        return inner_.open(digest);
    }
    base::Result<void> remove(const crypto::Digest& digest) override { return inner_.remove(digest); }
    std::string name() const override { return inner_.name(); }
    void let_go() { opened_.set_value(); }

    std::atomic<int> spools{0};

  private:
    blob::BlobStore& inner_;
    std::promise<void> opened_;
    std::shared_future<void> gate_ = opened_.get_future().share();
};

TEST_F(FileStorageTest, PutsPartsTogetherOnceHoweverOftenThatIsAskedFor) {
    const auto id = begin_with_parts({"first ", "second"});
    HeldStore held(*blobs_);
    FileStorage storage(context(), held, storage_->limits());
    const auto first = storage.complete(ada_, id, {});
    const auto second = storage.complete(ada_, id, {});
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    EXPECT_EQ(storage.complete(ada_, id, {{{1, ""}}}).error().kind, ErrorKind::Conflict)
        << "with other parts";
    EXPECT_EQ(storage.complete(ada_, id, {}, std::string(64, '0')).error().kind, ErrorKind::Conflict)
        << "with another digest";
    held.let_go();
    wait_for(**first);
    wait_for(**second);
    ASSERT_TRUE((*first)->outcome()) << (*first)->outcome().error().message;
    EXPECT_EQ((*first)->outcome()->id, (*second)->outcome()->id);
    EXPECT_EQ(held.spools, 1);
}

TEST_F(FileStorageTest, GivesACompletionUpWhenTheServerEnds) {
    const auto id = begin_with_parts({"first ", "second"});
    HeldStore held(*blobs_);
    std::shared_ptr<Completion> completion;
    {
        std::optional<FileStorage> storage(std::in_place, context(), held, storage_->limits());
        completion = *storage->complete(ada_, id, {});
        std::thread ending([&] { storage.reset(); });
        held.let_go();
        ending.join();
    }
    wait_for(*completion);
    // Whichever was first, the end or the completion: it is whole, or still an upload.
    if (!completion->outcome()) {
        EXPECT_EQ(completion->outcome().error().kind, ErrorKind::Unavailable);
    }
    const auto again = complete(id);
    ASSERT_TRUE(again);
    EXPECT_EQ(read(*again), "first second");
}

TEST_F(FileStorageTest, KeepsRoomForWhatIsOnItsWay) {
    auto first = storage_->receive(ada_, {"files", "one"}, 600);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(code(storage_->receive(ada_, {"files", "two"}, 600).error()), kQuotaExceeded);
    EXPECT_TRUE(storage_->receive(bob_, {"files", "two"}, 600));
    const auto upload = storage_->begin_upload(ada_, {"files", "parts"}, "text/plain");
    ASSERT_TRUE(upload);
    EXPECT_EQ(code(storage_->receive_part(ada_, upload->uuid.text(), 1, 600).error()), kQuotaExceeded);
    first->reset();
    EXPECT_TRUE(storage_->receive(ada_, {"files", "two"}, 600));
}

TEST_F(FileStorageTest, KeepsMoreRoomAsContentComesWhoseSizeNobodyKnew) {
    auto first = storage_->receive(ada_, {"files", "one"}, 0);
    auto second = storage_->receive(ada_, {"files", "two"}, 0);
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    EXPECT_TRUE((*first)->write(std::string(600, 'a')));
    EXPECT_EQ(code((*second)->write(std::string(401, 'a')).error()), kQuotaExceeded);
    EXPECT_TRUE((*second)->write(std::string(400, 'a')));
    ASSERT_TRUE(storage_->put(ada_, {"files", "one"}, "text/plain", **first));
    first->reset();
    EXPECT_EQ(code(storage_->receive(ada_, {"files", "three"}, 1).error()), kQuotaExceeded);
}

TEST_F(FileStorageTest, TakesTheSameFileAgainWhenTheQuotaIsFull) {
    ASSERT_TRUE(put(ada_, "one", std::string(1'000, 'a')));
    EXPECT_TRUE(storage_->receive(ada_, {"files", "one"}, 1'000));
    EXPECT_FALSE(storage_->receive(ada_, {"files", "two"}, 1));
}

TEST_F(FileStorageTest, LeavesADiskFreeThatIsNearlyFull) {
    auto limits = storage_->limits();
    EXPECT_TRUE(storage_->check_condition());
    limits.disk_floor = UINT64_MAX / 2;
    FileStorage storage(context(), *blobs_, limits);
    EXPECT_EQ(code(storage.check_condition().error()), blob::kDiskFull);
    EXPECT_EQ(code(storage.receive(ada_, {"files", "one"}, 1).error()), blob::kDiskFull);
    EXPECT_EQ(code(storage.receive(ada_, {"files", "one"}, 0).error()), blob::kDiskFull);
}

TEST_F(FileStorageTest, RefusesPartsOfAnotherCredential) {
    const auto upload = storage_->begin_upload(ada_, {"files", "parts"}, "text/plain");
    ASSERT_TRUE(upload);
    auto later = ada_;
    later.credential_id += 1;
    const auto spooled = spool("x");
    EXPECT_EQ(code(storage_->put_part(later, upload->uuid.text(), 1, *spooled).error()), kNoSuchUpload);
    EXPECT_EQ(code(storage_->put_part(bob_, upload->uuid.text(), 1, *spooled).error()), kNoSuchUpload);
    EXPECT_EQ(code(storage_->find_upload(ada_, "no uuid").error()), kNoSuchUpload);
}

TEST_F(FileStorageTest, CollectsAFileThatNoNodeHasNamedForTwoDays) {
    ASSERT_TRUE(put(ada_, "key", "content"));
    clock_.advance(hours(48));
    collect();
    EXPECT_TRUE(is_kept("content"));
    clock_.advance(hours(1));
    collect();
    EXPECT_FALSE(storage_->find(ada_, {"files", "key"}));
    EXPECT_TRUE(is_kept("content")) << "it was used until just now";
    clock_.advance(hours(2));
    collect();
    EXPECT_FALSE(is_kept("content"));
    EXPECT_EQ(storage_->use(ada_)->used, 0U);
}

TEST_F(FileStorageTest, StoresAgainWhatWasCollected) {
    ASSERT_TRUE(put(ada_, "key", "content"));
    clock_.advance(hours(49));
    collect();
    clock_.advance(hours(2));
    collect();
    const auto again = put(ada_, "key", "content");
    ASSERT_TRUE(again);
    EXPECT_EQ(read(*again), "content");
}

TEST_F(FileStorageTest, CollectsUploadsThatWereNeverCompleted) {
    const auto upload = storage_->begin_upload(ada_, {"files", "parts"}, "text/plain");
    const auto spooled = spool("part");
    ASSERT_TRUE(storage_->put_part(ada_, upload->uuid.text(), 1, *spooled));
    clock_.advance(hours(7 * 24));
    collect();
    EXPECT_TRUE(storage_->find_upload(ada_, upload->uuid.text()));
    clock_.advance(hours(1));
    collect();
    EXPECT_FALSE(storage_->find_upload(ada_, upload->uuid.text()));
    clock_.advance(hours(2));
    collect();
    EXPECT_FALSE(is_kept("part"));
}

TEST_F(FileStorageTest, RemovesAtTheStartWhatWasOnItsWay) {
    ASSERT_TRUE(put(ada_, "key", "content"));
    const auto spooled = spool("on its way");
    const auto& digests = spooled->finish();
    ASSERT_TRUE(store_->write([&](store::Writer& writer) -> base::Result<void> {
        CRIPT_CHECK(writer.claim_blob(digests.sha256, digests.size, clock_.now()));
        return {};
    }));
    ASSERT_TRUE(blobs_->put(*spooled));
    EXPECT_TRUE(is_kept("on its way"));
    ASSERT_TRUE(collection_->run_at_start());
    EXPECT_FALSE(is_kept("on its way"));
    EXPECT_TRUE(is_kept("content"));
}

TEST_F(FileStorageTest, MakesKeysThatNobodyElseHas) {
    const auto key = new_key("a ä/b.tar.gz");
    EXPECT_TRUE(key.starts_with("uploads/a____b.tar_")) << key;
    EXPECT_TRUE(key.ends_with(".gz"));
    EXPECT_NE(new_key("x"), new_key("x"));
    EXPECT_TRUE(new_key(".hidden").starts_with("uploads/.hidden_"));
    EXPECT_LT(new_key(std::string(5'000, 'x')).size(), kLongestKey);
}

}  // namespace
}  // namespace cript::service
