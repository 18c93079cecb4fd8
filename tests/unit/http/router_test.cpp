#include "http/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace cript::http {
namespace {

Router router_of(const std::vector<std::pair<Method, std::string>>& routes) {
    Router router;
    for (const auto& [method, pattern] : routes) {
        Route route;
        route.method = method;
        route.pattern = pattern;
        router.add(std::move(route));
    }
    return router;
}

std::string pattern_of(const Router::Match& match) {
    return match.route ? match.route->pattern : "";
}

TEST(Router, PrefersALiteralSegmentWhateverTheOrderOfRoutes) {
    const auto router = router_of(
        {{Method::Get, "/node/{id}"}, {Method::Get, "/node/schema"}, {Method::Get, "/{type}/schema"}});
    EXPECT_EQ(pattern_of(router.find(Method::Get, "/node/schema")), "/node/schema");
    EXPECT_EQ(pattern_of(router.find(Method::Get, "/node/7")), "/node/{id}");
    EXPECT_EQ(pattern_of(router.find(Method::Get, "/other/schema")), "/{type}/schema");
}

TEST(Router, GivesTheParametersInOrder) {
    const auto router = router_of({{Method::Get, "/a/{x}/b/{y}"}});
    const auto match = router.find(Method::Get, "/a/1/b/2");
    EXPECT_EQ(match.parameters, (std::vector<std::string>{"1", "2"}));
}

TEST(Router, GoesBackToAParameterWhenTheLiteralLeadsNowhere) {
    const auto router =
        router_of({{Method::Get, "/a/b/c"}, {Method::Get, "/a/{x}/d"}, {Method::Get, "/{y}/b/e"}});
    const auto once = router.find(Method::Get, "/a/b/d");
    EXPECT_EQ(pattern_of(once), "/a/{x}/d");
    EXPECT_EQ(once.parameters, std::vector<std::string>{"b"});
    const auto twice = router.find(Method::Get, "/a/b/e");
    EXPECT_EQ(pattern_of(twice), "/{y}/b/e");
    EXPECT_EQ(twice.parameters, std::vector<std::string>{"a"});
}

TEST(Router, GoesBackToAParameterWhenTheLiteralLacksTheMethod) {
    const auto router = router_of({{Method::Post, "/file"}, {Method::Get, "/{type}"}});
    EXPECT_EQ(pattern_of(router.find(Method::Get, "/file")), "/{type}");
    EXPECT_EQ(pattern_of(router.find(Method::Post, "/file")), "/file");
}

TEST(Router, TakesATrailingSlashOrNone) {
    const auto router = router_of({{Method::Get, "/a/"}, {Method::Get, "/b/{x}"}, {Method::Get, "/"}});
    EXPECT_TRUE(router.find(Method::Get, "/a").route);
    EXPECT_TRUE(router.find(Method::Get, "/a/").route);
    EXPECT_TRUE(router.find(Method::Get, "/b/1/").route);
    EXPECT_EQ(pattern_of(router.find(Method::Get, "/")), "/");
    EXPECT_FALSE(router.find(Method::Get, "/a//").route);
}

TEST(Router, NeverMatchesAParameterWithNothing) {
    const auto router = router_of({{Method::Get, "/a/{x}"}, {Method::Get, "/a/{x}/b"}});
    EXPECT_FALSE(router.find(Method::Get, "/a/").route);
    EXPECT_FALSE(router.find(Method::Get, "/a").route);
    EXPECT_FALSE(router.find(Method::Get, "/a//b").route);
}

TEST(Router, NamesTheMethodsOfAPathThatLacksTheOneAskedFor) {
    const auto router = router_of({{Method::Get, "/a/b"}, {Method::Delete, "/a/{x}"}, {Method::Put, "/c"}});
    EXPECT_EQ(router.find(Method::Post, "/a/b").allowed,
              (std::vector<Method>{Method::Get, Method::Head, Method::Delete}));
    EXPECT_EQ(router.find(Method::Head, "/c").allowed, std::vector<Method>{Method::Put});
    EXPECT_TRUE(router.find(Method::Get, "/none").allowed.empty());
}

TEST(Router, AnswersHeadByGetUnlessThereIsAHeadRoute) {
    const auto router = router_of({{Method::Get, "/a"}, {Method::Get, "/b"}, {Method::Head, "/b"}});
    EXPECT_EQ(router.find(Method::Head, "/a").route->method, Method::Get);
    EXPECT_EQ(router.find(Method::Head, "/b").route->method, Method::Head);
}

TEST(Router, TriesARestPatternOnlyWhereNoOtherFitsThePath) {
    const auto router =
        router_of({{Method::Get, "/{path...}"}, {Method::Post, "/api/a"}, {Method::Get, "/api/{path...}"}});
    EXPECT_EQ(pattern_of(router.find(Method::Get, "/")), "/{path...}");
    EXPECT_EQ(pattern_of(router.find(Method::Get, "/x/y")), "/{path...}");
    EXPECT_EQ(router.find(Method::Get, "/x/y/").parameters, std::vector<std::string>{"x/y/"});
    EXPECT_EQ(pattern_of(router.find(Method::Get, "/api/b/c")), "/api/{path...}");
    EXPECT_EQ(router.find(Method::Get, "/api").parameters, std::vector<std::string>{""});
    EXPECT_FALSE(router.find(Method::Get, "/api/a").route);
    EXPECT_EQ(router.find(Method::Get, "/api/a").allowed, std::vector<Method>{Method::Post});
}

TEST(Router, RefusesRoutesThatCannotBeMeant) {
    EXPECT_THROW(router_of({{Method::Get, "a"}}), std::logic_error);
    EXPECT_THROW(router_of({{Method::Get, ""}}), std::logic_error);
    EXPECT_THROW(router_of({{Method::Get, "/{path...}/a"}}), std::logic_error);
    EXPECT_THROW(router_of({{Method::Get, "/a/{x}"}, {Method::Get, "/a/{y}/"}}), std::logic_error);
}

}  // namespace
}  // namespace cript::http
