#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/envelope.hpp"
#include "api_installation.hpp"

namespace cript::api {
namespace {

using http::Method;
using test::Answer;
using test::Fields;
using testing::HasSubstr;
using testing::StartsWith;

constexpr auto kProject = "11111111-1111-4111-8111-111111111101";
constexpr auto kMaterial = "11111111-1111-4111-8111-111111111102";
constexpr auto kOther = "11111111-1111-4111-8111-111111111103";

std::string project(const std::string& uuid, const std::string& name, const std::string& more = "") {
    return fmt::format(R"({{"node":["Project"],"uid":"_:{0}","uuid":"{0}","name":"{1}"{2}{3}}})", uuid, name,
                       more.empty() ? "" : ",", more);
}
std::string material(const std::string& uuid, const std::string& name) {
    return fmt::format(R"({{"node":["Material"],"uuid":"{}","name":"{}","smiles":"C"}})", uuid, name);
}

class NodeRoutes : public test::ApiInstallation {
  protected:
    void SetUp() override {
        ApiInstallation::SetUp();
        ada_ = add("ada");
        headers_ = {{"Authorization", token_of(ada_)}};
    }
    Answer post(const std::string& type, const std::string& body, const std::string& query = "") {
        return call(Method::Post, "/api/v1/" + type + "/" + query, headers_, body);
    }
    Answer patch(const std::string& type, const std::string& uuid, const std::string& body,
                 const std::string& query = "", Fields more = {}) {
        more.insert(more.end(), headers_.begin(), headers_.end());
        return call(Method::Patch, "/api/v1/" + type + "/" + uuid + "/" + query, more, body);
    }
    Answer get(const std::string& target) { return call(Method::Get, "/api/v1/" + target, headers_); }

