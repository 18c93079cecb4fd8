#include "blob/content_checks.hpp"

#include <gtest/gtest.h>

namespace cript::blob {
namespace {

constexpr std::string_view kContent = "123456789";

ContentDigests digests() {
    crypto::Md5Hasher md5;
    md5.add(base::as_bytes(kContent));
    return {crypto::sha256(base::as_bytes(kContent)), md5.finish(), kContent.size()};
}

/// The code of the problem, or nothing.
std::string verdict(ContentChecks& checks) {
    checks.add(kContent.substr(0, 4));
    checks.add(kContent.substr(4));
    const auto verified = checks.verify(digests());
    return verified ? "" : verified.error().problems.at(0).code;
}

const std::pair<std::string, std::string> kFields[] = {
    {"Content-MD5", "JfnnlDI7RTiF9RgfG2JNCw=="},
    {"x-amz-checksum-crc32", "y/Q5Jg=="},
    {"X-Amz-Checksum-CRC32C", "4waSgw=="},
    {"x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="},
};

TEST(ContentChecks, FindEachChecksumRight) {
    for (const auto& [field, value] : kFields) {
        ContentChecks checks;
        ASSERT_TRUE(checks.expect(field, value));
        EXPECT_EQ(verdict(checks), "") << field;
    }
}

TEST(ContentChecks, FindOneChangedCharacterOfEach) {
    for (const auto& [field, value] : kFields) {
        auto changed = value;
        changed[2] = changed[2] == 'A' ? 'B' : 'A';
        ContentChecks checks;
        ASSERT_TRUE(checks.expect(field, changed));
        EXPECT_EQ(verdict(checks), ContentChecks::kMismatch) << field;
    }
}

TEST(ContentChecks, HoldTheContentAgainstThePayloadHash) {
    ContentChecks right;
    right.expect_sha256(base::to_hex(digests().sha256));
    EXPECT_EQ(verdict(right), "");
    ContentChecks wrong;
    wrong.expect_sha256(std::string(64, '0'));
    EXPECT_EQ(verdict(wrong), ContentChecks::kPayloadMismatch);
}

TEST(ContentChecks, MissAnAnnouncedFieldThatDoesNotCome) {
    ContentChecks checks;
    ASSERT_TRUE(checks.announce("x-amz-checksum-crc32"));
    EXPECT_EQ(verdict(checks), ContentChecks::kMissing);
}

TEST(ContentChecks, TakeAnAnnouncedFieldAfterTheContent) {
    ContentChecks checks;
    ASSERT_TRUE(checks.announce("x-amz-checksum-crc32"));
    checks.add(kContent);
    ASSERT_TRUE(checks.expect("x-amz-checksum-crc32", "y/Q5Jg=="));
    EXPECT_TRUE(checks.verify(digests()));
}

TEST(ContentChecks, RefuseAnAlgorithmThatTheyDoNotKnow) {
    ContentChecks checks;
    EXPECT_FALSE(checks.expect("x-amz-checksum-crc64nvme", "AAAAAAAAAAA="));
    EXPECT_FALSE(checks.announce("x-amz-checksum-sha1"));
}

}  // namespace
}  // namespace cript::blob
