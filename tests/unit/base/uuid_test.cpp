#include "base/uuid.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <cctype>
#include <set>

namespace cript::base {
namespace {

constexpr auto kText = "0f8fad5b-d9cb-469f-a165-70867728950e";

Uuid of(const std::array<std::uint8_t, 16>& bytes) {
    Uuid uuid;
    uuid.bytes = bytes;
    return uuid;
}

TEST(Uuid, ReadsTheTextOfEitherCase) {
    const auto lower = Uuid::parse(kText);
    ASSERT_TRUE(lower);
    EXPECT_EQ(lower, Uuid::parse("0F8FAD5B-D9CB-469F-A165-70867728950E"));
    EXPECT_EQ(lower->bytes[0], 0x0f);
    EXPECT_EQ(lower->bytes[15], 0x0e);
}

TEST(Uuid, IsWrittenInLowerCase) {
    EXPECT_EQ(Uuid::parse("0F8FAD5B-D9CB-469F-A165-70867728950E")->text(), kText);
}

TEST(Uuid, RefusesEveryOtherForm) {
    for (const auto* text : {
             "",
             "0f8fad5bd9cb469fa16570867728950e",
             "{0f8fad5b-d9cb-469f-a165-70867728950e}",
             "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
             "0f8fad5b-d9cb-469f-a165-70867728950",
             "0f8fad5b-d9cb-469f-a165-70867728950e0",
             "0f8fad5b-d9cb-469f-a165-70867728950g",
             "0f8fad5b-d9cb-469f-a16570867728950-e",
             "0f8fad5bd-9cb-469f-a165-70867728950e",
             " f8fad5b-d9cb-469f-a165-70867728950e",
         }) {
        EXPECT_FALSE(Uuid::parse(text)) << text;
    }
}

TEST(Uuid, RefusesTheNilUuid) {
    EXPECT_FALSE(Uuid::parse("00000000-0000-0000-0000-000000000000"));
    EXPECT_TRUE(Uuid{}.is_nil());
}

TEST(Uuid, TakesSixteenBytesAndNoOtherNumber) {
    const std::array<std::uint8_t, 17> bytes{1, 2, 3};
    EXPECT_TRUE(Uuid::from_bytes(std::span(bytes).first(16)));
    EXPECT_FALSE(Uuid::from_bytes(std::span(bytes).first(15)));
    EXPECT_FALSE(Uuid::from_bytes(bytes));
}

TEST(Uuid, OfRandomIsOfVersionFourAndOfTheVariantOfTheRfc) {
    std::set<Uuid> seen;
    for (int round = 0; round < 1'000; ++round) {
        const auto uuid = Uuid::random();
        EXPECT_EQ(uuid.bytes[6] >> 4U, 4);
        EXPECT_EQ(uuid.bytes[8] >> 6U, 2);
        seen.insert(uuid);
    }
    EXPECT_EQ(seen.size(), 1'000U);
}

RC_GTEST_PROP(Uuid, ReadsBackWhatItWrote, (const std::array<std::uint8_t, 16>& bytes)) {
    const auto uuid = of(bytes);
    RC_PRE(!uuid.is_nil());
    const auto text = uuid.text();
    RC_ASSERT(text.size() == 36U);
    RC_ASSERT(Uuid::parse(text) == uuid);
}

RC_GTEST_PROP(Uuid, ReadsNothingOnceOneCharacterIsNoHexadecimalDigit, ()) {
    std::string text = kText;
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto c = *rc::gen::suchThat(rc::gen::arbitrary<char>(), [&](char other) {
        return text[at] == '-' ? other != '-' : std::isxdigit(static_cast<unsigned char>(other)) == 0;
    });
    text[at] = c;
    RC_ASSERT(!Uuid::parse(text));
}

}  // namespace
}  // namespace cript::base
