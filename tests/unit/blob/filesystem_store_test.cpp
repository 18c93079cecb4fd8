#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <thread>
#include <vector>

#include "base/uuid.hpp"
#include "blob/blob_store.hpp"
#include "fixture/temporary_folder.hpp"

namespace cript::blob {
namespace {

namespace fs = std::filesystem;

class FilesystemBlobs : public testing::Test {
  protected:
    void SetUp() override { open(); }
    void open() {
        auto opened = open_filesystem(folder_.path() / "blobs");
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
    }
    std::unique_ptr<Spool> spool(std::string_view content) {
        auto spool = store_->begin();
        EXPECT_TRUE(spool);
        EXPECT_TRUE((*spool)->write(content));
        return std::move(*spool);
    }
    crypto::Digest put(std::string_view content) {
        const auto spooled = spool(content);
        const auto done = store_->put(*spooled);
        EXPECT_TRUE(done) << done.error().message;
        return spooled->finish().sha256;
    }
    std::string read(const crypto::Digest& digest) {
        auto reader = store_->open(digest);
        if (!reader) return "error: " + reader.error().message;
        std::string out((*reader)->size(), '\0');
        std::size_t at = 0;
        while (at < out.size()) {
            const auto count = (*reader)->read(at, std::span(out).subspan(at));
            if (!count || *count == 0) return "error: ended early";
            at += *count;
        }
        return out;
    }
    /// The files below a folder of the store.
    std::size_t files_in(const std::string& name) {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / "blobs" / name)) {
            if (entry.is_regular_file()) ++count;
        }
        return count;
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<BlobStore> store_;
};

TEST_F(FilesystemBlobs, GiveAContentBackByItsDigest) {
    const auto digest = put("some content");
    EXPECT_EQ(digest, crypto::sha256(base::as_bytes("some content")));
    EXPECT_EQ(read(digest), "some content");
    open();
    EXPECT_EQ(read(digest), "some content");
}

TEST_F(FilesystemBlobs, HaveContentsOfNothing) {
    EXPECT_EQ(read(put("")), "");
}

TEST_F(FilesystemBlobs, KeepOneFileForEqualContents) {
    put("same");
    put("same");
    put("other");
    EXPECT_EQ(files_in("sha256"), 2U);
    EXPECT_EQ(files_in("incoming"), 0U);
}

TEST_F(FilesystemBlobs, KeepOneFileHoweverManyPutItAtOnce) {
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([this] {
            for (int round = 0; round < 10; ++round) put("content " + std::to_string(round));
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(files_in("sha256"), 10U);
    EXPECT_EQ(files_in("incoming"), 0U);
}

TEST_F(FilesystemBlobs, LeaveNothingOfWhatIsGivenUp) {
    {
        const auto given_up = spool("half of it");
        EXPECT_EQ(files_in("incoming"), 1U);
    }
    EXPECT_EQ(files_in("incoming"), 0U);
    EXPECT_EQ(files_in("sha256"), 0U);
}

TEST_F(FilesystemBlobs, RemoveAtTheStartWhatAKilledProcessLeft) {
    const auto left = base::Uuid::random().text();
    std::ofstream(folder_.path() / "blobs" / "incoming" / left) << "half of it";
    open();
    EXPECT_EQ(files_in("incoming"), 0U);
}

TEST_F(FilesystemBlobs, LeaveFilesThatAreNoSpoolsOfTheirs) {
    const auto incoming = folder_.path() / "blobs" / "incoming";
    std::ofstream(incoming / "thesis.pdf") << "somebody's";
    open();
    EXPECT_TRUE(std::filesystem::exists(incoming / "thesis.pdf"));
}

TEST_F(FilesystemBlobs, LeaveTheSpoolsOfALivingProcess) {
    const auto living = spool("on its way");
    const auto second = open_filesystem(folder_.path() / "blobs");
    ASSERT_TRUE(second);
    EXPECT_EQ(files_in("incoming"), 1U);
    EXPECT_TRUE(store_->put(*living));
    EXPECT_EQ(read(living->finish().sha256), "on its way");
}

TEST_F(FilesystemBlobs, RemoveAContentAndDoNotMissIt) {
    const auto digest = put("gone");
    EXPECT_TRUE(store_->remove(digest));
    EXPECT_TRUE(store_->remove(digest));
    EXPECT_EQ(store_->open(digest).error().kind, base::ErrorKind::NotFound);
}

TEST_F(FilesystemBlobs, ReadOnWhatIsRemovedMeanwhile) {
    const auto digest = put("still here");
    auto reader = store_->open(digest);
    ASSERT_TRUE(reader);
    ASSERT_TRUE(store_->remove(digest));
    std::string out(10, '\0');
    EXPECT_EQ((*reader)->read(0, out), 10U);
    EXPECT_EQ(out, "still here");
}

TEST_F(FilesystemBlobs, SayWhyTheyCannotBeOpened) {
    std::ofstream(folder_.path() / "file") << "no folder";
    const auto opened = open_filesystem(folder_.path() / "file");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, base::ErrorKind::Unavailable);
}

}  // namespace
}  // namespace cript::blob
