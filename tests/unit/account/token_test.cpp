#include "account/token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <set>

#include "base/encoding.hpp"
#include "fixture/temporary_folder.hpp"

namespace cript::account {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kSecret = "0123456789abcdef0123456789abcdef01234567";
const std::string kText = "Token " + std::string(kSecret);

std::string query_with(std::string_view value) {
    return "q=" + base::percent_encode(value);
}

TEST(AccountToken, HasASecretOf40LowerCaseHexadecimalDigits) {
    std::set<std::string> seen;
    for (int round = 0; round < 1'000; ++round) {
        const auto secret = new_token_secret();
        EXPECT_THAT(std::string(secret.reveal()), testing::MatchesRegex("[0-9a-f]{40}"));
        seen.emplace(secret.reveal());
    }
    EXPECT_EQ(seen.size(), 1'000U);
}

TEST(AccountToken, IsShownWithTheWordToken) {
    EXPECT_EQ(token_text(base::SecretText(kSecret)).reveal(), kText);
}

TEST(AccountToken, HasAContextOfItsOwnForEachAccountTokenAndKey) {
    const std::set<std::string> contexts{token_context(1, 2, 3), token_context(2, 1, 3),
                                         token_context(1, 3, 2), token_context(1, 23, 3),
                                         token_context(12, 3, 3)};
    EXPECT_EQ(contexts.size(), 5U);
}

TEST(AccountToken, HasADigestThatDependsOnThePepper) {
    crypto::initialise();
    const test::TemporaryFolder folder;
    const auto first = crypto::KeyRing::create(folder / "first", {});
    const auto second = crypto::KeyRing::create(folder / "second", {});
    ASSERT_TRUE(first && second);
    EXPECT_EQ(token_digest(first->active(), kSecret), token_digest(first->active(), kSecret));
    EXPECT_NE(token_digest(first->active(), kSecret), token_digest(second->active(), kSecret));
    EXPECT_NE(token_digest(first->active(), kSecret), token_digest(first->active(), kSecret.substr(1)));
}

// The four forms that clients send.
TEST(AuthorizationHeader, HoldsTheSecretAfterTheWordToken) {
    EXPECT_EQ(secret_of_header("Token " + std::string(kSecret)), kSecret);
}

TEST(AuthorizationHeader, HoldsTheSecretAfterTheWordBearer) {
    EXPECT_EQ(secret_of_header("Bearer " + std::string(kSecret)), kSecret);
}

TEST(AuthorizationHeader, HoldsTheSecretAfterBothWords) {
    EXPECT_EQ(secret_of_header("Bearer Token " + std::string(kSecret)), kSecret);
}

TEST(AuthorizationHeader, HoldsTheBareSecret) {
    EXPECT_EQ(secret_of_header(kSecret), kSecret);
}

TEST(AuthorizationHeader, HasItsWordsInAnyCase) {
    for (const auto* words : {"token ", "TOKEN ", "bearer ", "BEARER tOkEn ", "bEaReR TOKEN "}) {
        EXPECT_EQ(secret_of_header(words + std::string(kSecret)), kSecret) << words;
    }
}

TEST(AuthorizationHeader, MayHaveMoreBlanksThanOne) {
    EXPECT_EQ(secret_of_header("  Bearer   Token   " + std::string(kSecret) + "  "), kSecret);
}

TEST(AuthorizationHeader, KeepsWhatItDoesNotKnow) {
    EXPECT_EQ(secret_of_header("Basic abc"), "Basic abc");
    EXPECT_EQ(secret_of_header("Token Bearer abc"), "Bearer abc");
    EXPECT_EQ(secret_of_header("Bearer Token Token abc"), "Token abc");
    EXPECT_EQ(secret_of_header("Tokenabc"), "Tokenabc");
    EXPECT_EQ(secret_of_header("Token"), "Token");
    EXPECT_EQ(secret_of_header(""), "");
}

/// Text in which the words and blanks of a header are frequent.
rc::Gen<std::string> headers() {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
                            rc::gen::element<std::string>("Bearer", "Token", "token", " ", "  ", "\t", ",",
                                                          std::string(kSecret)),
                            rc::gen::arbitrary<std::string>())),
                        [](const std::vector<std::string>& pieces) {
                            std::string header;
                            for (const auto& piece : pieces) header.append(piece);
                            return header;
                        });
}

