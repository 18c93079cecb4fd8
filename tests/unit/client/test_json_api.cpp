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

constexpr const char* kUuid = "11111111-1111-4111-8111-111111111101";

Api api_of(const HttpServer& server) {
    return std::move(*Api::connect(server.host(), *Token::parse("secret")));
}

Json project() {
    return *Json::parse(
        R"({"node": ["Project"], "uuid": "11111111-1111-4111-8111-111111111101", "name": "demo"})");
}

Response saved(const Request& request, const std::string& revision) {
    auto response = success(R"({"result": [)" + request.body + R"(], "count": 1})");
    response.headers = {{"ETag", "\"" + revision + "\""}};
    return response;
}

Response duplicate_uuid() {
    return failure(409, "Duplicate uuid",
                   R"([{"pointer": "", "code": "duplicate_uuid", "message": "Duplicate uuid"}])");
}

std::vector<std::string> lines_of(const HttpServer& server) {
    std::vector<std::string> lines;
    for (const auto& request : server.requests()) lines.push_back(request.method + " " + request.target);
    return lines;
}

const std::string kOne = std::string("/api/v1/project/") + kUuid + "/";

TEST(SavingJson, CreatesANewNode) {
    const HttpServer server([](const Request& request) { return saved(request, "r1"); });
    const auto result = api_of(server).raw().save(project());
    ASSERT_TRUE(result) << result.error();
    EXPECT_TRUE(result->created);
    EXPECT_EQ(result->revision, "r1");
    EXPECT_EQ(result->node.text_of("name"), "demo");
    EXPECT_EQ(lines_of(server), std::vector<std::string>{"POST /api/v1/project/"});
}

TEST(SavingJson, ChangesANodeThatTurnsOutToExist) {
    const HttpServer server([](const Request& request) {
        if (request.method == "POST") return duplicate_uuid();
        return saved(request, "r2");
    });
    const auto result = api_of(server).raw().save(project());
    ASSERT_TRUE(result) << result.error();
    EXPECT_FALSE(result->created);
    EXPECT_EQ(lines_of(server),
              (std::vector<std::string>{"POST /api/v1/project/", "PATCH " + kOne + "?lists=replace"}));
}

TEST(SavingJson, KeepsTheFirstAnswerWhenTheUuidBelongsToAnotherNode) {
    const HttpServer server([](const Request& request) {
        return request.method == "POST" ? duplicate_uuid() : failure(404, "not found");
    });
    const auto result = api_of(server).raw().save(project());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Conflict);
}

TEST(SavingJson, KeepsTheConflictOfANameThatIsTaken) {
    const HttpServer server([](const Request&) { return failure(409, "duplicate item"); });
    const auto result = api_of(server).raw().save(project());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(result.error().message, "duplicate item");
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(SavingJson, WithARevisionChangesOnlyThatRevision) {
    const HttpServer server([](const Request& request) {
        EXPECT_EQ(request.header("If-Match"), std::vector<std::string>{"\"r1\""});
        return failure(412, "changed");
    });
    const auto result = api_of(server).raw().save(project(), {"r1", true});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Changed);
    EXPECT_EQ(lines_of(server), std::vector<std::string>{"PATCH " + kOne + "?lists=replace"});
}

TEST(SavingJson, RefusesWhatIsNoNodeWithoutARequest) {
    const HttpServer server([](const Request&) { return success("{}"); });
    const auto result = api_of(server).raw().save(Json::object());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::InvalidInput);
    EXPECT_TRUE(server.requests().empty());
}

TEST(DryRun, TellsTheDifference) {
    const HttpServer server([](const Request&) {
        return success(R"({"dry_run": true, "created": 1, "changed": 1, "unchanged": 40, "nodes": [
            {"uuid": "a", "node": "Material", "pointer": "/material/0", "change": "created", "fields": ["name"]},
            {"uuid": "b", "node": "Property", "pointer": "/material/1/property/0", "change": "changed", "fields": ["value", "unit"]}]})");
    });
    const auto difference = api_of(server).raw().dry_run(project());
    ASSERT_TRUE(difference) << difference.error();
    EXPECT_EQ(difference->created, 1);
    EXPECT_EQ(difference->unchanged, 40);
    ASSERT_EQ(difference->nodes.size(), 2U);
    EXPECT_TRUE(difference->nodes[0].created);
    EXPECT_EQ(difference->nodes[1].fields, (std::vector<std::string>{"value", "unit"}));
    EXPECT_EQ(lines_of(server), std::vector<std::string>{"POST /api/v1/project/?dry_run=true"});
}

TEST(DryRun, IsAnErrorWhenTheServerDoesNotConfirmIt) {
    const HttpServer server([](const Request& request) { return saved(request, "r1"); });
    EXPECT_FALSE(api_of(server).raw().dry_run(project()));
}

TEST(FindingJson, EscapesTheName) {
    const HttpServer server([](const Request&) {
        auto response = success(R"({"result": [{"name": "x"}], "count": 1})");
        response.headers = {{"ETag", "\"1\""}};
        return response;
    });
    ASSERT_TRUE(api_of(server).raw().find_exact("project", "a b&c=d/ä"));
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/search/exact/project/?q=a%20b%26c%3Dd%2F%C3%A4");
}

TEST(FindingJson, AsksForTheRevisionThatASearchDoesNotTell) {
    const HttpServer server([](const Request& request) {
        if (request.target.find("search") != std::string::npos) {
            return success(R"({"result": [{"uuid": "p", "name": "x"}], "count": 1})");
        }
        auto response = success(R"([{"uuid": "p", "name": "x"}])");
        response.headers = {{"ETag", "\"4\""}};
        return response;
    });
    const auto found = api_of(server).raw().find_exact("project", "x");
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->revision, "4");
    EXPECT_EQ(server.requests().at(1).target, "/api/v1/project/p/");
}

TEST(FindingJson, TellsThatThereIsNone) {
    const HttpServer server([](const Request&) { return success(R"({"result": [], "count": 0})"); });
    const auto found = api_of(server).raw().find_exact("project", "x");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::NotFound);
}

TEST(GettingJson, UnwrapsTheNodeAndItsRevision) {
    const HttpServer server([](const Request&) {
        auto response = success(R"([{"node": ["Project"], "name": "demo"}])");
        response.headers = {{"ETag", "\"7\""}};
        return response;
    });
    const auto answer = api_of(server).raw().get("project", kUuid);
    ASSERT_TRUE(answer) << answer.error();
    EXPECT_EQ(answer->data.text_of("name"), "demo");
    EXPECT_EQ(answer->revision, "7");
}

}  // namespace
