#include <gtest/gtest.h>

#include "cli/json_position.hpp"

namespace cript::cli {
namespace {

constexpr std::string_view kText = "{\n  \"a\": [1, {\"b/c\": \"x\"}],\n  \"t\\u00e4\": {\"d\": null}\n}";

struct Case {
    const char* pointer;
    std::size_t line;
    std::size_t column;
    std::size_t width;
};
class JsonPosition : public testing::TestWithParam<Case> {};

TEST_P(JsonPosition, IsThatOfTheNameOrOfTheElement) {
    const auto position = position_of(kText, GetParam().pointer);
    EXPECT_EQ(position.line, GetParam().line);
    EXPECT_EQ(position.column, GetParam().column);
    EXPECT_EQ(position.width, GetParam().width);
}

INSTANTIATE_TEST_SUITE_P(Pointers, JsonPosition,
                         testing::Values(Case{"", 1, 1, 1}, Case{"/a", 2, 3, 3}, Case{"/a/0", 2, 9, 1},
                                         Case{"/a/1", 2, 12, 12}, Case{"/a/1/b~1c", 2, 13, 5},
                                         Case{"/tä/d", 3, 15, 3}, Case{"/a/7", 2, 3, 3},
                                         Case{"/a/1/q", 2, 12, 12}, Case{"/nothing", 1, 1, 1}));

}  // namespace
}  // namespace cript::cli