    store::AccountRow ada_;
    Fields headers_;
};

TEST_F(NodeRoutes, AnswerACreationWithTheRootAsItStands) {
    const auto answer =
        post("project", project(kProject, "demo", R"("material":[)" + material(kMaterial, "toluene") + "]"));
    ASSERT_EQ(answer.status(), 200U) << answer.response.body;
    EXPECT_EQ(answer.text("/data/result/0/uuid"), kProject);
    EXPECT_EQ(std::int64_t(answer.at("/data/count")), 1);
    EXPECT_EQ(std::int64_t(answer.at("/data/created")), 2);
    EXPECT_EQ(answer.header("ETag"), "\"1\"");
}

TEST_F(NodeRoutes, AnswerAReadWithAListOfTheWholeNode) {
    post("project", project(kProject, "demo", R"("material":[)" + material(kMaterial, "toluene") + "]"));
    const auto answer = get(std::string("project/") + kProject + "/");
    EXPECT_EQ(answer.text("/data/0/node/0"), "Project");
    EXPECT_EQ(answer.text("/data/0/uid"), std::string("_:") + kProject);
    EXPECT_EQ(answer.text("/data/0/material/0/name"), "toluene");
    EXPECT_EQ(std::int64_t(answer.at("/data/0/material_count")), 1);
    EXPECT_EQ(std::int64_t(answer.at("/data/0/collection_count")), 0);
    EXPECT_EQ(answer.text("/data/0/created_by/uuid"), ada_.uuid.text());
    EXPECT_EQ(answer.header("ETag"), "\"1\"");
}

TEST_F(NodeRoutes, AnswerANodeWithoutLinksTheSameWayAtOnce) {
    post("material", material(kMaterial, "toluene"));
    auto made = test::request(Method::Get, std::string("/api/v1/material/") + kMaterial, headers_);
    const auto match = router_.find(made.method, made.path);
    made.parameters = match.parameters;
    const auto quick = match.route->quick(made);
    ASSERT_TRUE(quick);
    EXPECT_EQ(quick->body, match.route->handler(made).body);
}

TEST_F(NodeRoutes, LeaveANodeWithLinksToThePool) {
    post("project", project(kProject, "demo", R"("material":[)" + material(kMaterial, "toluene") + "]"));
    auto made = test::request(Method::Get, std::string("/api/v1/project/") + kProject, headers_);
    const auto match = router_.find(made.method, made.path);
    made.parameters = match.parameters;
    EXPECT_FALSE(match.route->quick(made));
}

TEST_F(NodeRoutes, KnowNothingUnderAWrongAddress) {
    post("material", material(kMaterial, "toluene"));
    for (const auto& target :
         {std::string("material/") + kOther, std::string("process/") + kMaterial, std::string("material/x"),
          std::string("nonsense/") + kMaterial, std::string("Material/") + kMaterial}) {
        const auto answer = get(target);
        EXPECT_EQ(answer.status(), 404U) << target;
        EXPECT_EQ(answer.error(), kNotFoundText);
    }
}

TEST_F(NodeRoutes, TellAHiddenNodeAndAMissingOneAlike) {
    post("material", material(kMaterial, "toluene"));
    const Fields stranger{{"Authorization", token_of(add("bob"))}};
    const auto hidden = call(Method::Get, std::string("/api/v1/material/") + kMaterial, stranger);
    const auto missing = call(Method::Get, std::string("/api/v1/material/") + kOther, stranger);
    EXPECT_EQ(hidden.response.body, missing.response.body);
    EXPECT_EQ(hidden.response.headers, missing.response.headers);
}

// The sequence by which SDK 2.4.0 finds out that a project name is taken (protocol v1, §4.3).
TEST_F(NodeRoutes, GoThroughTheSequenceOfADuplicateProjectName) {
    post("project", project(kOther, "it's {X}"));
    EXPECT_EQ(get(std::string("project/") + kProject).status(), 404U);
    const auto taken = post("project", project(kProject, "it's {X}"));
    EXPECT_EQ(taken.status(), 409U);
    EXPECT_EQ(taken.error(), R"(duplicate item [{'name': 'it\u0027s \u007bX\u007d'}] for Project)");
    const auto nameless = fmt::format(R"({{"node":["Project"],"uid":"_:{0}","uuid":"{0}"}})", kProject);
    const auto without = post("project", nameless);
    EXPECT_EQ(without.status(), 400U);
    EXPECT_EQ(without.error(), "'name' is a required property at path: /");
    const auto patched = patch("project", kProject, nameless);
    EXPECT_EQ(patched.status(), 400U);
    EXPECT_EQ(patched.error(), "'name' is a required property at path: /");
}

TEST_F(NodeRoutes, GoThroughTheSequenceOfAnUnknownLink) {
    const auto body =
        fmt::format(R"({{"node":["Inventory"],"uuid":"{}","name":"shelf","material":[{{"uuid":"{}"}}]}})",
                    kOther, kMaterial);
    const auto unknown = post("inventory", body);
    EXPECT_EQ(unknown.status(), 400U);
    EXPECT_EQ(unknown.error(), std::string("Bad uuid: ") + kMaterial + " provided");
    EXPECT_EQ(post("material", material(kMaterial, "toluene")).status(), 200U);
    EXPECT_EQ(post("inventory", body).status(), 200U);
}

TEST_F(NodeRoutes, RefuseARenameInOtherWords) {
    post("project", project(kProject, "first"));
    post("project", project(kOther, "second"));
    const auto answer = patch("project", kOther, project(kOther, "first"));
    EXPECT_EQ(answer.status(), 409U);
    EXPECT_EQ(answer.error(), "Project name already in use: first");
}

TEST_F(NodeRoutes, RefuseAnUnknownFieldWithItsPlaceAndTheLikelyWord) {
    const auto answer = post(
        "project", project(kProject, "demo",
                           R"("material":[{"node":["Material"],"nam":"x","name":"toluene","smiles":"C"}])"));
    EXPECT_EQ(answer.status(), 400U);
    EXPECT_THAT(answer.error(), HasSubstr(" at path: /material/0/nam"));
    EXPECT_EQ(answer.text("/errors/0/pointer"), "/material/0/nam");
    EXPECT_EQ(answer.text("/errors/0/suggestion"), "name");
}

TEST_F(NodeRoutes, TakeAnUnchangedProjectBack) {
    const auto body = project(kProject, "demo", R"("material":[)" + material(kMaterial, "toluene") + "]");
    post("project", body);
    const auto again = patch("project", kProject, body);
    EXPECT_EQ(again.status(), 200U);
    EXPECT_EQ(std::int64_t(again.at("/data/unchanged")), 2);
}

TEST_F(NodeRoutes, TakeBackWhatTheyAnswered) {
    post("project", project(kProject, "demo", R"("material":[)" + material(kMaterial, "toluene") + "]"));
    std::string node;
    base::append_json(node, get(std::string("project/") + kProject).at("/data/0"));
    const auto answer = patch("project", kProject, node);
    ASSERT_EQ(answer.status(), 200U) << answer.response.body << "\n" << node;
    EXPECT_EQ(std::int64_t(answer.at("/data/changed")), 0);
}

TEST_F(NodeRoutes, CreateWhatIsChangedUnderAUuidThatIsNotThere) {
    EXPECT_EQ(patch("project", kProject, project(kProject, "demo")).status(), 200U);
    EXPECT_EQ(get(std::string("project/") + kProject).status(), 200U);
}

TEST_F(NodeRoutes, RefuseABodyThatNamesAnotherNodeThanTheAddress) {
    post("project", project(kProject, "demo"));
    const auto answer = patch("project", kProject, project(kOther, "demo"));
    EXPECT_EQ(answer.status(), 400U);
    EXPECT_EQ(answer.text("/errors/0/code"), "uuid_mismatch");
}

TEST_F(NodeRoutes, CompareTheRevisionWhenAsked) {
    post("project", project(kProject, "demo"));
    const auto notes = [](const std::string& text) {
        return R"({"node":["Project"],"notes":")" + text + "\"}";
    };
    EXPECT_EQ(patch("project", kProject, notes("a"), "", {{"If-Match", "\"1\""}}).status(), 200U);
    const auto stale = patch("project", kProject, notes("b"), "", {{"If-Match", "\"1\""}});
    EXPECT_EQ(stale.status(), 412U);
    EXPECT_EQ(std::int64_t(stale.at("/code")), 412);
    EXPECT_EQ(patch("project", kProject, notes("b"), "", {{"If-Match", "*"}}).status(), 200U);
    for (const auto* value : {"1", "\"x\"", "\"\"", "W/\"1\"", ""}) {
        EXPECT_EQ(patch("project", kProject, notes("c"), "", {{"If-Match", value}}).status(), 400U) << value;
    }
}

TEST_F(NodeRoutes, CompareTheRevisionOfADeletionToo) {
    post("project", project(kProject, "demo"));
    auto headers = headers_;
    headers.emplace_back("If-Match", "\"7\"");
    const auto target = std::string("/api/v1/project/") + kProject;
    EXPECT_EQ(call(Method::Delete, target, headers).status(), 412U);
    EXPECT_EQ(call(Method::Delete, target, headers_).status(), 200U);
    EXPECT_EQ(call(Method::Delete, target, headers_).status(), 404U);
}

TEST_F(NodeRoutes, TellADryRunWithItsPlaces) {
    post("project", project(kProject, "demo"));
    const auto answer =
        patch("project", kProject,
              project(kProject, "demo", R"("notes":"n","material":[)" + material(kMaterial, "toluene") + "]"),
              "?dry_run=true");
    EXPECT_TRUE(bool(answer.at("/data/dry_run")));
    EXPECT_EQ(std::int64_t(answer.at("/data/created")), 1);
    EXPECT_EQ(answer.text("/data/nodes/0/change"), "changed");
    EXPECT_EQ(answer.text("/data/nodes/0/fields/0"), "notes");
    EXPECT_EQ(answer.text("/data/nodes/1/pointer"), "/material/0");
    EXPECT_EQ(get(std::string("material/") + kMaterial).status(), 404U);
}

TEST_F(NodeRoutes, RefuseAnOptionThatIsMisspelt) {
    EXPECT_EQ(post("project", project(kProject, "demo"), "?dryrun=true").status(), 400U);
    EXPECT_EQ(get(std::string("project/") + kProject).status(), 404U) << "nothing was stored";
}

TEST_F(NodeRoutes, RefuseAnOptionOfADeletionThatTheyDoNotKnow) {
    post("project", project(kProject, "demo"));
    const auto target = std::string("/api/v1/project/") + kProject + "/";
    for (const std::string query : {"?cascade=yes", "?dryrun=true", "?lists=replace"}) {
        EXPECT_EQ(call(Method::Delete, target + query, headers_).status(), 400U) << query;
    }
    EXPECT_EQ(call(Method::Delete, target + "?cascade=true", headers_, R"({"notes":null})").status(), 400U);
    EXPECT_EQ(call(Method::Get, target, headers_).status(), 200U);
}

TEST_F(NodeRoutes, DeleteNothingInADryRun) {
    post("project",
         project(kProject, "demo", R"("notes":"n","material":[)" + material(kMaterial, "toluene") + "]"));
    const auto target = std::string("/api/v1/project/") + kProject + "/";
    const auto answer = call(Method::Delete, target + "?dry_run=true", headers_);
    EXPECT_EQ(std::int64_t(answer.at("/data/deleted")), 2);
    EXPECT_EQ(answer.text("/data/nodes/0/node"), "Project");
    const auto notes = R"({"node":["Project"],"notes":null})";
    EXPECT_TRUE(bool(call(Method::Delete, target + "?dry_run=true", headers_, notes).at("/data/dry_run")));
    EXPECT_EQ(call(Method::Get, target, headers_).text("/data/0/notes"), "n");
}

TEST_F(NodeRoutes, RefuseToDeleteAReference) {
    post("reference",
         fmt::format(R"({{"node":["Reference"],"uuid":"{}","type":"journal_article","title":"t"}})", kOther));
    const auto target = std::string("/api/v1/reference/") + kOther;
    EXPECT_EQ(call(Method::Delete, target, headers_).status(), 400U);
    EXPECT_EQ(call(Method::Delete, target + "?shared=true", headers_).status(), 200U) << "nothing cites it";
}

TEST_F(NodeRoutes, AnswerWhoeverTookTheirOwnRightsAway) {
    const auto bob = add("bob");
    const auto with_admins = [](const std::vector<std::string>& who) {
        return project(kProject, "demo", fmt::format(R"("admin":[{}])", fmt::join(who, ",")));
    };
    const auto ada = R"({"uuid":")" + ada_.uuid.text() + R"("})";
    const auto other = R"({"uuid":")" + bob.uuid.text() + R"("})";
    post("project", with_admins({ada, other}));
    headers_ = {{"Authorization", token_of(bob)}};
    const auto answer = patch("project", kProject, with_admins({ada}), "?lists=replace");
    EXPECT_EQ(answer.status(), 200U) << answer.response.body;
    EXPECT_EQ(answer.text("/data/result/0/uuid"), kProject);
    EXPECT_EQ(get(std::string("project/") + kProject).status(), 404U);
}

TEST_F(NodeRoutes, TakeBackWhatIsAsDeepAsTheyAnswer) {
    // A chain of processes, each before the last: as deep as an answer nests.
    std::string chain;
    for (int at = 0; at < 130; ++at) {
        chain = fmt::format(R"({{"node":["Process"],"name":"p{}","type":"mix"{}}})", at,
                            chain.empty() ? "" : R"(,"prerequisite_process":[)" + chain + "]");
    }
    const auto saved = post("process", chain);
    ASSERT_EQ(saved.status(), 200U) << saved.response.body;
    const auto uuid = saved.text("/data/result/0/uuid");
    const auto whole = get("process/" + uuid);
    ASSERT_EQ(whole.status(), 200U);
    const auto start = whole.response.body.find("\"data\":[") + 8;
    const auto node = whole.response.body.substr(start, whole.response.body.rfind("],\"error\"") - start);
    EXPECT_EQ(patch("process", uuid, node).status(), 200U);
}

TEST_F(NodeRoutes, ShowPeopleTheirOwnAddressOnly) {
    const auto bob = add("bob");
    const auto own = get("user/" + ada_.uuid.text());
    EXPECT_EQ(own.text("/data/0/email"), ada_.email);
    EXPECT_EQ(get("user/" + bob.uuid.text()).response.body.find(bob.email), std::string::npos);
}

TEST_F(NodeRoutes, RefuseADeletionOfSingleChildren) {
    post("project", project(kProject, "demo"));
    EXPECT_EQ(call(Method::Delete, std::string("/api/v1/project/") + kProject, headers_, R"({"material":[]})")
                  .status(),
              400U);
    EXPECT_EQ(get(std::string("project/") + kProject).status(), 200U);
}

TEST_F(NodeRoutes, SearchByAPartOfTheNameAndByTheWhole) {
    post("material", material(kMaterial, "a & b = c?"));
    post("material", material(kOther, "toluene"));
    const auto part = get("search/material/?q=a%20&%20b%20=%20c?");
    ASSERT_EQ(part.status(), 200U) << part.response.body;
    EXPECT_EQ(part.text("/data/result/0/uuid"), kMaterial);
    EXPECT_EQ(std::int64_t(part.at("/data/count")), 1);
    EXPECT_EQ(get("search/exact/material/?q=toluene").text("/data/result/0/uuid"), kOther);
    EXPECT_EQ(std::int64_t(get("search/exact/material/?q=tolu").at("/data/count")), 0);
    EXPECT_EQ(get("search/exact/material/").status(), 400U);
    EXPECT_EQ(get("search/nonsense/").status(), 404U);
    EXPECT_EQ(get(std::string("search/material/?after=") + kProject).status(), 400U);
}

TEST_F(NodeRoutes, PageUntilThereIsNoMore) {
    post("material", material(kMaterial, "toluene"));
    post("material", material(kOther, "water"));
    EXPECT_EQ(get("search/material/?limit=1").text("/data/result/0/uuid"), kMaterial);
    EXPECT_EQ(get(std::string("search/material/?limit=1&after=") + kMaterial).text("/data/result/0/uuid"),
              kOther);
    const auto end = get(std::string("search/material/?after=") + kOther);
    EXPECT_FALSE(end.has("/data/result/0"));
    EXPECT_EQ(std::int64_t(end.at("/data/count")), 2);
}

TEST_F(NodeRoutes, FindNothingForATextWithNul) {
    post("material", material(kMaterial, "toluene"));
    for (const auto* query : {"%00", "tol%00", "to%00uene"}) {
        const auto answer = get(std::string("search/material/?q=") + query);
        EXPECT_EQ(answer.status(), 200U) << query;
        EXPECT_EQ(std::int64_t(answer.at("/data/count")), 0);
    }
}

TEST_F(NodeRoutes, ServeSchemaAndVocabulariesToAnyone) {
    const auto schema = call(Method::Get, "/api/v1/schema/");
    EXPECT_EQ(schema.status(), 200U);
    EXPECT_TRUE(schema.has("/data/$defs/MaterialPost"));
    EXPECT_THAT(schema.header("Cache-Control"), StartsWith("public"));
    EXPECT_TRUE(call(Method::Get, "/api/v1/cv/").has("/data/material_keyword/0/name"));
    EXPECT_TRUE(call(Method::Get, "/api/v1/cv/material_keyword/").has("/data/0/name"));
    EXPECT_EQ(call(Method::Get, "/api/v1/cv/nonsense/").status(), 404U);
}

TEST_F(NodeRoutes, RefuseAWrongTokenBeforeTheBodyIsRead) {
    auto made = test::request(Method::Post, "/api/v1/project/", {{"Authorization", "Token wrong"}});
    const auto match = router_.find(made.method, made.path);
    made.parameters = match.parameters;
    const auto ended = match.route->admit(made);
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->status, 401U);
}

}  // namespace
}  // namespace cript::api
