#include "api/openapi.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "api_installation.hpp"

namespace cript::api {
namespace {

namespace dom = simdjson::dom;

/// Calls `visit` with the text of every $ref below an element.
template <class Visit>
void for_every_reference(dom::element element, Visit visit) {
    if (element.is_array()) {
        for (const auto entry : dom::array(element)) for_every_reference(entry, visit);
    } else if (element.is_object()) {
        for (const auto [key, value] : dom::object(element)) {
            if (key == "$ref" && value.is_string()) visit(std::string(std::string_view(value)));
            for_every_reference(value, visit);
        }
    }
}

std::string method_of(const ApiRoute& route) {
    return base::ascii_lower(http::text(route.method));
}

class OpenApi : public testing::Test {
  protected:
    std::vector<ApiRoute> routes_ = all_routes();
    base::JsonDocument document_ = *base::JsonDocument::parse(openapi_document(routes_, "1.2.3"));
};

TEST_F(OpenApi, IsADocumentOfVersion31) {
    EXPECT_EQ(std::string_view(document_.root()["openapi"]), "3.1.0");
    EXPECT_EQ(std::string_view(document_.root()["info"]["version"]), "1.2.3");
}

TEST_F(OpenApi, ListsEachRouteOnceAndNoOther) {
    std::multiset<std::string> listed;
    std::multiset<std::string> expected;
    for (const auto [path, operations] : dom::object(document_.root()["paths"])) {
        for (const auto [method, operation] : dom::object(operations)) {
            listed.insert(std::string(method) + " " + std::string(path));
        }
    }
    for (const auto& route : routes_) expected.insert(method_of(route) + " " + route.pattern);
    EXPECT_EQ(listed, expected);
    EXPECT_EQ(std::set<std::string>(listed.begin(), listed.end()).size(), routes_.size());
}

TEST_F(OpenApi, ResolvesEveryReference) {
    std::set<std::string> references;
    for_every_reference(document_.root(),
                        [&](std::string reference) { references.insert(std::move(reference)); });
    EXPECT_GT(references.size(), 23U);
    for (const auto& reference : references) {
        ASSERT_EQ(reference.substr(0, 2), "#/") << reference;
        EXPECT_EQ(document_.root().at_pointer(reference.substr(1)).error(), simdjson::SUCCESS) << reference;
    }
}

TEST_F(OpenApi, DescribesEveryNodeType) {
    for (std::size_t type = 0; type < model::kNodeTypeCount; ++type) {
        const auto name = std::string(model::info(static_cast<model::NodeType>(type)).name) + "Post";
        EXPECT_EQ(document_.root().at_pointer("/components/schemas/" + name).error(), simdjson::SUCCESS)
            << name;
    }
}

TEST_F(OpenApi, SaysOfEveryOperationWhoMayCallIt) {
    for (const auto& route : routes_) {
        const auto operation = document_.root()["paths"][route.pattern][method_of(route)];
        ASSERT_EQ(operation.error(), simdjson::SUCCESS) << route.pattern;
        std::string security;
        base::append_json(security, operation["security"]);
        const auto* expected = route.access == Access::Anyone    ? "[]"
                               : route.access == Access::Session ? R"([{"session":[]}])"
                                                                 : R"([{"token":[]},{"session":[]}])";
        EXPECT_EQ(security, expected) << route.pattern;
        EXPECT_EQ(std::string_view(operation["x-required-scope"]), text(route.scope));
    }
}

TEST(RouteTable, HasAGroupAndASummaryForEveryRoute) {
    for (const auto& route : all_routes()) {
        EXPECT_FALSE(route.summary.empty()) << route.pattern;
        EXPECT_FALSE(route.group.empty()) << route.pattern;
        EXPECT_TRUE(route.handler || route.quick || route.receive) << route.pattern;
    }
}

TEST(RouteTable, DescribesEveryParameterOfEveryPath) {
    for (const auto& route : all_routes()) {
        std::set<std::string> in_path;
        for (auto at = route.pattern.find('{'); at != std::string::npos;
             at = route.pattern.find('{', at + 1)) {
            in_path.insert(route.pattern.substr(at + 1, route.pattern.find('}', at) - at - 1));
        }
        std::set<std::string> described;
        for (const auto& parameter : route.parameters) {
            EXPECT_FALSE(parameter.description.empty()) << route.pattern;
            if (parameter.place == "path") described.emplace(parameter.name);
        }
        EXPECT_EQ(described, in_path) << route.pattern;
    }
}

TEST(RouteTable, GivesARouteWithABodyALimit) {
    for (const auto& route : all_routes()) {
        if (!route.body.empty()) {
            EXPECT_GT(route.body_limit, 0U) << route.pattern;
            EXPECT_TRUE(base::JsonDocument::parse(route.body)) << route.pattern;
        }
    }
}

TEST(RouteTable, LeavesNoChangeToAnyoneButSigningInAndSettingUp) {
    std::set<std::string> open;
    std::set<std::string> readable;
    for (const auto& route : all_routes()) {
        if (route.method == http::Method::Get) continue;
        if (route.access == Access::Anyone) {
            open.insert(route.pattern);
        } else if (route.scope == Scope::Read) {
            // The older dialect has one search for each type.
            const bool is_search = route.pattern.starts_with("/api/search/");
            readable.insert(is_search ? "/api/search/…" : route.pattern);
        }
    }
    EXPECT_THAT(open, testing::UnorderedElementsAre("/api/v1/account/session", "/api/v1/account/setup",
                                                    "/api/s3-upload/{uid}"));  // the address is signed
    // Questions that are too long for a URL.
    EXPECT_THAT(readable, testing::UnorderedElementsAre("/api/v1/validate/{type}", "/api/v1/search/{type}",
                                                        "/api/search/…"));
}

TEST(RouteTable, LeavesTheSecretOfTheTokenToSessions) {
    for (const auto& route : all_routes()) {
        if (route.pattern.starts_with("/api/v1/account/token/")) {
            EXPECT_EQ(route.access, Access::Session) << route.pattern;
        }
    }
}

}  // namespace
}  // namespace cript::api
