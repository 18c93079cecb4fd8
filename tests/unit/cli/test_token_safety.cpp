#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cript_run.hpp"
#include "fake/http_server.hpp"

namespace cript::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class TokenOnTheCommandLine : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(TokenOnTheCommandLine, IsRefusedWithTheReasonAndWhatToDo) {
    const auto ran = cript(GetParam(), signed_in_at("127.0.0.1:1"));
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("process list"));
    EXPECT_THAT(ran.err, HasSubstr("history"));
    EXPECT_THAT(ran.err, HasSubstr("CRIPT_API_KEY"));
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr(kTokenDigits)));
}

INSTANTIATE_TEST_SUITE_P(
    Forms, TokenOnTheCommandLine,
    testing::Values(std::vector<std::string>{"whoami", "--token", "anything"},
                    std::vector<std::string>{"whoami", std::string("--api-key=") + kTokenDigits},
                    std::vector<std::string>{"--api-token", "x", "whoami"},
                    std::vector<std::string>{"whoami", kTokenDigits},
                    std::vector<std::string>{"whoami", kToken},
                    std::vector<std::string>{"whoami", "Token", kTokenDigits},
                    std::vector<std::string>{"push", "f.json", std::string("--new-name=") + kTokenDigits},
                    std::vector<std::string>{"pull", "cript_pat_0123456789"}));

TEST(TokenCommand, TellsTheVariableAndNeverTheToken) {
    const auto ran = cript({"token"}, {{"CRIPT_TOKEN", kToken}, {"CRIPT_HOST", "cript.example.org"}});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, HasSubstr("from CRIPT_TOKEN"));
    EXPECT_THAT(ran.out, HasSubstr("https://cript.example.org"));
    EXPECT_THAT(ran.out, HasSubstr("Security settings"));
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr(kTokenDigits)));
}

TEST(TokenCommand, TellsWhichOfTwoVariablesIsUsed) {
    const auto ran = cript({"token"}, {{"CRIPT_API_KEY", kToken}, {"CRIPT_TOKEN", "other"}});
    EXPECT_THAT(ran.out, HasSubstr("from CRIPT_API_KEY (CRIPT_TOKEN is set too, and not used)"));
}

TEST(TokenCommand, EndsWith3WhenNoneIsSet) {
    const auto ran = cript({"token"}, {});
    EXPECT_EQ(ran.status, 3);
    EXPECT_THAT(ran.out, HasSubstr("not set"));
}

TEST(TokenCommand, AnswersScriptsInJson) {
    const auto ran = cript({"token", "--json"}, {{"CRIPT_API_KEY", kToken}});
    EXPECT_THAT(ran.out, HasSubstr(R"("variable": "CRIPT_API_KEY")"));
    EXPECT_THAT(ran.out, Not(HasSubstr(kTokenDigits)));
}

TEST(Whoami, ShowsTheAccount) {
    const fake::HttpServer server([](const fake::Request&) {
        return fake::success(
            R"({"uuid": "u", "username": "ada", "email": "ada@example.org", "admin": false})");
    });
    const auto ran = cript({"whoami"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("ada <ada@example.org>"));
}

TEST(Whoami, EndsWith3WhenTheTokenIsNotValid) {
    const fake::HttpServer server([](const fake::Request&) { return fake::failure(401, "no"); });
    const auto ran = cript({"whoami"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 3);
    EXPECT_THAT(ran.err, HasSubstr("Security settings"));
    EXPECT_THAT(ran.err, Not(HasSubstr(kTokenDigits)));
}

TEST(Whoami, EndsWith4WhenNobodyAnswers) {
    const auto ran = cript({"whoami", "--host", "127.0.0.1:1"}, {{"CRIPT_API_KEY", kToken}});
    EXPECT_EQ(ran.status, 4);
    EXPECT_THAT(ran.err, HasSubstr("cannot reach"));
}

}  // namespace
}  // namespace cript::cli
