#include "api/envelope.hpp"

#include <gtest/gtest.h>

#include <map>

#include "api_installation.hpp"

namespace cript::api {
namespace {

using base::ErrorKind;
using test::read_answer;

TEST(Envelope, OfASuccessHasCodeDataAndError) {
    const auto response = success(R"([{"a":1}])");
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.body, R"({"code":200,"data":[{"a":1}],"error":null})");
}

TEST(Envelope, OfASuccessMayCarryWarnings) {
    EXPECT_EQ(
        success("null", {{"/a", "look", "odd", ""}}).body,
        R"({"code":200,"data":null,"error":null,"warnings":[{"pointer":"/a","code":"odd","message":"look"}]})");
}

TEST(Envelope, OfAFailureHasItsSentenceAndEveryProblem) {
    const base::Error error{
        ErrorKind::InvalidInput,
        "first",
        {{"/nam", "'nam' is wrong", "unknown_field", "name"}, {"", "more", "required", ""}}};
    EXPECT_EQ(failure(error).body,
              R"({"code":400,"data":null,"error":"first","errors":[)"
              R"({"pointer":"/nam","code":"unknown_field","message":"'nam' is wrong","suggestion":"name"},)"
              R"({"pointer":"","code":"required","message":"more"}]})");
}

TEST(Envelope, OfAFailureWithoutProblemsHasNoList) {
    EXPECT_EQ(failure(404, "gone").body, R"({"code":404,"data":null,"error":"gone"})");
}

TEST(Envelope, HasTheStatusOfTheKindOfError) {
    const std::map<ErrorKind, unsigned> statuses{
        {ErrorKind::InvalidInput, 400}, {ErrorKind::Unauthenticated, 401}, {ErrorKind::Forbidden, 403},
        {ErrorKind::NotFound, 404},     {ErrorKind::Conflict, 409},        {ErrorKind::TooLarge, 413},
        {ErrorKind::RateLimited, 429},  {ErrorKind::Internal, 500},        {ErrorKind::Unavailable, 503}};
    for (const auto& [kind, status] : statuses) {
        const auto answer = read_answer(failure({kind, "message", {}}));
        EXPECT_EQ(answer.status(), status);
        EXPECT_EQ(std::int64_t(answer.at("/code")), status) << "the body says it again";
    }
}

TEST(Envelope, IsNeverKeptByACache) {
    for (const auto& response : {success("null"), failure(500, "x")}) {
        const auto answer = read_answer(response);
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        EXPECT_EQ(answer.header("Content-Type"), "application/json");
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    }
}

TEST(Envelope, SaysHowToAuthenticate) {
    EXPECT_EQ(read_answer(failure({ErrorKind::Unauthenticated, "who?", {}})).header("WWW-Authenticate"),
              R"(Token realm="cript")");
    EXPECT_EQ(read_answer(failure({ErrorKind::Forbidden, "no", {}})).header("WWW-Authenticate"), "");
}

TEST(Envelope, SaysWhenToTryAgain) {
    EXPECT_EQ(read_answer(failure({ErrorKind::RateLimited, "slow", {{"", "slow", "retry_after", "30"}}}))
                  .header("Retry-After"),
              "30");
    EXPECT_EQ(read_answer(failure({ErrorKind::Unavailable, "down", {}})).header("Retry-After"), "1");
    EXPECT_EQ(read_answer(failure({ErrorKind::Conflict, "no", {}})).header("Retry-After"), "");
}

TEST(Envelope, EscapesWhatItQuotes) {
    const auto answer = read_answer(failure(400, "a \"b\" \\ \n c"));
    EXPECT_EQ(answer.error(), "a \"b\" \\ \n c");
}

}  // namespace
}  // namespace cript::api
