#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace cript::base {
namespace {

std::string base64url_of(std::string_view text) {
    return to_base64url(as_bytes(text));
}

TEST(Hex, IsWrittenInLowerCase) {
    EXPECT_EQ(to_hex(Bytes{0x00, 0x7f, 0xab, 0xff}), "007fabff");
    EXPECT_EQ(to_hex({}), "");
}

TEST(Hex, IsReadInEitherCase) {
    EXPECT_EQ(from_hex("aBfF"), (Bytes{0xab, 0xff}));
    EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, OfAnOddLengthOrWithAnotherCharacterIsRefused) {
    EXPECT_FALSE(from_hex("abc"));
    EXPECT_FALSE(from_hex("0g"));
    EXPECT_FALSE(from_hex("0x"));
    EXPECT_FALSE(from_hex(" 0"));
}

RC_GTEST_PROP(Hex, ReadsBackWhatItWrote, (const Bytes& bytes)) {
    RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
}

// RFC 4648 §10, without padding.
TEST(Base64Url, GivesTheVectorsOfTheRfc) {
    EXPECT_EQ(base64url_of(""), "");
    EXPECT_EQ(base64url_of("f"), "Zg");
    EXPECT_EQ(base64url_of("fo"), "Zm8");
    EXPECT_EQ(base64url_of("foo"), "Zm9v");
    EXPECT_EQ(base64url_of("foob"), "Zm9vYg");
    EXPECT_EQ(base64url_of("fooba"), "Zm9vYmE");
    EXPECT_EQ(base64url_of("foobar"), "Zm9vYmFy");
}

TEST(Base64Url, UsesTheTwoSignsThatAreSafeInAnAddress) {
    EXPECT_EQ(to_base64url(Bytes{0xfb, 0xef, 0xff}), "--__");
}

TEST(PercentDecoding, LeavesAPlusAsItIs) {
    EXPECT_EQ(percent_decode("a+b%20c"), "a+b c");
}

TEST(PercentDecoding, TakesDigitsOfEitherCaseAndNul) {
    EXPECT_EQ(percent_decode("%c3%A9"), "é");
    EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
}

TEST(PercentDecoding, RefusesAnUnfinishedEscape) {
    for (const auto* text : {"%", "%4", "a%", "%zz", "%4g", "%%41"})
        EXPECT_FALSE(percent_decode(text)) << text;
}

TEST(PercentEncoding, KeepsTheUnreservedCharactersOnly) {
    EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encode(" /&=+é"), "%20%2F%26%3D%2B%C3%A9");
}

RC_GTEST_PROP(PercentEncoding, IsUndoneByDecoding, (const std::string& text)) {
    RC_ASSERT(percent_decode(percent_encode(text)) == text);
}

TEST(Utf8, AcceptsEveryLengthOfSequence) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("a é € 𝄞"));
    EXPECT_TRUE(is_utf8(std::string_view("\0", 1)));
}

TEST(Utf8, RefusesWhatIsMalformed) {
    for (const auto* text :
         {"\xff", "\xc3", "\xe2\x82", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"}) {
        EXPECT_FALSE(is_utf8(text)) << to_hex(as_bytes(text));
    }
}

TEST(AsciiCase, LeavesOtherBytesAlone) {
    EXPECT_EQ(ascii_lower("ÄB@[Z`"), "Äb@[z`");
    EXPECT_TRUE(equals_ignoring_case("ToKeN", "tOkEn"));
    EXPECT_FALSE(equals_ignoring_case("token", "tokens"));
    EXPECT_FALSE(equals_ignoring_case("@", "`"));
}

}  // namespace
}  // namespace cript::base
