#include "crypto/password_hash.hpp"

#include <gtest/gtest.h>

#include "crypto/key.hpp"

namespace cript::crypto {
namespace {

constexpr PasswordCost kCheap{.memory_bytes = 8192, .passes = 1};
constexpr std::string_view kPassword = "a sentence that is easy to remember";

class PasswordHash : public testing::Test {
  protected:
    PasswordHash() { initialise(); }
};

TEST_F(PasswordHash, VerifiesItsOwnPasswordOnly) {
    const auto hash = hash_password(kPassword, kCheap);
    EXPECT_TRUE(verify_password(kPassword, hash));
    for (const auto* other :
         {"", "a sentence that is easy to remembeR", "a sentence that is easy to remember "}) {
        EXPECT_FALSE(verify_password(other, hash)) << other;
    }
}

TEST_F(PasswordHash, HasItsOwnSalt) {
    EXPECT_NE(hash_password(kPassword, kCheap), hash_password(kPassword, kCheap));
}

TEST_F(PasswordHash, IsByDefaultArgon2idOfAtLeast19MebibytesAndTwoPasses) {
    const auto hash = hash_password(kPassword);
    EXPECT_EQ(hash.rfind("$argon2id$v=19$m=19456,t=2,p=1$", 0), 0U) << hash;
    EXPECT_TRUE(verify_password(kPassword, hash));
}

TEST_F(PasswordHash, CountsTheBytesAfterANul) {
    const std::string_view first("secret\0one", 10);
    const std::string_view second("secret\0two", 10);
    const auto hash = hash_password(first, kCheap);
    EXPECT_TRUE(verify_password(first, hash));
    EXPECT_FALSE(verify_password(second, hash));
}

TEST_F(PasswordHash, AsksToBeMadeAgainUnderAnotherCost) {
    const auto cheap = hash_password(kPassword, kCheap);
    EXPECT_FALSE(needs_rehash(cheap, kCheap));
    EXPECT_TRUE(needs_rehash(cheap));
    EXPECT_TRUE(needs_rehash(cheap, {.memory_bytes = 8192, .passes = 2}));
}

TEST_F(PasswordHash, ThatIsNoneVerifiesNothing) {
    for (const auto* text : {"", "$argon2id$", "$argon2i$v=19$m=8,t=1,p=1$YWJj$YWJj", "plain"}) {
        EXPECT_FALSE(verify_password(kPassword, text)) << text;
    }
}

}  // namespace
}  // namespace cript::crypto
