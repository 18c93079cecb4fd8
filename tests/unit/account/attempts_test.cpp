#include "account/attempts.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace cript::account {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::seconds;

constexpr base::Timestamp kNow{1'800'000'000'000'000};

void fail_often(AttemptLimiter& limiter, std::string_view key, int times, base::Timestamp now = kNow) {
    for (int at = 0; at < times; ++at) limiter.failed(key, now);
}

TEST(AttemptLimiter, AllowsABurst) {
    AttemptLimiter limiter(3, seconds(30));
    for (int attempt = 0; attempt < 3; ++attempt) {
        EXPECT_EQ(limiter.wait("key", kNow), std::nullopt) << attempt;
        limiter.failed("key", kNow);
    }
    EXPECT_EQ(limiter.wait("key", kNow), seconds(30));
}

TEST(AttemptLimiter, AllowsOneMoreAttemptEachInterval) {
    AttemptLimiter limiter(3, seconds(30));
    fail_often(limiter, "key", 3);
    EXPECT_EQ(limiter.wait("key", kNow.plus(seconds(29))), seconds(1));
    EXPECT_EQ(limiter.wait("key", kNow.plus(seconds(30))), std::nullopt);
    limiter.failed("key", kNow.plus(seconds(30)));
    EXPECT_EQ(limiter.wait("key", kNow.plus(seconds(30))), seconds(30));
}

TEST(AttemptLimiter, AllowsAFullBurstAgainAfterALongTime) {
    AttemptLimiter limiter(3, seconds(30));
    fail_often(limiter, "key", 3);
    const auto later = kNow.plus(seconds(90));
    fail_often(limiter, "key", 2, later);
    EXPECT_EQ(limiter.wait("key", later), std::nullopt);
}

TEST(AttemptLimiter, RoundsTheWaitUpToWholeSeconds) {
    AttemptLimiter limiter(1, std::chrono::milliseconds(1'500));
    limiter.failed("key", kNow);
    EXPECT_EQ(limiter.wait("key", kNow), seconds(2));
}

TEST(AttemptLimiter, DoesNotLetAFloodOfFailuresLockOutForever) {
    AttemptLimiter limiter(5, seconds(30));
    fail_often(limiter, "key", 10'000);
    const auto wait = limiter.wait("key", kNow);
    ASSERT_TRUE(wait);
    EXPECT_LE(*wait, seconds(5 * 2 * 30));
}

TEST(AttemptLimiter, KeepsKeysApart) {
    AttemptLimiter limiter(1, seconds(30));
    limiter.failed("one", kNow);
    EXPECT_TRUE(limiter.wait("one", kNow));
    EXPECT_FALSE(limiter.wait("two", kNow));
}

TEST(AttemptLimiter, ForgetsFailuresAfterASuccess) {
    AttemptLimiter limiter(1, seconds(30));
    limiter.failed("key", kNow);
    limiter.succeeded("key");
    EXPECT_FALSE(limiter.wait("key", kNow));
}

TEST(AttemptLimiter, WaitsNoLongerWhenTheClockIsSetBack) {
    AttemptLimiter limiter(1, seconds(30));
    limiter.failed("key", kNow);
    EXPECT_EQ(limiter.wait("key", kNow.plus(-hours(24))), seconds(30));
}

TEST(AttemptLimiter, RemembersNoMoreKeysThanItMay) {
    AttemptLimiter limiter(1, hours(1), 100);
    for (int at = 0; at < 1'000; ++at) {
        limiter.failed("address " + std::to_string(at), kNow);
        EXPECT_LE(limiter.size(), 100U);
    }
}

TEST(AttemptLimiter, MakesRoomByForgettingWhatIsPastFirst) {
    AttemptLimiter limiter(1, seconds(1), 10);
    for (int at = 0; at < 9; ++at) limiter.failed("old " + std::to_string(at), kNow);
    const auto later = kNow.plus(seconds(5));
    limiter.failed("recent", later);
    limiter.failed("another", later);
    EXPECT_TRUE(limiter.wait("recent", later));
    EXPECT_EQ(limiter.size(), 2U);
}

TEST(AttemptLimiter, RefusesWithTheTimeToWait) {
    AttemptLimiter limiter(1, seconds(30));
    EXPECT_TRUE(limiter.admit("key", kNow));
    limiter.failed("key", kNow);
    const auto admitted = limiter.admit("key", kNow);
    ASSERT_FALSE(admitted);
    EXPECT_EQ(admitted.error().kind, base::ErrorKind::RateLimited);
    ASSERT_EQ(admitted.error().problems.size(), 1U);
    EXPECT_EQ(admitted.error().problems[0].code, "retry_after");
    EXPECT_EQ(admitted.error().problems[0].suggestion, "30");
}

/// However attempts are spread over time, no more are admitted than the burst and one an interval.
RC_GTEST_PROP(AttemptLimiter, NeverAdmitsMoreThanItsRate, (std::vector<std::uint8_t> pauses)) {
    AttemptLimiter limiter(4, seconds(10));
    auto now = kNow;
    std::uint64_t admitted = 0;
    for (const auto pause : pauses) {
        now = now.plus(seconds(pause % 16));
        if (limiter.wait("key", now)) continue;
        limiter.failed("key", now);
        ++admitted;
    }
    RC_ASSERT(admitted <= 4U + static_cast<std::uint64_t>(now.since(kNow) / seconds(10)));
}

}  // namespace
}  // namespace cript::account
