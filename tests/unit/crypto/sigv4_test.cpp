#include "crypto/sigv4.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/key.hpp"

namespace cript::crypto::sigv4 {
namespace {

using testing::HasSubstr;

// The keys and requests of the worked examples in the Amazon S3 API reference.
constexpr std::string_view kAccessKey = "AKIAIOSFODNN7EXAMPLE";
constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kDate = "20130524T000000Z";
const Scope kScope{"20130524", "us-east-1", "s3"};
const std::pair<std::string, std::string> kHost{"Host", "examplebucket.s3.amazonaws.com"};
const std::pair<std::string, std::string> kDateHeader{"x-amz-date", std::string(kDate)};

class SigV4 : public testing::Test {
  protected:
    void SetUp() override { initialise(); }
};

std::string signature_of(const RequestToSign& request) {
    return signature(signing_key(kSecret, kScope), string_to_sign(kDate, kScope, canonical_request(request)));
}

TEST_F(SigV4, SignsAGetOfARange) {
    const Pairs headers{
        kHost, {"Range", "bytes=0-9"}, {"x-amz-content-sha256", std::string(kEmptyHash)}, kDateHeader};
    EXPECT_EQ(signature_of({"GET", "/test.txt", {}, headers, kEmptyHash}),
              "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST_F(SigV4, SignsAPutAndEncodesThePathOnce) {
    const auto hash = base::to_hex(sha256(base::as_bytes("Welcome to Amazon S3.")));
    const Pairs headers{{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                        kHost,
                        kDateHeader,
                        {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
                        {"x-amz-content-sha256", hash}};
    EXPECT_EQ(signature_of({"PUT", "/test$file.text", {}, headers, hash}),
              "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST_F(SigV4, SignsAQueryWithoutValue) {
    const Pairs headers{kHost, {"x-amz-content-sha256", std::string(kEmptyHash)}, kDateHeader};
    EXPECT_EQ(signature_of({"GET", "/", {{"lifecycle", ""}}, headers, kEmptyHash}),
              "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST_F(SigV4, SignsAQueryInWhateverOrderItStands) {
    const Pairs headers{kHost, {"x-amz-content-sha256", std::string(kEmptyHash)}, kDateHeader};
    const Pairs query{{"prefix", "J"}, {"max-keys", "2"}};
    EXPECT_EQ(signature_of({"GET", "/", query, headers, kEmptyHash}),
              "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST_F(SigV4, VerifiesASignedUrl) {
    auto query = read_query(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3"
        "%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    ASSERT_TRUE(query);
    const auto claim = read_signed_query(*query);
    ASSERT_TRUE(claim) << claim.error().message;
    EXPECT_TRUE(claim->in_query);
    EXPECT_EQ(claim->expires, 86'400);
    EXPECT_EQ(claim->access_key, kAccessKey);
    query->pop_back();
    EXPECT_TRUE(verify(*claim, kSecret, {"GET", "/test.txt", *query, {kHost}, kUnsignedPayload}));
    EXPECT_FALSE(verify(*claim, kSecret, {"GET", "/test.tx", *query, {kHost}, kUnsignedPayload}));
}

TEST_F(SigV4, ReadsTheAuthorizationThatItWrites) {
    const Pairs headers{kHost, kDateHeader};
    const RequestToSign request{"GET", "/a b/ä", {}, headers, kEmptyHash};
    const auto written = authorization(kAccessKey, kSecret, kScope, kDate, request);
    const auto claim = read_authorization(written, kDate);
    ASSERT_TRUE(claim) << claim.error().message;
    EXPECT_THAT(claim->signed_headers, testing::ElementsAre("host", "x-amz-date"));
    EXPECT_TRUE(verify(*claim, kSecret, request));
    EXPECT_FALSE(verify(*claim, "another secret", request));
}

TEST_F(SigV4, ChangesWithEveryPartOfTheRequest) {
    const Pairs headers{kHost, kDateHeader, {"range", "bytes=0-9"}};
    const Pairs query{{"a", "1"}};
    const auto whole = signature_of({"GET", "/k", query, headers, kEmptyHash});
    EXPECT_NE(signature_of({"PUT", "/k", query, headers, kEmptyHash}), whole);
    EXPECT_NE(signature_of({"GET", "/l", query, headers, kEmptyHash}), whole);
    EXPECT_NE(signature_of({"GET", "/k", {{"a", "2"}}, headers, kEmptyHash}), whole);
    EXPECT_NE(signature_of({"GET", "/k", query, headers, kUnsignedPayload}), whole);
    for (std::size_t at = 0; at < headers.size(); ++at) {
        auto changed = headers;
        changed[at].second.back() = static_cast<char>(changed[at].second.back() ^ 1);
        EXPECT_NE(signature_of({"GET", "/k", query, changed, kEmptyHash}), whole) << headers[at].first;
    }
}

TEST_F(SigV4, FoldsBlanksAndJoinsRepeatedHeaders) {
    const Pairs headers{{"B", "  two   words "}, {"a", "1"}, {"A", "2"}};
    EXPECT_EQ(canonical_request({"GET", "/", {}, headers, "hash"}),
              "GET\n/\n\na:1,2\nb:two words\n\na;b\nhash");
}

TEST_F(SigV4, RefusesAnAuthorizationThatIsMalformed) {
    const std::string digits(64, '0');
    const std::string good =
        "AWS4-HMAC-SHA256 Credential=K/20130524/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=" +
        digits;
    ASSERT_TRUE(read_authorization(good, kDate));
    const auto refusal = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        const auto claim = read_authorization(text, kDate);
        return claim ? std::string("accepted ") + text : claim.error().message;
    };
    EXPECT_THAT(refusal("AWS4-HMAC-SHA256 ", "AWS "), HasSubstr("does not begin with"));
    EXPECT_THAT(refusal("K/2013", "2013"), HasSubstr("credential"));
    EXPECT_THAT(refusal("aws4_request", "aws4"), HasSubstr("credential"));
    EXPECT_THAT(refusal("20130524", "20130525"), HasSubstr("another day"));
    EXPECT_THAT(refusal("=host", "=range"), HasSubstr("'host' must be signed"));
    EXPECT_THAT(refusal("=host", "=x;host"), HasSubstr("sorted"));
    EXPECT_THAT(refusal("Signature=0", "Signature=Z"), HasSubstr("hexadecimal"));
    EXPECT_THAT(refusal(", Signature", ", Signature=1, Signature"), HasSubstr("one Signature"));
    EXPECT_THAT(refusal(", SignedHeaders=host", ""), HasSubstr("needs"));
}

TEST_F(SigV4, RefusesASignedUrlThatIsMalformed) {
    const Pairs good{
        {"X-Amz-Algorithm", "AWS4-HMAC-SHA256"}, {"X-Amz-Credential", "K/20130524/us-east-1/s3/aws4_request"},
        {"X-Amz-Date", std::string(kDate)},      {"X-Amz-Expires", "900"},
        {"X-Amz-SignedHeaders", "host"},         {"X-Amz-Signature", std::string(64, '0')}};
    ASSERT_TRUE(read_signed_query(good));
    for (std::size_t at = 0; at < good.size(); ++at) {
        auto without = good;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_FALSE(read_signed_query(without)) << good[at].first;
        auto twice = good;
        twice.push_back(good[at]);
        EXPECT_FALSE(read_signed_query(twice)) << good[at].first;
    }
    for (const auto* expires : {"0", "604801", "-1", "9999999", "1.5", ""}) {
        auto changed = good;
        changed[3].second = expires;
        EXPECT_FALSE(read_signed_query(changed)) << expires;
    }
}

TEST_F(SigV4, ReadsDatesAndNothingElse) {
    EXPECT_EQ(date_text(*read_date(kDate)), kDate);
    EXPECT_EQ(read_date(kDate)->text(), "2013-05-24T00:00:00.000000Z");
    for (const auto* wrong : {"", "20130524T000000", "20130230T000000Z", "20130524T240000Z",
                              "2013-05-24T00:00", "20130524t000000Z", "20130524T0000-1Z"}) {
        EXPECT_FALSE(read_date(wrong)) << wrong;
    }
}

TEST_F(SigV4, ReadsAQueryAsPairs) {
    EXPECT_EQ(read_query("uploads&b=a%20b&c=x+y"), (Pairs{{"uploads", ""}, {"b", "a b"}, {"c", "x+y"}}));
    EXPECT_EQ(read_query(""), Pairs{});
    EXPECT_FALSE(read_query("a=%2"));
}

}  // namespace
}  // namespace cript::crypto::sigv4
