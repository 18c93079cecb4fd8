#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/storage/complete_body.hpp"
#include "api/storage/routes.hpp"
#include "api/storage/signed_address.hpp"
#include "api_installation.hpp"
#include "crypto/sigv4.hpp"

namespace cript::api::storage {
namespace {

namespace sigv4 = crypto::sigv4;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;

/// The gateway before a clock that the test moves.
class StorageGateway : public test::ApiInstallation {
  protected:
    void SetUp() override {
        ApiInstallation::SetUp();
        if (HasFatalFailure()) return;
        storage::mount(router_, *application_);
        const auto account = add("ada");
        const auto token = token_of(account);
        auto caller = application_->token_check.check(token.substr(6), {"127.0.0.1", "test"});
        ASSERT_TRUE(caller);
        caller_ = *caller;
        auto spool = blobs_->begin();
        ASSERT_TRUE(spool);
        ASSERT_TRUE((*spool)->write("content"));
        ASSERT_TRUE(application_->files.put(caller_, {"cript-user-data", "key"}, "text/plain", **spool));
        auto keys = application_->storage_credentials.derive(caller_, service::StorageCredentials::kLife);
        ASSERT_TRUE(keys);
        keys_ = std::move(*keys);
    }
    /// A GET of the key, signed now by the clock of the server, or by one that is off.
    http::Response get(std::chrono::microseconds off = {}) {
        const auto date = sigv4::date_text(clock_.now().plus(off));
        const sigv4::Pairs headers{{"host", "here"},
                                   {"x-amz-content-sha256", std::string(sigv4::kEmptyHash)},
                                   {"x-amz-date", date},
                                   {"x-amz-security-token", keys_.session_token}};
        const std::string path = "/cript-user-data/key";
        test::Fields fields(headers.begin(), headers.end());
        fields.emplace_back("Authorization",
                            sigv4::authorization(keys_.access_key, keys_.secret.reveal(),
                                                 {date.substr(0, 8), "eu-west-3", "s3"}, date,
                                                 {"GET", path, {}, headers, sigv4::kEmptyHash}));
        return respond(test::request(http::Method::Get, path, fields));
    }

    account::Caller caller_;
    service::StorageKeys keys_;
};

TEST_F(StorageGateway, AnswersWhatIsSignedInAnyRegion) {
    const auto response = get();
    EXPECT_EQ(response.status, 200U) << response.body;
    ASSERT_TRUE(response.content);
    EXPECT_EQ(response.content->size(), 7U);
}

TEST_F(StorageGateway, RefusesKeysThatHaveExpired) {
    clock_.advance(hours(12));
    EXPECT_EQ(get().status, 200U);
    clock_.advance(std::chrono::seconds(1));
    const auto response = get();
    EXPECT_EQ(response.status, 400U);
    EXPECT_THAT(response.body, HasSubstr("<Code>ExpiredToken</Code>"));
}

TEST_F(StorageGateway, TakesATransferToItsEndThatOutlastsItsAddress) {
    const auto address = [this] {
        const auto ask = test::request(http::Method::Get, "/", {{"Host", "here"}});
        const auto url = signed_address(*application_, ask, caller_, {"PUT", {"cript-user-data", "slow"}});
        EXPECT_TRUE(url);
        return url.value_or("http://here/storage/");
    };
    const auto sent = [this](const std::string& url, std::chrono::minutes takes) {
        auto put = test::request(http::Method::Put, url.substr(url.find("/storage/")), {{"Host", "here"}});
        const auto match = router_.find(put.method, put.path);
        put.parameters = match.parameters;
        auto reception = match.route->receive(put);
        auto* receiver = std::get_if<std::unique_ptr<http::BodyReceiver>>(&reception);
        if (receiver == nullptr) return std::get<http::Response>(std::move(reception));
        EXPECT_FALSE((*receiver)->take("slow"));
        put.begun -= takes;
        clock_.advance(takes);
        return (*receiver)->finish(put);
    };
    const auto kept = sent(address(), minutes(40));
    EXPECT_EQ(kept.status, 200U) << kept.body;
    const auto given_before = address();
    ASSERT_TRUE(
        application_->account_token.regenerate({caller_.account, "token.regenerated", "", "", "", ""}));
    EXPECT_EQ(sent(given_before, minutes(1)).status, 403U) << "the token has ended";
}

TEST_F(StorageGateway, RefusesWhatWasSignedAtAnotherTime) {
    EXPECT_EQ(get(minutes(14)).status, 200U);
    EXPECT_EQ(get(minutes(-14)).status, 200U);
    for (const auto off : {minutes(16), minutes(-16)}) {
        const auto response = get(off);
        EXPECT_EQ(response.status, 403U);
        EXPECT_THAT(response.body, HasSubstr("<Code>RequestTimeTooSkewed</Code>"));
    }
}

TEST(BucketName, IsNoneThatThePathsOfTheServerBeginWith) {
    EXPECT_TRUE(is_bucket_name("cript-user-data"));
    for (const auto* name : {"", "ab", "api", "storage", "Upper", "under_score", "-dash", "dot.", "a/b"})
        EXPECT_FALSE(is_bucket_name(name)) << name;
    EXPECT_FALSE(is_bucket_name(std::string(64, 'a')));
}

TEST(CompleteBody, IsReadWithAndWithoutANameSpace) {
    const auto parts = read_complete_body(
        "<CompleteMultipartUpload "
        "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><ETag>&quot;ab&quot;"
        "</ETag><PartNumber>1</PartNumber><ChecksumCRC32>x</ChecksumCRC32></Part>"
        "<Part><PartNumber>2</PartNumber><ETag>cd</ETag></Part></CompleteMultipartUpload>");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ((*parts)[0].number, 1U);
    EXPECT_EQ((*parts)[0].etag, "ab");
    EXPECT_EQ((*parts)[1].etag, "cd");
    EXPECT_TRUE(read_complete_body("<CompleteMultipartUpload/>")->empty());
}

TEST(CompleteBody, IsNothingElse) {
    for (const auto* body : {"", "<Other/>", "<CompleteMultipartUpload>",
                             "<CompleteMultipartUpload><Part/></CompleteMultipartUpload>",
                             "<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>a</ETag></Part>"
                             "</CompleteMultipartUpload>",
                             "<CompleteMultipartUpload><Other/></CompleteMultipartUpload>",
                             "<!DOCTYPE a [<!ENTITY b \"c\">]><CompleteMultipartUpload/>"})
        EXPECT_FALSE(read_complete_body(body)) << body;
}

}  // namespace
}  // namespace cript::api::storage
