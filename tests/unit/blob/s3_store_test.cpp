#include "blob/s3/s3_store.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <thread>

#include "crypto/key.hpp"
#include "fake/http_server.hpp"
#include "fixture/temporary_folder.hpp"

namespace cript::blob {
namespace {

using base::ErrorKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string error_body(std::string_view code) {
    return fmt::format(
        "<?xml version='1.0'?><Error><Code>{}</Code><Message>the secret is geheim</Message></Error>", code);
}

/// Keeps objects in memory as S3 would; answers to particular requests can be replaced.
class FakeS3 {
  public:
    fake::Response answer(const fake::Request& request) {
        const std::scoped_lock lock(mutex_);
        asked_.push_back(request.method + " " + std::string(kind_of(request.target)));
        const auto path = request.target.substr(0, request.target.find('?'));
        if (const auto found = instead_.find(asked_.back()); found != instead_.end()) return found->second;
        auto& object = objects_[path];
        if (asked_.back() == "GET list") return {200, "<ListBucketResult></ListBucketResult>"};
        if (asked_.back() == "GET uploads") return {200, uploads_};
        if (asked_.back() == "POST uploads")
            return {
                200,
                "<InitiateMultipartUploadResult><UploadId>id/1</UploadId></InitiateMultipartUploadResult>"};
        if (asked_.back() == "PUT part") {
            parts_.append(request.body);
            return {200, "", {{"ETag", "\"tag\""}}};
        }
        if (asked_.back() == "POST upload") {
            if (object) return {404, error_body("NoSuchUpload")};  // it has ended before
            object = std::exchange(parts_, {});
            if (loses_complete_) return {.status = 200, .body = "", .drop = true};
            return {200, "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"};
        }
        if (asked_.back() == "DELETE upload") return {204, ""};
        if (request.method == "PUT") return object = request.body, fake::Response{200, ""};
        if (request.method == "DELETE") return object.reset(), fake::Response{204, ""};
        if (!object) return {404, request.method == "HEAD" ? "" : error_body("NoSuchKey")};
        if (request.method == "HEAD") return {.status = 200, .body = "", .length = object->size()};
        const auto range = request.header("range").at(0);  // bytes=A-B
        const auto from = std::stoul(range.substr(6));
        const auto to = std::stoul(range.substr(range.find('-') + 1));
        return {206, object->substr(from, to - from + 1)};
    }

    std::vector<std::string> asked() {
        const std::scoped_lock lock(mutex_);
        return std::exchange(asked_, {});
    }
    void answer_instead(const std::string& request, fake::Response response) {
        const std::scoped_lock lock(mutex_);
        instead_[request] = std::move(response);
    }
    void answer_again(const std::string& request) {
        const std::scoped_lock lock(mutex_);
        instead_.erase(request);
    }
    void lose_complete() { loses_complete_ = true; }
    void list_uploads(std::string document) { uploads_ = std::move(document); }
    std::vector<std::string> objects() {
        const std::scoped_lock lock(mutex_);
        std::vector<std::string> names;
        for (const auto& [name, content] : objects_) {
            if (content) names.push_back(name);
        }
        return names;
    }

  private:
    static std::string_view kind_of(std::string_view target) {
        const auto has = [&](std::string_view text) { return target.find(text) != std::string_view::npos; };
        if (has("list-type")) return "list";
        if (has("partNumber")) return "part";
        if (has("uploadId")) return "upload";
        if (has("uploads")) return "uploads";
        return "object";
    }

