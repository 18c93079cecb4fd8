#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "cript/json.hpp"
#include "cript_run.hpp"
#include "fake/http_server.hpp"

namespace cript::cli {
namespace {

using fake::HttpServer;
using fake::Request;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kProject = R"({
 "about": {"content": "a test"},
 "project": {
  "node": ["Project"],
  "name": "demo",
  "material": [
   {"node": ["Material"], "uid": "_:m1", "name": "styrene",
    "property": [{"node": ["Property"], "key": "density", "type": "value", "value": 0.9}]},
   {"node": ["Material"], "name": "toluene"}
  ]
 }
})";

void write(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
}

std::string content(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// A server that accepts everything and answers with revision r1, r2, …
class Accepting {
  public:
    Accepting()
        : server_([this](const Request& request) {
              auto response = fake::success(R"({"result": [)" + request.body + R"(], "count": 1})");
              response.headers = {{"ETag", "\"r" + std::to_string(++answers_) + "\""}};
              return response;
          }) {}
    [[nodiscard]] std::string host() const { return server_.host(); }
    [[nodiscard]] std::vector<Request> requests() const { return server_.requests(); }
    [[nodiscard]] Json sent(std::size_t number) const { return *Json::parse(requests().at(number).body); }

  private:
    int answers_ = 0;
    HttpServer server_;
};

std::string uuid_at(const Json& project, std::size_t material) {
    return std::string((*project.find("material")->if_array())[material].text_of("uuid"));
}

TEST(Push, SendsTheProjectOfAWrapperWithUuids) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    const Accepting server;
    const auto ran = cript({"push", folder / "demo.json"}, signed_in_at(server.host()));
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("created 'demo' with 4 nodes"));
    const auto sent = server.sent(0);
    EXPECT_EQ(sent.find("about"), nullptr);
    EXPECT_EQ(sent.text_of("uuid").size(), 36U);
    EXPECT_EQ(uuid_at(sent, 1).size(), 36U);
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/project/");
}

TEST(Push, UpdatesWithTheSameUuidsTheSecondTime) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    const Accepting server;
    ASSERT_EQ(cript({"push", folder / "demo.json"}, signed_in_at(server.host())).status, 0);
    const auto again = cript({"push", folder / "demo.json"}, signed_in_at(server.host()));
    ASSERT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(server.sent(0).dump(), server.sent(1).dump());
    EXPECT_EQ(server.requests().at(1).method, "PATCH");
    EXPECT_THAT(server.requests().at(1).header("If-Match"), ElementsAre("\"r1\""));
    EXPECT_THAT(again.out, HasSubstr("updated 'demo'"));
}

TEST(Push, KnowsANodeAgainThatMovedInItsList) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    const Accepting server;
    ASSERT_EQ(cript({"push", folder / "demo.json"}, signed_in_at(server.host())).status, 0);
    auto file = *Json::parse(kProject);
    auto& materials = *file.find("project")->find("material")->if_array();
    std::swap(materials[0], materials[1]);
    write(folder / "demo.json", file.dump());
    ASSERT_EQ(cript({"push", folder / "demo.json"}, signed_in_at(server.host())).status, 0);
    EXPECT_EQ(uuid_at(server.sent(0), 0), uuid_at(server.sent(1), 1));
    EXPECT_EQ(uuid_at(server.sent(0), 1), uuid_at(server.sent(1), 0));
}

TEST(Push, WithForceOverwritesWhatOthersChanged) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    const Accepting server;
    ASSERT_EQ(cript({"push", folder / "demo.json"}, signed_in_at(server.host())).status, 0);
    ASSERT_EQ(cript({"push", folder / "demo.json", "--force"}, signed_in_at(server.host())).status, 0);
    EXPECT_TRUE(server.requests().at(1).header("If-Match").empty());
}

TEST(Push, SaysHowToGoOnWhenSomebodyElseChangedTheProject) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    {
        const Accepting server;
        ASSERT_EQ(cript({"push", folder / "demo.json"}, signed_in_at(server.host())).status, 0);
    }
    const HttpServer changed([](const Request&) { return fake::failure(412, "the project changed"); });
    auto identities = content(folder / "demo.cript.json");
    auto json = *Json::parse(identities);
    *json.find("servers") =
        Json::object().set("http://" + changed.host(), Json::object().set("revision", "r1"));
    write(folder / "demo.cript.json", json.dump());
    const auto ran = cript({"push", folder / "demo.json"}, signed_in_at(changed.host()));
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("--force"));
}

TEST(Push, UnderANewNameSendsOnlyNewNodes) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    const Accepting server;
    ASSERT_EQ(cript({"push", folder / "demo.json"}, signed_in_at(server.host())).status, 0);
    const auto kept = content(folder / "demo.cript.json");
    const auto ran = cript({"push", folder / "demo.json", "--new-name", "copy"}, signed_in_at(server.host()));
    ASSERT_EQ(ran.status, 0) << ran.err;
    const auto copy = server.sent(1);
    EXPECT_EQ(copy.text_of("name"), "copy");
    EXPECT_EQ(server.requests().at(1).method, "POST");
    EXPECT_NE(copy.text_of("uuid"), server.sent(0).text_of("uuid"));
    EXPECT_NE(uuid_at(copy, 0), uuid_at(server.sent(0), 0));
    EXPECT_EQ(content(folder / "demo.cript.json"), kept);
}

