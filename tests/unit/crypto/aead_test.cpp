#include "crypto/aead.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace cript::crypto {
namespace {

constexpr std::string_view kContext = "token 7 of account 3";
constexpr std::string_view kPlain = "0123456789abcdef0123456789abcdef01234567";

class Sealing : public testing::Test {
  protected:
    Sealing() { initialise(); }
};

Key key_of(std::uint8_t byte) {
    std::array<std::uint8_t, Key::kSize> bytes{};
    bytes.fill(byte);
    return Key::from(bytes);
}

TEST_F(Sealing, IsUndoneByOpening) {
    const auto key = Key::random();
    const auto opened = open(key, kContext, seal(key, kContext, kPlain));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->reveal(), kPlain);
}

TEST_F(Sealing, TakesAnEmptyText) {
    const auto key = Key::random();
    const auto opened = open(key, "", seal(key, "", ""));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->reveal(), "");
}

TEST_F(Sealing, OfTheSameTextTwiceGivesTwoDifferentResults) {
    const auto key = key_of(1);
    EXPECT_NE(seal(key, kContext, kPlain), seal(key, kContext, kPlain));
}

TEST_F(Sealing, IsBrokenByASingleFlippedBitAnywhere) {
    const auto key = key_of(1);
    const auto sealed = seal(key, kContext, kPlain);
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        auto damaged = sealed;
        damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ (1U << bit % 8));
        EXPECT_FALSE(open(key, kContext, damaged)) << "bit " << bit;
    }
}

TEST_F(Sealing, IsBrokenByAnyTruncation) {
    const auto key = key_of(1);
    const auto sealed = seal(key, kContext, kPlain);
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(open(key, kContext, base::ByteView(sealed).first(size))) << size;
    }
}

TEST_F(Sealing, OpensInItsOwnContextOnly) {
    const auto key = key_of(1);
    const auto sealed = seal(key, kContext, kPlain);
    for (const auto* context :
         {"", "token 7 of account 4", "token 7 of account 3 ", "Token 7 of account 3"}) {
        const auto opened = open(key, context, sealed);
        ASSERT_FALSE(opened) << context;
        EXPECT_EQ(opened.error().kind, base::ErrorKind::Internal);
    }
}

TEST_F(Sealing, OpensWithItsOwnKeyOnly) {
    EXPECT_FALSE(open(key_of(2), kContext, seal(key_of(1), kContext, kPlain)));
}

TEST_F(Sealing, ShowsNothingOfTheTextInTheResult) {
    const auto sealed = seal(key_of(1), kContext, kPlain);
    const std::string_view text(reinterpret_cast<const char*>(sealed.data()), sealed.size());
    EXPECT_EQ(text.find(kPlain.substr(0, 4)), std::string_view::npos);
    EXPECT_EQ(text.find("token"), std::string_view::npos);
}

RC_GTEST_FIXTURE_PROP(Sealing, IsUndoneByOpeningWhateverTheTextAndTheContext,
                      (const std::string& plain, const std::string& context)) {
    const auto key = key_of(3);
    const auto opened = open(key, context, seal(key, context, plain));
    RC_ASSERT(opened.has_value());
    RC_ASSERT(opened->reveal() == plain);
}

TEST(Key, OfRandomDiffersEachTime) {
    initialise();
    const auto first = Key::random();
    const auto second = Key::random();
    EXPECT_FALSE(std::equal(first.bytes().begin(), first.bytes().end(), second.bytes().begin()));
}

}  // namespace
}  // namespace cript::crypto
