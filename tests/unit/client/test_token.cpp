#include <gtest/gtest.h>

#include "cript/cript.hpp"

namespace {

constexpr const char* kDigits = "0123456789abcdef0123456789abcdef01234567";

class PastedToken : public testing::TestWithParam<std::string> {};

TEST_P(PastedToken, IsAccepted) {
    EXPECT_TRUE(cript::Token::parse(GetParam()));
    EXPECT_TRUE(cript::looks_like_token(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Forms, PastedToken,
                         testing::Values(std::string("Token ") + kDigits, std::string("token   ") + kDigits,
                                         std::string("Bearer ") + kDigits,
                                         std::string("BEARER Token ") + kDigits, std::string(kDigits),
                                         std::string("  ") + kDigits + "\n",
                                         "cript_pat_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG012345"));

class BrokenToken : public testing::TestWithParam<std::string> {};

TEST_P(BrokenToken, IsRefusedWithoutRepeatingIt) {
    const auto token = cript::Token::parse(GetParam());
    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().kind, cript::ErrorKind::Configuration);
    EXPECT_EQ(token.error().text().find("abcdef"), std::string::npos) << token.error();
}

INSTANTIATE_TEST_SUITE_P(Forms, BrokenToken,
                         testing::Values("", "   ", "Token", "Token ", "Bearer Token", "Token abcdef abcdef",
                                         "abcdef\r\nX-Other: 1", "abcdefä", "abc\"def"));

TEST(LooksLikeToken, IsFalseForOrdinaryWords) {
    EXPECT_FALSE(cript::looks_like_token("polystyrene"));
    EXPECT_FALSE(cript::looks_like_token("project.json"));
    EXPECT_FALSE(cript::looks_like_token("0b9e5a4c-8a7e-4a52-a5de-1f1f0a6ab9a1"));
}

}  // namespace
