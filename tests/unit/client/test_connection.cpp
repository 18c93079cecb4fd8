#include <gtest/gtest.h>

#include "cript/cript.hpp"
#include "fake/http_server.hpp"

namespace {

using namespace cript;
using fake::failure;
using fake::HttpServer;
using fake::Request;
using fake::Response;
using fake::success;

constexpr const char* kDigits = "0123456789abcdef0123456789abcdef01234567";

Api api_of(const HttpServer& server, Options options = {}) {
    return std::move(*Api::connect(server.host(), *Token::parse(kDigits), std::move(options)));
}

TEST(Whoami, TellsWhoseTokenItIs) {
    const HttpServer server([](const Request&) {
        return success(
            R"({"uuid": "u", "username": "ada", "email": "a@example.org", "admin": true, "created_at": "t"})");
    });
    auto api = api_of(server);
    const auto account = api.whoami();
    ASSERT_TRUE(account) << account.error();
    EXPECT_EQ(account->username, "ada");
    EXPECT_TRUE(account->admin);
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/account");
}

TEST(Token, TravelsInOneAuthorizationHeaderAndNowhereElse) {
    const HttpServer server([](const Request&) { return success("{}"); });
    auto api = api_of(server);
    ASSERT_TRUE(api.whoami());
    const auto request = server.requests().at(0);
    EXPECT_EQ(request.header("Authorization"), std::vector<std::string>{std::string("Token ") + kDigits});
    EXPECT_EQ(request.target.find(kDigits), std::string::npos);
    EXPECT_EQ(request.body.find(kDigits), std::string::npos);
}

TEST(Connection, StaysOpenBetweenRequests) {
    const HttpServer server([](const Request&) { return success("{}"); });
    auto api = api_of(server);
    for (int number = 0; number < 5; ++number) ASSERT_TRUE(api.whoami());
    EXPECT_EQ(server.connections(), 1U);
}

TEST(UnknownToken, IsToldWithThePlaceWhereTheRightOneIs) {
    const HttpServer server([](const Request&) { return failure(401, "Invalid token"); });
    const auto account = api_of(server).whoami();
    ASSERT_FALSE(account);
    EXPECT_EQ(account.error().kind, ErrorKind::Unauthenticated);
    EXPECT_NE(account.error().message.find("Security settings"), std::string::npos);
    EXPECT_EQ(account.error().text().find(kDigits), std::string::npos);
}

TEST(Problems, ArriveWithPointersAndSuggestions) {
    const HttpServer server([](const Request&) {
        return failure(
            400, "two problems",
            R"([{"pointer": "/nam", "code": "unknown_field", "message": "not a field", "suggestion": "name"},
                           {"pointer": "/material/0", "code": "x", "message": "also wrong"}])");
    });
    const auto saved = api_of(server).raw().save(*Json::parse(R"({"node": ["Project"]})"));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::InvalidInput);
    EXPECT_EQ(saved.error().http_status, 400);
    ASSERT_EQ(saved.error().problems.size(), 2U);
    EXPECT_EQ(saved.error().problems[0].suggestion, "name");
    EXPECT_EQ(saved.error().text(),
              "two problems\n  /nam: not a field (did you mean 'name'?)\n  /material/0: also wrong");
}

TEST(Read, IsTriedAgainWhenTheConnectionBreaks) {
    int asked = 0;
    const HttpServer server(
        [&asked](const Request&) { return ++asked < 3 ? Response{0, "", {}, true} : success("{}"); });
    EXPECT_TRUE(api_of(server).whoami());
    EXPECT_EQ(server.requests().size(), 3U);
}

TEST(Read, IsTriedAgainWhenABusyServerSaysWhen) {
    int asked = 0;
    const HttpServer server([&asked](const Request&) {
        if (++asked > 1) return success("{}");
        auto busy = failure(503, "busy");
        busy.headers = {{"Retry-After", "0"}};
        return busy;
    });
    EXPECT_TRUE(api_of(server).whoami());
}

TEST(Read, EndsAfterTheAttemptsAllowed) {
    const HttpServer server([](const Request&) {
        auto busy = failure(503, "busy");
        busy.headers = {{"Retry-After", "0"}};
        return busy;
    });
    Options options;
    options.attempts = 2;
    const auto account = api_of(server, options).whoami();
    ASSERT_FALSE(account);
    EXPECT_EQ(account.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(Change, IsNeverSentTwice) {
    const HttpServer server([](const Request&) {
        auto busy = failure(503, "busy");
        busy.headers = {{"Retry-After", "0"}};
        return busy;
    });
    EXPECT_FALSE(api_of(server).raw().save(*Json::parse(R"({"node": ["Project"], "name": "a project"})")));
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(Silence, EndsAtTheDeadline) {
    // The server takes the request and holds its answer back until the client has given up.
    std::mutex gate;
    std::unique_lock closed(gate);
    const HttpServer server([&gate](const Request&) {
        const std::lock_guard wait(gate);
        return success("{}");
    });
    Options options;
    options.request_timeout = std::chrono::milliseconds(500);
    const auto account = api_of(server, options).whoami();
    closed.unlock();
    ASSERT_FALSE(account);
    EXPECT_EQ(account.error().kind, ErrorKind::TimedOut);
}

TEST(NoServer, IsToldAsUnreachable) {
    std::string host;
    {
        const HttpServer server([](const Request&) { return success("{}"); });
        host = server.host();
    }
    Options options;
    options.attempts = 1;
    auto api = Api::connect(host, *Token::parse(kDigits), options);
    const auto account = api->whoami();
    ASSERT_FALSE(account);
    EXPECT_EQ(account.error().kind, ErrorKind::Unreachable);
    EXPECT_NE(account.error().message.find(host), std::string::npos);
}

TEST(Redirect, IsNotFollowedWithTheToken) {
    const HttpServer server(
        [](const Request&) { return Response{302, "", {{"Location", "http://other.example/"}}}; });
    const auto account = api_of(server).whoami();
    ASSERT_FALSE(account);
    EXPECT_EQ(account.error().kind, ErrorKind::NotCript);
    EXPECT_NE(account.error().message.find("http://other.example/"), std::string::npos);
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(OtherServers, AreToldApartFromCript) {
    const HttpServer server([](const Request&) { return Response{404, "<html>nothing here</html>"}; });
    const auto account = api_of(server).whoami();
    ASSERT_FALSE(account);
    EXPECT_EQ(account.error().kind, ErrorKind::NotCript);
}

TEST(ProgressOfARequest, BeginsWithSendingAndKnowsTheWholeDocument) {
    const HttpServer server([](const Request& request) {
        return success(R"({"result": [)" + request.body + R"(], "count": 1})");
    });
    std::vector<Progress> told;
    Options options;
    options.progress = [&told](const Progress& progress) { told.push_back(progress); };
    Json project = *Json::parse(R"({"node": ["Project"]})");
    project.set("notes", std::string(2'000'000, 'x'));
    ASSERT_TRUE(api_of(server, options).raw().save(project));
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.front().phase, Progress::Phase::Sending);
    EXPECT_GE(told.front().total, 2'000'000U);
    EXPECT_EQ(told.back().phase, Progress::Phase::Receiving);
}

}  // namespace
