#include "store/file_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using base::ErrorKind;
using std::chrono::hours;
using test::kNow;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kLater = base::Timestamp{kNow.microseconds + 3'600'000'000};
constexpr auto kMuchLater = base::Timestamp{kNow.microseconds + 7'200'000'000};

crypto::Digest digest_of(std::uint8_t byte) {
    crypto::Digest digest{};
    digest.fill(byte);
    return digest;
}

class FileRows : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        ada_ = change([&](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
        bob_ = change([&](Writer& writer) { return test::insert(writer, test::account("bob")); })->id;
    }
    bool claim(std::uint8_t byte, base::Timestamp now = kNow) {
        return *change([&](Writer& writer) { return writer.claim_blob(digest_of(byte), 100, now); });
    }
    StoredFileRow file(std::string key, std::uint8_t content, AccountId owner) {
        StoredFileRow row;
        row.bucket = "bucket";
        row.key = std::move(key);
        row.owner = owner;
        row.digest = digest_of(content);
        row.size = 100;
        row.etag = "etag";
        row.media_type = "text/csv";
        row.created_at = kNow;
        return row;
    }
    StoredFileRow add(std::string key, std::uint8_t content, AccountId owner) {
        EXPECT_TRUE(claim(content));
        auto row = file(std::move(key), content, owner);
        make([&](Writer& writer) { return writer.insert_file(row); });
        return row;
    }
    NodeRow add_node(AccountId by) {
        return *change(
            [&](Writer& writer) { return test::insert(writer, test::node(model::NodeType::File, "", by)); });
    }
    void name(const NodeRow& node, std::string_view key, std::optional<std::int64_t> file) {
        make([&](Writer& writer) { return writer.set_file_source(node.id, key, file, kNow); });
    }
    std::optional<StoredFileRow> file_of(const NodeRow& node) {
        return ask([&](Reader& reader) { return reader.file_of_node(node.id); });
    }
    UploadRow begin(AccountId owner, base::Timestamp created = kNow) {
        UploadRow upload;
        upload.uuid = base::Uuid::random();
        upload.bucket = "bucket";
        upload.key = "key";
        upload.owner = owner;
        upload.credential = account::Credential::Session;
        upload.credential_id = 7;
        upload.media_type = "text/csv";
        upload.created_at = created;
        make([&](Writer& writer) { return writer.insert_upload(upload); });
        return upload;
    }
    void put(const UploadRow& upload, unsigned number, std::uint8_t content, std::uint64_t size) {
        EXPECT_TRUE(claim(content));
        UploadPartRow part{number, digest_of(content), size, {}};
        part.md5.fill(content);
        make([&](Writer& writer) { return writer.put_part(upload, part, kNow); });
    }
    bool end(const UploadRow& upload) {
        return *change([&](Writer& writer) { return writer.delete_upload(upload, kLater); });
    }
    std::uint64_t used(AccountId account) {
        return ask([&](Reader& reader) { return reader.storage_use(account); }).used;
    }
    std::uint64_t delete_unused(base::Timestamp since) {
        return *change([&](Writer& writer) { return writer.delete_unused_files(since, kLater, 10); });
    }
    std::vector<crypto::Digest> doom(base::Timestamp since) {
        return *change([&](Writer& writer) { return writer.doom_unused_blobs(since, since, 10); });
    }

    AccountId ada_ = 0;
    AccountId bob_ = 0;
};
CRIPT_ON_EVERY_BACKEND(FileRows);

TEST_P(FileRows, GiveAFileBackAsItWasInserted) {
    const auto row = add("a/ä 1.csv", 1, ada_);
    const auto found = ask([&](Reader& reader) { return reader.find_file("bucket", "a/ä 1.csv"); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, row.id);
    EXPECT_EQ(found->owner, ada_);
    EXPECT_EQ(found->digest, digest_of(1));
    EXPECT_EQ(found->size, 100U);
    EXPECT_EQ(found->etag, "etag");
    EXPECT_EQ(found->media_type, "text/csv");
    EXPECT_EQ(found->created_at, kNow);
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.find_file("other", "a/ä 1.csv"); }));
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.find_file("bucket", "a/Ä 1.csv"); }));
}

TEST_P(FileRows, RefuseAKeyThatIsTaken) {
    add("key", 1, ada_);
    EXPECT_TRUE(claim(2));
    auto second = file("key", 2, bob_);
    const auto done = store_->write([&](Writer& writer) { return writer.insert_file(second); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(used(bob_), 0U);
}

TEST_P(FileRows, FindAKeyInEveryBucket) {
    add("key", 1, ada_);
    EXPECT_TRUE(claim(2));
    auto second = file("key", 2, bob_);
    second.bucket = "another";
    make([&](Writer& writer) { return writer.insert_file(second); });
    const auto rows = ask([&](Reader& reader) { return reader.files_with_key("key"); });
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].owner, ada_);
    EXPECT_EQ(rows[1].owner, bob_);
}

