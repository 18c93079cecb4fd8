#include "api/json_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cript::api {
namespace {

using testing::ElementsAre;

std::vector<std::string> faults(std::string_view body) {
    const auto read = JsonBody::read(body, {"username", "password"});
    EXPECT_FALSE(read) << body;
    std::vector<std::string> codes;
    if (read) return codes;
    for (const auto& problem : read.error().problems)
        codes.push_back(problem.code + " at " + problem.pointer);
    return codes;
}

TEST(JsonBody, GivesItsMembersAsText) {
    const auto body = JsonBody::read(R"({"password":"a\"b","username":"ada"})", {"username", "password"});
    ASSERT_TRUE(body);
    EXPECT_EQ(body->text("username"), "ada");
    EXPECT_EQ(body->secret("password").reveal(), "a\"b");
}

TEST(JsonBody, TellsEveryProblemAtOnce) {
    EXPECT_THAT(faults(R"({"user":"ada","password":1})"),
                ElementsAre("unknown_field at /user", "wrong_type at /password", "missing_field at "));
    EXPECT_THAT(faults(R"({"username":"a","username":"b","password":"c"})"),
                ElementsAre("duplicate_field at /username"));
    EXPECT_THAT(faults("[]"), ElementsAre("wrong_type at "));
    EXPECT_THAT(faults("{}"), ElementsAre("missing_field at ", "missing_field at "));
    EXPECT_THAT(faults("{"), ElementsAre("invalid_json at "));
}

TEST(JsonBody, EscapesTheNamesOfMembersInPointers) {
    EXPECT_THAT(faults(R"({"a/b~":"x","username":"a","password":"b"})"),
                ElementsAre("unknown_field at /a~1b~0"));
}

TEST(JsonBody, DoesNotRepeatAPassword) {
    const auto read = JsonBody::read(R"({"username":"ada","password":["a secret that must not be told"]})",
                                     {"username", "password"});
    ASSERT_FALSE(read);
    for (const auto& problem : read.error().problems) {
        EXPECT_EQ(problem.message.find("secret"), std::string::npos);
    }
}

}  // namespace
}  // namespace cript::api
