#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "cli/pushable_form.hpp"
#include "cript/json.hpp"
#include "cript_run.hpp"
#include "fake/http_server.hpp"

namespace cript::cli {
namespace {

using testing::HasSubstr;

constexpr const char* kUuid = "11111111-1111-4111-8111-111111111101";

std::string cleaned(const char* answered) {
    return pushable_form(*Json::parse(answered)).dump();
}

TEST(PushableForm, LeavesOutWhatTheServerSets) {
    EXPECT_EQ(
        cleaned(R"({"node": ["Project"], "uid": "_:a", "uuid": "a", "created_at": "t", "updated_at": "t",
                          "created_by": {"uuid": "u"}, "updated_by": {"uuid": "u"}, "locked": false, "public": false,
                          "model_version": "1.0.1", "name": "demo", "material_count": 3})"),
        R"({"node":["Project"],"uuid":"a","name":"demo"})");
}

TEST(PushableForm, KeepsWhatSomebodyChose) {
    EXPECT_EQ(
        cleaned(R"({"node": ["Project"], "uuid": "a", "created_at": "t", "public": true, "name": "x"})"),
        R"({"node":["Project"],"uuid":"a","public":true,"name":"x"})");
}

TEST(PushableForm, LinksFurtherMentionsByUuid) {
    EXPECT_EQ(cleaned(R"({"node": ["Project"], "uuid": "p", "created_at": "t",
                          "material": [{"node": ["Material"], "uuid": "m", "created_at": "t",
                                        "component": [{"node": ["Material"], "uid": "_:m", "uuid": "m", "name": "open"},
                                                      {"uid": "_:n"}]}]})"),
              R"({"node":["Project"],"uuid":"p","material":[{"node":["Material"],"uuid":"m",)"
              R"("component":[{"uuid":"m"},{"uuid":"n"}]}]})");
}

TEST(PushableForm, KeepsNumbersInTheirKind) {
    EXPECT_EQ(cleaned(R"({"node": ["Property"], "uuid": "p", "created_at": "t", "value": [1, 1.0, 1e-9]})"),
              R"({"node":["Property"],"uuid":"p","value":[1,1.0,1e-09]})");
}

TEST(Pull, WritesTheProjectOfAUuid) {
    const fake::HttpServer server([](const fake::Request& request) {
        EXPECT_EQ(request.target, std::string("/api/v1/project/") + kUuid + "/");
        return fake::success(R"([{"node": ["Project"], "uuid": "p", "created_at": "t", "name": "demo"}])");
    });
    const Folder folder;
    const auto ran = cript({"pull", kUuid, "-o", folder / "out.json"}, signed_in_at(server.host()));
    ASSERT_EQ(ran.status, 0) << ran.err;
    std::ostringstream text;
    text << std::ifstream(folder / "out.json").rdbuf();
    EXPECT_EQ(text.str(), "{\n \"node\": [\n  \"Project\"\n ],\n \"uuid\": \"p\",\n \"name\": \"demo\"\n}\n");
}

TEST(Pull, FindsAProjectByItsName) {
    const fake::HttpServer server([](const fake::Request& request) {
        EXPECT_EQ(request.target, "/api/v1/search/exact/project/?q=my%20project");
        auto response = fake::success(
            R"({"result": [{"node": ["Project"], "uuid": "p", "created_at": "t"}], "count": 1})");
        response.headers = {{"ETag", "\"3\""}};
        return response;
    });
    const auto ran = cript({"pull", "my project"}, signed_in_at(server.host()));
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("\"uuid\": \"p\""));
}

TEST(Pull, EndsWith1WhenThereIsNoSuchProject) {
    const fake::HttpServer server(
        [](const fake::Request&) { return fake::success(R"({"result": [], "count": 0})"); });
    const auto ran = cript({"pull", "nothing"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("no project is named 'nothing'"));
    EXPECT_EQ(ran.out, "");
}

}  // namespace
}  // namespace cript::cli