TEST_P(FileRows, CountWhatEachOwnerKeeps) {
    add("one", 1, ada_);
    add("two", 1, ada_);
    add("three", 1, bob_);
    EXPECT_EQ(used(ada_), 200U) << "the same content counts for each key";
    EXPECT_EQ(used(bob_), 100U);
}

TEST_P(FileRows, KeepAQuotaBesideWhatIsUsed) {
    make([&](Writer& writer) { return writer.set_quota(ada_, 5'000); });
    add("one", 1, ada_);
    const auto use = ask([&](Reader& reader) { return reader.storage_use(ada_); });
    EXPECT_EQ(use.quota, 5'000U);
    EXPECT_EQ(use.used, 100U);
    make([&](Writer& writer) { return writer.set_quota(ada_, std::nullopt); });
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.storage_use(ada_); }).quota);
}

TEST_P(FileRows, KnowWhichNodesNameAFile) {
    const auto row = add("key", 1, ada_);
    const auto first = add_node(ada_);
    const auto second = add_node(bob_);
    name(first, "key", row.id);
    name(second, "key", row.id);
    EXPECT_EQ(file_of(first)->id, row.id);
    EXPECT_THAT(ask([&](Reader& reader) { return reader.nodes_with_file(row.id, 10); }),
                ElementsAre(second.id, first.id));
    EXPECT_THAT(ask([&](Reader& reader) { return reader.nodes_with_file(row.id, 1); }),
                ElementsAre(second.id));
}

TEST_P(FileRows, GiveAFileThatComesLaterToTheNodesOfItsOwnerOnly) {
    const auto mine = add_node(ada_);
    const auto strangers = add_node(bob_);
    name(mine, "key", std::nullopt);
    name(strangers, "key", std::nullopt);
    const auto row = add("key", 1, ada_);
    EXPECT_EQ(file_of(mine)->id, row.id);
    EXPECT_FALSE(file_of(strangers));
}

TEST_P(FileRows, NeverDeleteAFileThatANodeNames) {
    const auto row = add("key", 1, ada_);
    const auto node = add_node(ada_);
    name(node, "key", row.id);
    EXPECT_EQ(delete_unused(kMuchLater), 0U);
    name(node, "another", std::nullopt);
    EXPECT_EQ(delete_unused(kNow), 0U) << "it was named until just now";
    EXPECT_EQ(delete_unused(kLater), 1U);
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.find_file("bucket", "key"); }));
    EXPECT_EQ(used(ada_), 0U);
}

TEST_P(FileRows, CountAFileAsUnusedFromTheDeletionOfItsNode) {
    const auto row = add("key", 1, ada_);
    const auto node = add_node(ada_);
    name(node, "key", row.id);
    make([&](Writer& writer) { return writer.delete_nodes(std::span(&node, 1), ada_, kLater); });
    EXPECT_EQ(delete_unused(kLater), 0U);
    EXPECT_EQ(delete_unused(kMuchLater), 1U);
}

TEST_P(FileRows, CountAFileThatCameLaterAsUsed) {
    name(add_node(ada_), "key", std::nullopt);
    add("key", 1, ada_);
    EXPECT_EQ(delete_unused(kMuchLater), 0U);
}

TEST_P(FileRows, DoomAContentOnlyWhenNothingUsesIt) {
    add("one", 1, ada_);
    add("two", 1, ada_);
    EXPECT_THAT(doom(kMuchLater), IsEmpty());
    EXPECT_EQ(delete_unused(kLater), 2U);
    EXPECT_THAT(doom(kLater), IsEmpty()) << "it was used until just now";
    EXPECT_THAT(doom(kMuchLater), ElementsAre(digest_of(1)));
}

TEST_P(FileRows, RefuseADoomedContentUntilItIsForgotten) {
    EXPECT_TRUE(claim(1));
    EXPECT_TRUE(claim(1)) << "twice at the same time";
    EXPECT_TRUE(ask([&](Reader& reader) { return reader.has_blob(digest_of(1)); }));
    EXPECT_THAT(doom(kLater), ElementsAre(digest_of(1)));
    EXPECT_FALSE(claim(1));
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.has_blob(digest_of(1)); }));
    EXPECT_THAT(doom(kLater), IsEmpty()) << "its removal may still be on its way";
    EXPECT_THAT(doom(kMuchLater), ElementsAre(digest_of(1))) << "given out again, as it was not forgotten";
    make([&](Writer& writer) { return writer.forget_blob(digest_of(1)); });
    EXPECT_TRUE(claim(1));
}

