#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cript/json.hpp"
#include "cript_run.hpp"
#include "fake/http_server.hpp"

namespace cript::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kUuid = "11111111-1111-4111-8111-111111111101";

fake::Response found(const fake::Request&) {
    return fake::success(R"({"result":[{"node":["Material"],"uuid":"u","name":"water"}],"count":7})");
}

TEST(SearchCommand, ShowsWhatItFoundAndHowMuchMoreThereIs) {
    const fake::HttpServer server(found);
    const auto ran = cript({"search", "Material", "wat", "--limit", "1"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("u  water"));
    EXPECT_THAT(ran.out, HasSubstr("1 of 7"));
}

TEST(SearchCommand, AnswersInJson) {
    const fake::HttpServer server(found);
    const auto ran = cript({"--json", "search", "material", "--limit", "1"}, signed_in_at(server.host()));
    const auto json = Json::parse(ran.out);
    ASSERT_TRUE(json) << ran.out;
    EXPECT_EQ(json->find("count")->as_integer(), 7);
    EXPECT_EQ((*json->find("result")->if_array())[0].text_of("name"), "water");
}

TEST(SearchCommand, KnowsTypesHoweverTheyAreWritten) {
    const fake::HttpServer server(found);
    for (const auto* type : {"ComputationProcess", "computation_process", "computation-process"}) {
        EXPECT_EQ(cript({"search", type}, signed_in_at(server.host())).status, 0);
        EXPECT_EQ(server.requests().back().target, "/api/v1/search/computation_process/");
    }
    const auto ran = cript({"search", "molecule"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("computation_process"));
}

fake::Response one_material(const fake::Request& request) {
    if (request.method == "DELETE") return fake::success("null");
    auto response = fake::success(R"([{"node":["Material"],"uuid":"m","name":"water"}])");
    response.headers = {{"ETag", "\"4\""}};
    return response;
}

TEST(DeleteCommand, AsksFirst) {
    const fake::HttpServer server(one_material);
    const auto ran = cript({"delete", "material", kUuid}, signed_in_at(server.host()), "n\n");
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("Delete the material 'water' and everything it contains? [y/N]"));
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(DeleteCommand, DeletesTheStateThatItSaw) {
    const fake::HttpServer server(one_material);
    const auto ran = cript({"delete", "material", kUuid}, signed_in_at(server.host()), "y\n");
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(server.requests().back().method, "DELETE");
    EXPECT_EQ(server.requests().back().header("If-Match"), std::vector<std::string>{"\"4\""});
    EXPECT_THAT(ran.out, HasSubstr("deleted the material 'water'"));
}

TEST(DeleteCommand, DoesNotAskWhenToldSo) {
    const fake::HttpServer server(one_material);
    const auto ran = cript({"delete", "material", kUuid, "--yes"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, Not(HasSubstr("[y/N]")));
}

TEST(HistoryCommand, ShowsWhatEachRevisionChanged) {
    const fake::HttpServer server([](const fake::Request&) {
        return fake::success(R"({"result":[{"revision":2,"updated_at":"t2","fields":["name","notes"]},
                                           {"revision":1,"updated_at":"t1","fields":[]}]})");
    });
    const auto ran = cript({"history", "material", kUuid}, signed_in_at(server.host()));
    EXPECT_EQ(ran.out, "    2  t2  name, notes\n    1  t1  created\n");
}

TEST(HistoryCommand, GoesBackToARevision) {
    const fake::HttpServer server([](const fake::Request&) {
        return fake::success(R"({"result":[{"node":["Material"],"uuid":"m"}],"count":1})");
    });
    const auto ran = cript({"history", "material", kUuid, "--restore", "1"}, signed_in_at(server.host()));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(server.requests()[0].target, std::string("/api/v1/material/") + kUuid + "/history/1/restore");
}

}  // namespace
}  // namespace cript::cli
