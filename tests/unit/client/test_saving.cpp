#include <gtest/gtest.h>

#include "cript/cript.hpp"
#include "fake/http_server.hpp"

namespace {

using namespace cript;
using fake::failure;
using fake::HttpServer;
using fake::Request;
using fake::success;

Api api_of(const HttpServer& server) {
    return std::move(*Api::connect(server.host(), *Token::parse("secret")));
}

/// Stores whatever comes and answers with a new revision each time.
HttpServer::Handler accepting() {
    return [revision = 0](const Request& request) mutable {
        auto node = *Json::parse(request.body);
        node.set("created_at", "t1").set("updated_at", "t2");
        auto response = success(R"({"result": [)" + node.dump() + R"(], "count": 1})");
        response.headers = {{"ETag", "\"" + std::to_string(++revision) + "\""}};
        return response;
    };
}

TEST(SavingAProject, TellsTheNodeWhatTheServerSet) {
    const HttpServer server(accepting());
    const Project project{"demo"};
    const auto saved = api_of(server).save(project);
    ASSERT_TRUE(saved) << saved.error();
    EXPECT_TRUE(saved->created);
    EXPECT_EQ(project.created_at(), "t1");
    EXPECT_EQ(project.revision(), "1");
}

TEST(SavingAProject, AgainSendsItsRevision) {
    const HttpServer server(accepting());
    auto api = api_of(server);
    const Project project{"demo"};
    ASSERT_TRUE(api.save(project));
    ASSERT_TRUE(api.save(project));
    const auto second = server.requests().at(1);
    EXPECT_EQ(second.method, "PATCH");
    EXPECT_EQ(second.header("If-Match"), std::vector<std::string>{"\"1\""});
    EXPECT_EQ(project.revision(), "2");
}

TEST(SavingAProject, ClearsWhatWasSavedAndTakenOut) {
    const HttpServer server(accepting());
    auto api = api_of(server);
    const Project project{"demo"};
    project->notes = "first";
    project->material += Material{"styrene"};
    ASSERT_TRUE(api.save(project));
    project->notes.reset();
    project->material.clear();
    ASSERT_TRUE(api.save(project));
    const auto sent = *Json::parse(server.requests().at(1).body);
    EXPECT_TRUE(sent.find("notes")->is_null());
    EXPECT_EQ(sent.find("material")->dump(), "[]");
}

TEST(SavingAProject, ThatFailedClearsNothingLater) {
    int asked = 0;
    const HttpServer server([&asked, accept = accepting()](const Request& request) mutable {
        return ++asked == 1 ? failure(400, "no") : accept(request);
    });
    auto api = api_of(server);
    const Project project{"demo"};
    project->notes = "first";
    ASSERT_FALSE(api.save(project));
    project->notes.reset();
    ASSERT_TRUE(api.save(project));
    EXPECT_EQ(Json::parse(server.requests().at(1).body)->find("notes"), nullptr);
}

TEST(SavingNothing, IsRefusedWithoutARequest) {
    const HttpServer server(accepting());
    const auto saved = api_of(server).save(Project{});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::InvalidInput);
    EXPECT_TRUE(server.requests().empty());
}

TEST(GettingANode, GivesItTyped) {
    const HttpServer server([](const Request&) {
        auto response =
            success(R"([{"node": ["Material"], "uuid": "m", "created_at": "t", "name": "styrene"}])");
        response.headers = {{"ETag", "\"9\""}};
        return response;
    });
    const auto material = api_of(server).get<Material>("m");
    ASSERT_TRUE(material) << material.error();
    EXPECT_EQ((*material)->name, "styrene");
    EXPECT_EQ(material->revision(), "9");
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/material/m/");
}

TEST(GettingANode, OfAnotherTypeIsAnError) {
    const HttpServer server([](const Request&) {
        return success(R"([{"node": ["Process"], "uuid": "m", "created_at": "t", "name": "x"}])");
    });
    EXPECT_FALSE(api_of(server).get<Material>("m"));
}

TEST(FindingANode, ByItsExactName) {
    const HttpServer server([](const Request&) {
        auto response = success(
            R"({"result": [{"node": ["Project"], "uuid": "p", "created_at": "t", "name": "demo"}], "count": 1})");
        response.headers = {{"ETag", "\"3\""}};
        return response;
    });
    const auto project = api_of(server).find_exact<Project>("demo");
    ASSERT_TRUE(project) << project.error();
    EXPECT_EQ(project->uuid(), "p");
}

}  // namespace
