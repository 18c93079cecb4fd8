#include "crypto/hasher.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "crypto/crc32.hpp"

namespace cript::crypto {
namespace {

std::string md5_of(std::string_view message) {
    Md5Hasher hasher;
    hasher.add(base::as_bytes(message));
    return base::to_hex(hasher.finish());
}

std::uint32_t crc_of(Crc32Kind kind, std::string_view message) {
    Crc32 crc(kind);
    crc.add(base::as_bytes(message));
    return crc.value();
}

TEST(Md5Hasher, GivesTheVectorsOfRfc1321) {
    EXPECT_EQ(md5_of(""), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(md5_of("abc"), "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(md5_of("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
              "57edf4a22be3c955ac49da2e2107b67a");
}

TEST(Crc32, GivesTheCheckValuesOfBothPolynomials) {
    EXPECT_EQ(crc_of(Crc32Kind::Ieee, "123456789"), 0xcbf4'3926U);
    EXPECT_EQ(crc_of(Crc32Kind::Castagnoli, "123456789"), 0xe306'9283U);
    EXPECT_EQ(crc_of(Crc32Kind::Ieee, ""), 0U);
}

// RFC 3720 appendix B.4.
TEST(Crc32, GivesTheVectorsOfRfc3720) {
    EXPECT_EQ(crc_of(Crc32Kind::Castagnoli, std::string(32, '\0')), 0x8a91'36aaU);
    EXPECT_EQ(crc_of(Crc32Kind::Castagnoli, std::string(32, '\xff')), 0x62a8'ab43U);
}

RC_GTEST_PROP(Hashers, GiveTheSameWhateverThePieces, (const std::string& message)) {
    Sha256Hasher sha256;
    Crc32 crc(Crc32Kind::Ieee);
    std::string_view rest = message;
    while (!rest.empty()) {
        const auto size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
        sha256.add(base::as_bytes(rest.substr(0, size)));
        crc.add(base::as_bytes(rest.substr(0, size)));
        rest.remove_prefix(size);
    }
    RC_ASSERT(sha256.finish() == crypto::sha256(base::as_bytes(message)));
    RC_ASSERT(crc.value() == crc_of(Crc32Kind::Ieee, message));
}

TEST(Hashers, BeginAnewWhenTheyHaveFinished) {
    Sha256Hasher hasher;
    hasher.add(base::as_bytes("one"));
    EXPECT_EQ(hasher.finish(), sha256(base::as_bytes("one")));
    hasher.add(base::as_bytes("two"));
    EXPECT_EQ(hasher.finish(), sha256(base::as_bytes("two")));
}

}  // namespace
}  // namespace cript::crypto
