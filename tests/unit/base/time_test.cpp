#include "base/time.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace cript::base {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

TEST(Timestamp, IsWrittenWithSixDecimalsAlways) {
    EXPECT_EQ(Timestamp{0}.text(), "1970-01-01T00:00:00.000000Z");
    EXPECT_EQ(Timestamp{1'678'754'702'196'297}.text(), "2023-03-14T00:45:02.196297Z");
    EXPECT_EQ(Timestamp{951'782'400'000'001}.text(), "2000-02-29T00:00:00.000001Z");
}

TEST(Timestamp, BeforeTheEpochIsRight) {
    EXPECT_EQ(Timestamp{-1}.text(), "1969-12-31T23:59:59.999999Z");
}

TEST(Timestamp, IsReadInTheFormInWhichItIsWritten) {
    EXPECT_EQ(Timestamp::parse("2023-03-14T00:45:02.196297Z"), Timestamp{1'678'754'702'196'297});
    for (const auto* other :
         {"", "2023-03-14", "2023-03-14T00:45:02Z", "2023-02-30T00:45:02.196297Z",
          "2023-03-14T24:45:02.196297Z", "2023-03-14T00:61:02.196297Z", "2023-03-14 00:45:02.196297Z",
          "2023-03-14T00:45:02.+96297Z", "2023-03-14T00:45:02.196297+", "20a3-03-14T00:45:02.196297Z"}) {
        EXPECT_EQ(Timestamp::parse(other), std::nullopt) << other;
    }
}

RC_GTEST_PROP(Timestamp, ComesBackFromItsText, ()) {
    const Timestamp instant{*rc::gen::inRange<std::int64_t>(0, 253'402'300'799'999'999)};
    RC_ASSERT(Timestamp::parse(instant.text()) == std::optional(instant));
}

TEST(Timestamp, AppendsToWhatIsThere) {
    std::string out = "at ";
    Timestamp{0}.append_to(out);
    EXPECT_EQ(out, "at 1970-01-01T00:00:00.000000Z");
}

TEST(Timestamp, MeasuresSpans) {
    const Timestamp start{1'000};
    EXPECT_EQ(start.plus(hours(1)).since(start), hours(1));
    EXPECT_LT(start, start.plus(microseconds(1)));
}

RC_GTEST_PROP(Timestamp, OfAnEarlierInstantIsASmallerText, ()) {
    constexpr std::int64_t kYear9999 = 253'402'300'799'999'999;
    const auto first = *rc::gen::inRange<std::int64_t>(0, kYear9999);
    const auto second = *rc::gen::inRange<std::int64_t>(0, kYear9999);
    RC_ASSERT((first < second) == (Timestamp{first}.text() < Timestamp{second}.text()));
}

TEST(ManualClock, StandsStillUntilItIsMoved) {
    ManualClock clock(Timestamp{5});
    EXPECT_EQ(clock.now(), Timestamp{5});
    clock.advance(microseconds(2));
    EXPECT_EQ(clock.now(), Timestamp{7});
}

TEST(SystemClock, TellsTheTimeOfThisCentury) {
    EXPECT_EQ(SystemClock{}.now().text().substr(0, 2), "20");
}

}  // namespace
}  // namespace cript::base
