#include <gmock/gmock.h>
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
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Api api_of(const HttpServer& server) {
    return std::move(*Api::connect(server.host(), *Token::parse("secret")));
}

std::string page(const std::vector<std::string>& names, int count) {
    std::string hits;
    for (const auto& name : names) {
        if (!hits.empty()) hits += ",";
        hits += R"({"node":["Material"],"uuid":"u-)" + name + R"(","name":")" + name + R"(","score":0.5})";
    }
    return R"({"result":[)" + hits + R"(],"count":)" + std::to_string(count) + "}";
}

/// Three hits, two a page.
Response three_hits(const Request& request) {
    const bool is_second =
        request.body.find("u-b") != std::string::npos || request.target.find("u-b") != std::string::npos;
    return success(is_second ? page({"c"}, 3) : page({"a", "b"}, 3));
}

std::vector<std::string> names_of(Search& hits) {
    std::vector<std::string> names;
    for (const auto& hit : hits) names.push_back(hit.name);
    return names;
}

TEST(Searching, WalksThroughAllPages) {
    const HttpServer server(three_hits);
    auto api = api_of(server);
    auto hits = api.search<Material>("x", {"", false, false, 2});
    EXPECT_THAT(names_of(hits), ElementsAre("a", "b", "c"));
    EXPECT_FALSE(hits.error());
    ASSERT_EQ(server.requests().size(), 2U);
    EXPECT_EQ(server.requests()[0].target, "/api/v1/search/material/");
    EXPECT_EQ(server.requests()[0].body, R"({"q":"x","limit":2})");
    EXPECT_EQ(server.requests()[1].body, R"({"q":"x","limit":2,"after":"u-b"})");
}

TEST(Searching, AsksNothingBeforeTheFirstHitIsWanted) {
    const HttpServer server(three_hits);
    auto api = api_of(server);
    auto hits = api.search<Material>("x");
    EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(Searching, TellsWhereAndHowToLook) {
    const HttpServer server([](const Request&) { return success(page({}, 0)); });
    auto api = api_of(server);
    auto hits = api.search<Material>("CCO", {"smiles", true, true, 50});
    EXPECT_THAT(names_of(hits), IsEmpty());
    EXPECT_EQ(server.requests()[0].body,
              R"({"q":"CCO","limit":50,"field":"smiles","exact":true,"case_sensitive":true})");
}

TEST(Searching, BySimilarityGoesOnBehindTheLastHitAndItsScore) {
    const HttpServer server(three_hits);
    auto api = api_of(server);
    auto hits = api.similar("{[][$]CC[$][]}", {"", false, false, 2});
    std::vector<double> scores;
    for (const auto& hit : hits) scores.push_back(hit.score.value_or(-1));
    EXPECT_THAT(scores, ElementsAre(0.5, 0.5, 0.5));
    EXPECT_THAT(server.requests()[1].target, HasSubstr("after=u-b&score=0.5&q=%7B%5B%5D"));
}

TEST(Searching, EndsWithTheErrorOfAPageThatFails) {
    const HttpServer server([](const Request& request) {
        return request.body.find("after") == std::string::npos ? three_hits(request) : failure(403, "no");
    });
    auto api = api_of(server);
    auto hits = api.search<Material>("x", {"", false, false, 2});
    EXPECT_THAT(names_of(hits), ElementsAre("a", "b"));
    ASSERT_TRUE(hits.error());
    EXPECT_EQ(hits.error()->kind, ErrorKind::Forbidden);
}

TEST(Searching, CountsWithoutAWalk) {
    const HttpServer server(three_hits);
    auto api = api_of(server);
    auto hits = api.search<Material>("x", {"", false, false, 2});
    const auto count = hits.count();
    ASSERT_TRUE(count);
    EXPECT_EQ(*count, 3);
    EXPECT_THAT(names_of(hits), ElementsAre("a", "b", "c"));
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(Searching, TakesNoMoreThanIsWanted) {
    const HttpServer server(three_hits);
    auto api = api_of(server);
    auto hits = api.search<Material>("x", {"", false, false, 2});
    const auto taken = hits.take(1);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->size(), 1U);
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(Deleting, OfALoadedNodeHoldsOnlyForTheStateThatWasSeen) {
    const HttpServer server([](const Request& request) {
        if (request.method != "GET") return failure(412, "changed");
        auto response = success(R"([{"node":["Material"],"uuid":"m","uid":"_:m","name":"water"}])");
        response.headers = {{"ETag", "\"7\""}};
        return response;
    });
    auto api = api_of(server);
    const auto water = api.get<Material>("m");
    ASSERT_TRUE(water) << water.error();
    const auto removed = api.remove(*water);
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error().kind, ErrorKind::Changed);
    const auto request = server.requests().back();
    EXPECT_EQ(request.method + " " + request.target, "DELETE /api/v1/material/m/");
    EXPECT_THAT(request.header("If-Match"), ElementsAre("\"7\""));
}

TEST(History, IsReadToItsEnd) {
    const HttpServer server([](const Request& request) {
        const bool is_second = request.target.find("before=2") != std::string::npos;
        return success(is_second ? R"({"result":[{"revision":1,"name":"old","updated_at":"t","fields":[]}]})"
                                 : R"({"result":[{"revision":2,"name":"new","updated_at":"t",
                                       "updated_by":{"uuid":"u"},"fields":["name"]}]})");
    });
    auto api = api_of(server);
    const auto revisions = api.raw().history("material", "m");
    ASSERT_TRUE(revisions) << revisions.error();
    ASSERT_EQ(revisions->size(), 2U);
    EXPECT_EQ((*revisions)[0].number, 2);
    EXPECT_EQ((*revisions)[0].updated_by, "u");
    EXPECT_THAT((*revisions)[0].fields, ElementsAre("name"));
    EXPECT_EQ((*revisions)[1].name, "old");
}

TEST(History, GoesBackToARevision) {
    const HttpServer server(
        [](const Request&) { return success(R"({"result":[{"node":["Material"],"uuid":"m"}],"count":1})"); });
    auto api = api_of(server);
    const auto restored = api.raw().restore("material", "m", 3);
    ASSERT_TRUE(restored) << restored.error();
    EXPECT_EQ(server.requests()[0].target, "/api/v1/material/m/history/3/restore");
}

}  // namespace
