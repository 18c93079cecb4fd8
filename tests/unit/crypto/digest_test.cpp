#include "crypto/digest.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "crypto/key.hpp"

namespace cript::crypto {
namespace {

std::string sha256_of(std::string_view message) {
    return base::to_hex(sha256(base::as_bytes(message)));
}

std::string hmac_of(const base::Bytes& key, const base::Bytes& message) {
    initialise();
    return base::to_hex(HmacKey(key).sign(message));
}

base::Bytes bytes(std::string_view text) {
    const auto view = base::as_bytes(text);
    return {view.begin(), view.end()};
}

// FIPS 180-4, and the examples that NIST publishes with it.
TEST(Sha256, GivesTheVectorsOfFips180) {
    EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(
        sha256_of(
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmno"
            "pqrsmnopqrstnopqrstu"),
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    EXPECT_EQ(sha256_of(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// RFC 4231 §4.2 to §4.8; the fifth is published truncated to 128 bits.
TEST(HmacKey, GivesTheVectorsOfRfc4231) {
    EXPECT_EQ(hmac_of(base::Bytes(20, 0x0b), bytes("Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmac_of(bytes("Jefe"), bytes("what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hmac_of(base::Bytes(20, 0xaa), base::Bytes(50, 0xdd)),
              "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    EXPECT_EQ(
        hmac_of(*base::from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"), base::Bytes(50, 0xcd)),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    EXPECT_EQ(hmac_of(base::Bytes(20, 0x0c), bytes("Test With Truncation")).substr(0, 32),
              "a3b6167473100ee06e0c796c2955552b");
    EXPECT_EQ(
        hmac_of(base::Bytes(131, 0xaa), bytes("Test Using Larger Than Block-Size Key - Hash Key First")),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    EXPECT_EQ(
        hmac_of(
            base::Bytes(131, 0xaa),
            bytes("This is a test using a larger than block-size key and a larger than block-size data. The "
                  "key needs to be hashed before being used by the HMAC algorithm.")),
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST(HmacKey, SignsTheSameAgain) {
    initialise();
    const HmacKey key(bytes("key"));
    const auto first = key.sign(base::as_bytes("one"));
    EXPECT_NE(first, key.sign(base::as_bytes("two")));
    EXPECT_EQ(first, key.sign(base::as_bytes("one")));
}

TEST(HmacKey, SignsAsBeforeAfterAMove) {
    initialise();
    HmacKey key(bytes("key"));
    const auto before = key.sign(base::as_bytes("one"));
    HmacKey moved(std::move(key));
    EXPECT_EQ(moved.sign(base::as_bytes("one")), before);
}

RC_GTEST_PROP(ComparisonInConstantTime, AgreesWithTheOrdinaryOne,
              (const base::Bytes& left, const base::Bytes& right)) {
    RC_ASSERT(equal_in_constant_time(left, right) == (left == right));
    RC_ASSERT(equal_in_constant_time(left, left));
}

TEST(ComparisonInConstantTime, SeesASingleBit) {
    base::Bytes left(32, 0x55);
    for (std::size_t bit = 0; bit < 256; ++bit) {
        auto right = left;
        right[bit / 8] = static_cast<std::uint8_t>(right[bit / 8] ^ (1U << bit % 8));
        EXPECT_FALSE(equal_in_constant_time(left, right)) << bit;
    }
}

}  // namespace
}  // namespace cript::crypto
