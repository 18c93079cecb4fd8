#include "service/text_similarity.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cript::service {
namespace {

TEST(TextSimilarity, IsOneForTheSameText) {
    EXPECT_EQ(TextSimilarity("{[][$]CC[$][]}").to("{[][$]CC[$][]}"), 1.0);
    EXPECT_EQ(TextSimilarity("C").to("C"), 1.0);
}

TEST(TextSimilarity, IsZeroWithoutACommonPair) {
    EXPECT_EQ(TextSimilarity("CCO").to("c1ccccc1"), 0.0);
    EXPECT_EQ(TextSimilarity("").to("CCO"), 0.0);
    EXPECT_EQ(TextSimilarity("CCO").to(""), 0.0);
    EXPECT_EQ(TextSimilarity("").to(""), 0.0);
}

TEST(TextSimilarity, CountsEachPairAsOftenAsItOccurs) {
    // CC, CC, CO against CC, CO: two in common of five.
    EXPECT_DOUBLE_EQ(TextSimilarity("CCCO").to("CCO"), 0.8);
    EXPECT_LT(TextSimilarity("CCCCCC").to("CC"), TextSimilarity("CCCCCC").to("CCCC"));
}

TEST(TextSimilarity, MindsTheOrderOfTwoNeighbours) {
    EXPECT_EQ(TextSimilarity("CO").to("OC"), 0.0);
}

TEST(TextSimilarity, DoesNotSeeWhiteSpace) {
    EXPECT_EQ(TextSimilarity("C C\tO\n").to("CCO"), 1.0);
}

RC_GTEST_PROP(TextSimilarity, LiesBetweenZeroAndOneAndIsTheSameBothWays,
              (const std::string& left, const std::string& right)) {
    const auto score = TextSimilarity(left).to(right);
    RC_ASSERT(score >= 0.0);
    RC_ASSERT(score <= 1.0);
    RC_ASSERT(score == TextSimilarity(right).to(left));
}

}  // namespace
}  // namespace cript::service