RC_GTEST_PROP(AuthorizationHeader, GivesAViewIntoItselfWhateverItHolds, ()) {
    const auto header = *headers();
    const auto secret = secret_of_header(header);
    RC_ASSERT(secret.data() >= header.data());
    RC_ASSERT(secret.data() + secret.size() <= header.data() + header.size());
    RC_ASSERT(!secret.starts_with(' '));
    RC_ASSERT(!secret.ends_with(' '));
}

RC_GTEST_PROP(AuthorizationHeader, NeverChangesASecretWithoutBlanks, ()) {
    const auto secret = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('!', '~')));
    for (const auto* words : {"", "Token ", "Bearer ", "Bearer Token "}) {
        RC_ASSERT(secret_of_header(words + secret) == secret);
    }
}

TEST(QueryString, NamesATokenByTheNameOfAParameter) {
    for (const auto* query : {"token=x", "q=1&api_key=x", "Access_Token=x", "API_TOKEN=", "authorization=x",
                              "auth", "storage_token=x", "apikey=x", "to%6ben=x"}) {
        EXPECT_TRUE(query_names_a_token(query)) << query;
    }
}

TEST(QueryString, NamesATokenByTheShapeOfAValue) {
    EXPECT_TRUE(query_names_a_token(query_with(kText)));
    EXPECT_TRUE(query_names_a_token(query_with("bearer " + std::string(kSecret))));
    EXPECT_TRUE(query_names_a_token(query_with("Bearer " + kText)));
    EXPECT_TRUE(query_names_a_token("q=Token+" + std::string(kSecret)));
    EXPECT_TRUE(query_names_a_token(query_with("cript_pat_whatever")));
}

TEST(QueryString, NamesATokenThatWasPastedWithBlanksAroundIt) {
    EXPECT_TRUE(query_names_a_token(query_with(" " + kText + "\n")));
    EXPECT_THAT(bare_secrets_in_query(query_with("\t" + std::string(kSecret) + " ")), ElementsAre(kSecret));
}

TEST(QueryString, MayBeASearchForTheWordToken) {
    for (const auto* query : {"", "q=token", "q=Token%20ring", "q=tokens&after=x", "q=my%20api_key",
                              "author=x", "q=100%&token_count", "q=Token%200123"}) {
        EXPECT_FALSE(query_names_a_token(query)) << query;
    }
}

// A bare value can be a search: whether it is a live token is asked elsewhere (decision S14).
TEST(QueryString, DoesNotNameATokenByABareValue) {
    EXPECT_FALSE(query_names_a_token(query_with(kSecret)));
}

TEST(QueryString, GivesItsBareSecretsAsCandidates) {
    const std::string other(40, 'A');
    EXPECT_THAT(bare_secrets_in_query("q=" + std::string(kSecret) + "&x=" + other),
                ElementsAre(kSecret, other));
    EXPECT_THAT(bare_secrets_in_query(std::string(kSecret)), ElementsAre(kSecret));
    EXPECT_THAT(bare_secrets_in_query("q=%30" + std::string(kSecret.substr(1))), ElementsAre(kSecret));
}

TEST(QueryString, HasNoBareSecretInAnythingLongerOrShorter) {
    EXPECT_THAT(bare_secrets_in_query("q=" + std::string(kSecret) + "0"), IsEmpty());
    EXPECT_THAT(bare_secrets_in_query("q=" + std::string(kSecret.substr(1))), IsEmpty());
    EXPECT_THAT(bare_secrets_in_query("q=g" + std::string(kSecret.substr(1))), IsEmpty());
    EXPECT_THAT(bare_secrets_in_query(""), IsEmpty());
}

RC_GTEST_PROP(QueryString, MayHoldAnyBytes, (const std::string& query)) {
    static_cast<void>(query_names_a_token(query));
    for (const auto& secret : bare_secrets_in_query(query)) RC_ASSERT(secret.size() == 40U);
}

}  // namespace
}  // namespace cript::account