TEST_P(FileRows, KeepAContentThatIsClaimedAgain) {
    EXPECT_TRUE(claim(1));
    EXPECT_TRUE(claim(1, kLater));
    EXPECT_THAT(doom(kLater), IsEmpty());
}

TEST_P(FileRows, GiveAnUploadBackWithItsPartsInOrder) {
    const auto upload = begin(ada_);
    put(upload, 2, 2, 50);
    put(upload, 1, 1, 100);
    const auto found = ask([&](Reader& reader) { return reader.find_upload(upload.uuid); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, upload.id);
    EXPECT_EQ(found->bucket, "bucket");
    EXPECT_EQ(found->key, "key");
    EXPECT_EQ(found->owner, ada_);
    EXPECT_EQ(found->credential, account::Credential::Session);
    EXPECT_EQ(found->credential_id, 7);
    EXPECT_EQ(found->media_type, "text/csv");
    EXPECT_EQ(found->created_at, kNow);
    const auto parts = ask([&](Reader& reader) { return reader.parts_of(upload.id); });
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].number, 1U);
    EXPECT_EQ(parts[0].digest, digest_of(1));
    EXPECT_EQ(parts[0].size, 100U);
    EXPECT_EQ(parts[0].md5[15], 1U);
    EXPECT_EQ(parts[1].number, 2U);
    EXPECT_EQ(used(ada_), 150U);
}

TEST_P(FileRows, ReplaceAPartThatIsSentAgain) {
    const auto upload = begin(ada_);
    put(upload, 1, 1, 100);
    put(upload, 1, 2, 30);
    const auto parts = ask([&](Reader& reader) { return reader.parts_of(upload.id); });
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].digest, digest_of(2));
    EXPECT_EQ(used(ada_), 30U);
    EXPECT_THAT(doom(kLater), ElementsAre(digest_of(1)));
}

TEST_P(FileRows, EndAnUploadOnceWithAllItsParts) {
    const auto upload = begin(ada_);
    put(upload, 1, 1, 100);
    put(upload, 2, 1, 100);
    EXPECT_TRUE(end(upload));
    EXPECT_FALSE(end(upload));
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.find_upload(upload.uuid); }));
    EXPECT_THAT(ask([&](Reader& reader) { return reader.parts_of(upload.id); }), IsEmpty());
    EXPECT_EQ(used(ada_), 0U);
    EXPECT_THAT(doom(kMuchLater), ElementsAre(digest_of(1)));
}

TEST_P(FileRows, KnowWhatAnUploadBecame) {
    const auto upload = begin(ada_);
    put(upload, 1, 1, 100);
    const auto complete = [&](std::uint8_t content) {
        return *change(
            [&](Writer& writer) { return writer.complete_upload(upload, digest_of(content), kLater); });
    };
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.find_upload(upload.uuid); })->completed);
    EXPECT_TRUE(complete(5));
    EXPECT_FALSE(complete(6)) << "once";
    EXPECT_EQ(ask([&](Reader& reader) { return reader.find_upload(upload.uuid); })->completed, digest_of(5));
    EXPECT_THAT(ask([&](Reader& reader) { return reader.parts_of(upload.id); }), IsEmpty());
    EXPECT_EQ(used(ada_), 0U);
    EXPECT_TRUE(end(upload));
    EXPECT_FALSE(complete(5));
}

TEST_P(FileRows, KeepTheFirstMarkOfTheContents) {
    const auto marked = [&] { return ask([&](Reader& reader) { return reader.blob_place(); }); };
    EXPECT_FALSE(marked());
    make([&](Writer& writer) { return writer.mark_blob_place(digest_of(1)); });
    make([&](Writer& writer) { return writer.mark_blob_place(digest_of(2)); });
    EXPECT_EQ(marked(), digest_of(1));
    make([&](Writer& writer) { return writer.forget_blob_place(); });
    EXPECT_FALSE(marked());
}

TEST_P(FileRows, FindOldUploads) {
    const auto old = begin(ada_);
    begin(ada_, kLater);
    const auto found = *change([&](Writer& writer) { return writer.uploads_before(kLater, 10); });
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].uuid, old.uuid);
}

TEST_P(FileRows, FindATokenByItsId) {
    TokenRow token;
    token.account = ada_;
    token.digest = digest_of(9);
    token.key_version = 1;
    token.created_at = kNow;
    make([&](Writer& writer) { return writer.insert_token(token); });
    const auto owner = ask([&](Reader& reader) { return reader.find_token_of_id(token.id); });
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->account, ada_);
    EXPECT_EQ(owner->state, TokenState::Active);
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.find_token_of_id(token.id + 1); }));
}

}  // namespace
}  // namespace cript::store