    std::mutex mutex_;
    std::map<std::string, std::optional<std::string>> objects_;
    std::map<std::string, fake::Response> instead_;
    std::vector<std::string> asked_;
    std::string parts_;
    std::string uploads_ = "<ListMultipartUploadsResult/>";
    bool loses_complete_ = false;
};

class S3Blobs : public testing::Test {
  protected:
    void SetUp() override {
        crypto::initialise();
        settings_.endpoint = "http://" + server_.host();
        settings_.timeout = std::chrono::seconds(5);
        settings_.incoming = folder_ / "incoming";
        settings_.credentials = folder_ / "keys";
        std::ofstream(settings_.credentials) << "aws_access_key_id = K\naws_secret_access_key = geheim\n";
        std::filesystem::permissions(settings_.credentials, std::filesystem::perms::owner_read);
        auto opened = open_s3("s3://bucket/pre", settings_, {2, std::chrono::milliseconds(1)});
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
    }
    std::unique_ptr<Spool> spool(std::string_view content) {
        auto spool = store_->begin();
        EXPECT_TRUE(spool);
        EXPECT_TRUE((*spool)->write(content));
        return std::move(*spool);
    }
    base::Result<void> put(std::string_view content) { return store_->put(*spool(content)); }
    void await_availability(bool wanted) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        while (store_->is_available() != wanted) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "it did not change";
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
    static crypto::Digest digest(std::string_view content) { return crypto::sha256(base::as_bytes(content)); }
    std::string read(std::string_view content) {
        auto reader = store_->open(digest(content));
        if (!reader) return "error: " + reader.error().message;
        std::string out((*reader)->size(), '\0');
        std::size_t at = 0;
        while (at < out.size()) {
            const auto count = (*reader)->read(
                at, std::span(out).subspan(at, std::min<std::size_t>(out.size() - at, 300'000)));
            if (!count || *count == 0) return "error: ended early";
            at += *count;
        }
        return out;
    }

    FakeS3 s3_;
    fake::HttpServer server_{[this](const fake::Request& request) { return s3_.answer(request); }};
    test::TemporaryFolder folder_;
    S3Settings settings_;
    std::unique_ptr<BlobStore> store_;
    const std::string large_ = std::string(kSmallestPart, 'a') + "and more";
};

TEST_F(S3Blobs, ComeBackAsTheyWerePut) {
    const auto put_now = put("content");
    ASSERT_TRUE(put_now) << put_now.error().message;
    const auto hex = base::to_hex(digest("content"));
    EXPECT_THAT(s3_.objects(), ElementsAre("/bucket/pre/sha256/" + hex.substr(0, 2) + "/" + hex));
    EXPECT_EQ(read("content"), "content");
    ASSERT_TRUE(put(""));
    EXPECT_EQ(read(""), "");
    EXPECT_EQ(store_->open(digest("other")).error().kind, ErrorKind::NotFound);
}

TEST_F(S3Blobs, AreSentOnce) {
    ASSERT_TRUE(put("content"));
    EXPECT_THAT(s3_.asked(), ElementsAre("HEAD object", "PUT object"));
    ASSERT_TRUE(put("content"));
    EXPECT_THAT(s3_.asked(), ElementsAre("HEAD object"));
}

TEST_F(S3Blobs, ThatAreEqualAreSentOnceThoughManyComeAtATime) {
    std::vector<std::unique_ptr<Spool>> spools;
    for (int count = 0; count < 20; ++count) spools.push_back(spool("content"));
    std::vector<std::thread> threads;
    for (auto& one : spools) threads.emplace_back([&] { EXPECT_TRUE(store_->put(*one)); });
    for (auto& thread : threads) thread.join();
    const auto asked = s3_.asked();
    EXPECT_EQ(std::count(asked.begin(), asked.end(), "PUT object"), 1);
}

TEST_F(S3Blobs, ThatAreLargeGoInPartsAndComeInPieces) {
    const auto put_now = put(large_);
    ASSERT_TRUE(put_now) << put_now.error().message;
    EXPECT_THAT(s3_.asked(), ElementsAre("HEAD object", "POST uploads", "PUT part", "PUT part", "POST upload",
                                         "HEAD object"));
    EXPECT_EQ(read(large_), large_);
    EXPECT_EQ(s3_.asked().size(), 1U + 65U) << "one HEAD, and 256 KiB at a time";
}

TEST_F(S3Blobs, AreNotThereWhenPuttingThePartsTogetherFailedThoughItsStatusIs200) {
    s3_.answer_instead("POST upload", {200, error_body("InternalError")});
    const auto put_now = put(large_);
    ASSERT_FALSE(put_now);
    EXPECT_EQ(put_now.error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(s3_.asked(), Contains("DELETE upload")) << "given up";
    EXPECT_THAT(s3_.objects(), IsEmpty());
}

TEST_F(S3Blobs, AreThereWhenOnlyTheAnswerWasLost) {
    s3_.lose_complete();
    const auto put_now = put(large_);
    ASSERT_TRUE(put_now) << put_now.error().message;
    EXPECT_EQ(read(large_), large_);
}

TEST_F(S3Blobs, ArePutAgainWhenWhatIsThereHasAnotherLength) {
    s3_.answer_instead("HEAD object", {.status = 200, .body = "", .length = 3});
    ASSERT_TRUE(put("content"));
    EXPECT_THAT(s3_.asked(), Contains("PUT object"));
}

TEST_F(S3Blobs, AreGivenUpWhenAPartFails) {
    s3_.answer_instead("PUT part", {403, error_body("AccessDenied")});
    EXPECT_FALSE(put(large_));
    EXPECT_THAT(s3_.asked(), ElementsAre("HEAD object", "POST uploads", "PUT part", "DELETE upload"));
}

TEST_F(S3Blobs, AreRefusedAtOnceWhileTheStoreIsAwayAndTakenWhenItIsBack) {
    s3_.answer_instead("HEAD object", {500, ""});
    s3_.answer_instead("GET list", {503, ""});
    EXPECT_EQ(put("content").error().kind, ErrorKind::Unavailable);
    EXPECT_FALSE(store_->is_available());
    EXPECT_EQ(store_->begin().error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(store_->open(digest("content")).error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(s3_.asked(), testing::Each(testing::AnyOf("HEAD object", "GET list")));
    s3_.answer_again("HEAD object");
    s3_.answer_again("GET list");
    await_availability(true);
    EXPECT_TRUE(put("content"));
}

TEST_F(S3Blobs, AreNotAvailableWhileTheKeysAreNoLongerGood) {
    s3_.answer_instead("HEAD object", {403, ""});
    s3_.answer_instead("GET list", {403, error_body("ExpiredToken")});
    EXPECT_EQ(put("content").error().kind, ErrorKind::Unavailable);
    await_availability(false);
    s3_.answer_again("HEAD object");
    s3_.answer_again("GET list");
    await_availability(true);
    EXPECT_TRUE(put("content"));
}

TEST_F(S3Blobs, AreAskedForNothingMoreAtTheEnd) {
    const auto late = spool("content");
    store_->end();
    EXPECT_EQ(store_->put(*late).error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(store_->remove(digest("content")).error().kind, ErrorKind::Unavailable);
    EXPECT_TRUE(store_->is_available()) << "nothing is wrong with it";
    EXPECT_THAT(s3_.asked(), IsEmpty());
}

TEST_F(S3Blobs, AreUnavailableWhenTheAnswerIsNoSense) {
    s3_.answer_instead("POST uploads", {200, "<html>not what S3 says"});
    EXPECT_EQ(put(large_).error().kind, ErrorKind::Unavailable);
}

TEST_F(S3Blobs, AreNotReadFromAServerThatIgnoresRanges) {
    ASSERT_TRUE(put("content"));
    s3_.answer_instead("GET object", {200, "content"});
    EXPECT_THAT(read("content"), HasSubstr("error"));
}

TEST_F(S3Blobs, AreRemovedByARequestThatIsNotRepeated) {
    ASSERT_TRUE(put("content"));
    s3_.asked();
    s3_.answer_instead("DELETE object", {500, ""});
    EXPECT_EQ(store_->remove(digest("content")).error().kind, ErrorKind::Unavailable);
    const auto asked = s3_.asked();
    EXPECT_EQ(std::count(asked.begin(), asked.end(), "DELETE object"), 1);
}

TEST_F(S3Blobs, ThatAreNotThereAreRemovedAlready) {
    EXPECT_TRUE(store_->remove(digest("content")));
    s3_.answer_instead("DELETE object", {404, error_body("NoSuchKey")});
    EXPECT_TRUE(store_->remove(digest("content")));
    s3_.answer_instead("DELETE object", {404, error_body("NoSuchBucket")});
    EXPECT_FALSE(store_->remove(digest("content")));
}

TEST_F(S3Blobs, OfWhichAPartCameLongAgoAreGivenUp) {
    const auto upload = [](std::string_view key, std::string_view begun) {
        return fmt::format("<Upload><Key>{}</Key><UploadId>u</UploadId><Initiated>{}</Initiated></Upload>",
                           key, begun);
    };
    s3_.list_uploads("<ListMultipartUploadsResult>" +
                     upload("pre/sha256/aa/old", "2020-01-01T10:00:00.000Z") +
                     upload("pre/sha256/aa/new", "2020-01-02T11:00:00.000Z") +
                     upload("other/old", "2020-01-01T10:00:00.000Z") + "</ListMultipartUploadsResult>");
    ASSERT_TRUE(store_->remove_interrupted(base::Timestamp{1'577'959'200'000'000}));  // 2020-01-02T10:00:00Z
    EXPECT_THAT(s3_.asked(), ElementsAre("GET uploads", "DELETE upload"));
    EXPECT_THAT(server_.requests().back().target, HasSubstr("/pre/sha256/aa/old?"));
}

TEST_F(S3Blobs, SayWhatIsSetUpWronglyAndTellNoSecret) {
    EXPECT_TRUE(store_->check());
    const std::vector<std::tuple<int, std::string, std::string>> cases{
        {403, "SignatureDoesNotMatch", "secret key"}, {403, "RequestTimeTooSkewed", "clock"},
        {404, "NoSuchBucket", "no bucket"},           {400, "AuthorizationHeaderMalformed", "region"},
        {301, "PermanentRedirect", "region"},         {403, "AccessDenied", "right"}};
    for (const auto& [status, code, advice] : cases) {
        s3_.answer_instead("GET list", {status, error_body(code)});
        const auto checked = store_->check();
        ASSERT_FALSE(checked) << code;
        EXPECT_EQ(checked.error().kind, ErrorKind::InvalidInput) << code;
        EXPECT_THAT(checked.error().message,
                    testing::AllOf(HasSubstr(advice), HasSubstr(code), Not(HasSubstr("geheim"))));
    }
    EXPECT_THAT(store_->name(), testing::AllOf(HasSubstr("s3://bucket/pre/"), Not(HasSubstr("geheim"))));
}

}  // namespace
}  // namespace cript::blob
