#include "account/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace cript::account {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

constexpr base::Timestamp kCreated{1'800'000'000'000'000};

TEST(SessionLimits, EndASessionThatIsIdleForMoreThanAWeek) {
    EXPECT_FALSE(session_is_over(kCreated, kCreated, kCreated.plus(hours(24 * 7))));
    EXPECT_TRUE(session_is_over(kCreated, kCreated, kCreated.plus(hours(24 * 7)).plus(microseconds(1))));
}

TEST(SessionLimits, EndASessionThirtyDaysAfterSignInHoweverBusyItIs) {
    const auto end = kCreated.plus(hours(24 * 30));
    EXPECT_FALSE(session_is_over(kCreated, end, end));
    EXPECT_TRUE(session_is_over(kCreated, end, end.plus(microseconds(1))));
}

TEST(BearerSecret, IsBase64urlOf256Bits) {
    std::set<std::string> seen;
    for (int round = 0; round < 100; ++round) {
        const auto secret = new_bearer_secret();
        EXPECT_THAT(std::string(secret.reveal()), testing::MatchesRegex("[A-Za-z0-9_-]{43}"));
        seen.emplace(secret.reveal());
    }
    EXPECT_EQ(seen.size(), 100U);
}

TEST(BearerSecret, IsKeptAsItsDigest) {
    EXPECT_EQ(bearer_digest("abc"), crypto::sha256(base::as_bytes("abc")));
}

}  // namespace
}  // namespace cript::account
