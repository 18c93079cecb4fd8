#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cript_run.hpp"

namespace cript::cli {
namespace {

using testing::HasSubstr;

TEST(Check, FindsAMisspeltFieldWithoutAServer) {
    const auto ran = cript({"check", "-"}, {}, R"({"node": ["Project"], "name": "demo",
"material": [{"node": ["Material"], "nam": "styrene"}]})");
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("-:2:37: error: "));
    EXPECT_THAT(ran.err, HasSubstr("at /material/0/nam"));
}

class Example : public testing::TestWithParam<const char*> {};

TEST_P(Example, IsGood) {
    const auto ran = cript({"check", std::string(CRIPT_SOURCE_DIR "/examples/") + GetParam()});
    EXPECT_EQ(ran.status, 0) << ran.err;
}

INSTANTIATE_TEST_SUITE_P(Files, Example,
                         testing::Values("seed_materials.json", "polystyrene_synthesis.json",
                                         "polystyrene_template.sheet.json"));

}  // namespace
}  // namespace cript::cli
