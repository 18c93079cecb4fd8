#include "account/password.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cript::account {
namespace {

std::optional<std::string> fault(std::string_view password) {
    return password_fault(password, "ada.lovelace", "countess@example.org");
}

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t at = 0; at < times; ++at) text.append(piece);
    return text;
}

TEST(Password, OfFifteenCharactersIsLongEnough) {
    EXPECT_FALSE(fault("correct horse 1"));
    EXPECT_TRUE(fault("correct horse "));
}

TEST(Password, HasItsLengthInCharactersNotInBytes) {
    EXPECT_TRUE(fault("äöüäßéèñøåçîôû")) << "14 characters in 28 bytes";
    EXPECT_FALSE(fault("äöüäßéèñøåçîôûæ"));
    EXPECT_FALSE(fault("日本語のとても長い秘密の文章です"));
}

TEST(Password, ThatIsTooShortIsToldItsLength) {
    EXPECT_EQ(fault("äöü")->rfind("the password has 3 characters; it needs at least 15", 0), 0U);
}

TEST(Password, MayHave1024BytesAndNoMore) {
    std::string text;
    while (text.size() < kLongestPassword) text.append("a long sentence, told twice over; ");
    text.resize(kLongestPassword);
    EXPECT_FALSE(fault(text));
    EXPECT_TRUE(fault(text + "x"));
}

TEST(Password, NeedsNoKindsOfCharacters) {
    EXPECT_FALSE(fault("seventeen elephants walked home"));
    EXPECT_FALSE(fault("839205718264935017"));
}

TEST(Password, MustBeUtf8) {
    EXPECT_EQ(fault("correct horse \xff\xff"), "the password must be UTF-8 text");
}

TEST(Password, ThatEverybodyTriesFirstIsRefused) {
    for (const auto* text :
         {"passwordpassword", "Password1234567!", "PASSWORD_2026_11_24", "qwertyuiop123456",
          "iloveyou-iloveyou", "administrator123", "CorrectHorseBatteryStaple", "letmein letmein!"}) {
        EXPECT_TRUE(fault(text)) << text;
    }
}

TEST(Password, MayContainACommonWord) {
    EXPECT_FALSE(fault("my password is a whale"));
    EXPECT_FALSE(fault("correct horse battery staple gun"));
}

TEST(Password, OfOnePieceRepeatedIsRefused) {
    for (std::size_t period = 1; period <= 8; ++period) {
        EXPECT_TRUE(fault(repeated(std::string_view("xk4z9q2w").substr(0, period), 16))) << period;
    }
    EXPECT_FALSE(fault("xk4z9q2wpxk4z9q2wp"));
}

TEST(Password, ThatOnlyCountsUpOrDownIsRefused) {
    for (const auto* text : {"123456789012345", "abcdefghijklmnop", "ponmlkjihgfedcba", "9876543210987654"}) {
        EXPECT_TRUE(fault(text)) << text;
    }
    EXPECT_FALSE(fault("abcdefghij7rtwq"));
}

TEST(Password, MadeOfTheUserNameIsRefused) {
    EXPECT_TRUE(fault("Ada.Lovelace.1815"));
    EXPECT_TRUE(fault("adalovelace-adalovelace"));
    EXPECT_FALSE(fault("ada lovelace wrote programs"));
}

TEST(Password, MadeOfTheEMailAddressIsRefused) {
    EXPECT_TRUE(fault("countess@example.org1"));
}

TEST(Password, IsNotComparedWithANameWithoutLetters) {
    EXPECT_FALSE(password_fault("839205718264935017", "1815", ""));
}

TEST(UserName, IsOfLettersDigitsAndThreeSigns) {
    for (const auto* name : {"ada", "Ada.Lovelace", "a1", "0x", "user_name-2"})
        EXPECT_FALSE(username_fault(name)) << name;
    for (const auto* name :
         {"ada lovelace", "ada@home", "ädä", ".ada", "-ada", "_ada", "a/b", "a\n", "a'b"}) {
        EXPECT_TRUE(username_fault(name)) << name;
    }
    EXPECT_TRUE(username_fault(std::string_view("a\0b", 3)));
}

TEST(UserName, HasTwoTo64Characters) {
    EXPECT_TRUE(username_fault(""));
    EXPECT_TRUE(username_fault("a"));
    EXPECT_FALSE(username_fault("ab"));
    EXPECT_FALSE(username_fault(std::string(64, 'a')));
    EXPECT_TRUE(username_fault(std::string(65, 'a')));
}

TEST(EMailAddress, HasOneAtWithSomethingOnBothSides) {
    for (const auto* mail : {"a@b", "ada.lovelace+cript@example.org", "ädä@example.org"}) {
        EXPECT_FALSE(email_fault(mail)) << mail;
    }
    for (const auto* mail :
         {"", "ada", "@example.org", "ada@", "a@b@c", "a b@c", "a@b\n", "a@\x7f", "a@\xff"}) {
        EXPECT_TRUE(email_fault(mail)) << mail;
    }
}

TEST(EMailAddress, HasAtMost254Bytes) {
    EXPECT_FALSE(email_fault("a@" + std::string(252, 'b')));
    EXPECT_TRUE(email_fault("a@" + std::string(253, 'b')));
}

}  // namespace
}  // namespace cript::account