TEST(Push, UnderANewNameLetsLinksFollow) {
    const Folder folder;
    write(folder / "demo.json",
          R"({"node": ["Project"], "uuid": "11111111-1111-4111-8111-111111111101", "name": "demo",
        "material": [{"node": ["Material"], "uuid": "11111111-1111-4111-8111-111111111102", "name": "a"},
                     {"node": ["Material"], "name": "b", "component": [{"uuid": "11111111-1111-4111-8111-111111111102"},
                                                                     {"uuid": "11111111-1111-4111-8111-111111111109"}]}]})");
    const Accepting server;
    ASSERT_EQ(cript({"push", folder / "demo.json", "--new-name", "copy"}, signed_in_at(server.host())).status,
              0);
    const auto sent = server.sent(0);
    const auto& links = *(*sent.find("material")->if_array())[1].find("component")->if_array();
    EXPECT_EQ(links[0].text_of("uuid"), uuid_at(sent, 0));
    EXPECT_NE(uuid_at(sent, 0), "11111111-1111-4111-8111-111111111102");
    EXPECT_EQ(links[1].text_of("uuid"), "11111111-1111-4111-8111-111111111109");
}

TEST(Push, ShowsProblemsWhereTheyStandInTheFile) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    const HttpServer server([](const Request&) {
        return fake::failure(400, "wrong", R"([{"pointer": "/material/1/name", "code": "unknown_field",
            "message": "'name' is not good", "suggestion": "names"}])");
    });
    const auto ran = cript({"push", folder / "demo.json"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("demo.json:9:27: error: 'name' is not good (did you mean 'names'?)\n"
                                   "     9 |    {\"node\": [\"Material\"], \"name\": \"toluene\"}\n"
                                   "       |                           ^~~~~~\n"
                                   "       at /material/1/name\n"));
    EXPECT_THAT(ran.err, HasSubstr("1 problem; nothing was stored."));
}

TEST(Push, AnswersScriptsInJson) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    const HttpServer server([](const Request&) {
        return fake::failure(400, "wrong", R"([{"pointer": "/x", "code": "c", "message": "m"}])");
    });
    const auto ran = cript({"push", folder / "demo.json", "--json"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(ran.err, "");
    const auto report = Json::parse(ran.out);
    ASSERT_TRUE(report) << ran.out;
    EXPECT_EQ(report->find("ok")->as_bool(), false);
    EXPECT_EQ((*report->find("error")->find("problems")->if_array())[0].text_of("pointer"), "/x");
}

TEST(PushDryRun, ShowsTheDifferenceAndKeepsNothing) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    const HttpServer server([](const Request& request) {
        EXPECT_THAT(request.target, HasSubstr("dry_run=true"));
        return fake::success(R"({"dry_run": true, "created": 1, "changed": 0, "unchanged": 3, "nodes": [
            {"uuid": "u", "node": "Material", "pointer": "/material/1", "change": "created", "fields": ["name"]}]})");
    });
    const auto ran = cript({"push", folder / "demo.json", "--dry-run"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("+ Material               /material/1 'toluene'  name"));
    EXPECT_THAT(ran.out, HasSubstr("1 would be created, 0 changed, 3 stay; nothing was stored."));
    EXPECT_FALSE(std::filesystem::exists(folder / "demo.cript.json"));
}

TEST(Push, ReadsStandardInput) {
    const Accepting server;
    const auto ran = cript({"push", "-"}, signed_in_at(server.host()), kProject);
    EXPECT_EQ(ran.status, 0) << ran.err;
}

TEST(Push, EndsWith5WhenTheFileCannotBeRead) {
    const auto ran = cript({"push", "/nowhere/demo.json"}, signed_in_at("127.0.0.1:1"));
    EXPECT_EQ(ran.status, 5);
    EXPECT_THAT(ran.err, HasSubstr("/nowhere/demo.json: No such file"));
}

TEST(Push, SaysThatAnIdentityFileIsNoProject) {
    const auto ran = cript({"push", "demo.cript.json"}, signed_in_at("127.0.0.1:1"));
    EXPECT_EQ(ran.status, 2);
}

TEST(Push, RefusesADamagedIdentityFileInsteadOfCreatingAnew) {
    const Folder folder;
    write(folder / "demo.json", kProject);
    write(folder / "demo.cript.json", "{");
    const Accepting server;
    const auto ran = cript({"push", folder / "demo.json"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 5);
    EXPECT_TRUE(server.requests().empty());
}

TEST(Push, TellsWhatIsNoProject) {
    const Folder folder;
    for (const char* text : {"[]", "{}", "{\"project\": {}}", "not json"}) {
        write(folder / "demo.json", text);
        const auto ran = cript({"push", folder / "demo.json"}, signed_in_at("127.0.0.1:1"));
        EXPECT_EQ(ran.status, 1) << text;
        EXPECT_THAT(ran.err, HasSubstr("demo.json")) << text;
    }
}

}  // namespace
}  // namespace cript::cli
