#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <regex>

#include "documents.hpp"

namespace cript::model::test {
namespace {

TEST(ProblemCodes, StandInTheReferenceOneByOne) {
    const auto header = file("src/model/problem_codes.hpp");
    const auto page = file("docs/reference/problems.md");
    const std::regex constant("auto k\\w+ = \"(\\w+)\"");
    int count = 0;
    for (std::sregex_iterator at(header.begin(), header.end(), constant), end; at != end; ++at, ++count) {
        EXPECT_THAT(page, testing::HasSubstr("`" + (*at)[1].str() + "`"));
    }
    EXPECT_GT(count, 15);
}

}  // namespace
}  // namespace cript::model::test
