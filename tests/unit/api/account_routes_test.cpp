#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api_installation.hpp"
#include "base/json_writer.hpp"

namespace cript::api {
namespace {

using http::Method;
using test::Answer;
using test::Fields;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

std::string object(const std::vector<std::pair<std::string, std::string>>& members) {
    std::string out;
    base::JsonWriter json(out);
    json.begin_object();
    for (const auto& [name, value] : members) json.member(name, std::string_view(value));
    json.end_object();
    return out;
}

class AccountRoutes : public test::ApiInstallation {
  protected:
    static std::string pair(const std::string& username, std::string_view password = test::kPassword) {
        return object({{"username", username}, {"password", std::string(password)}});
    }
};

TEST_F(AccountRoutes, SayWhetherThereIsAnAccountAndWhetherTheBrowserIsSignedIn) {
    EXPECT_TRUE(bool(call(Method::Get, "/api/v1/account/status").at("/data/setup_needed")));
    add("ada");
    const auto session = sign_in("ada");
    const auto answer = call(Method::Get, "/api/v1/account/status",
                             {{"Cookie", "cript_session=" + std::string(session.cookie.reveal())}});
    EXPECT_FALSE(bool(answer.at("/data/setup_needed")));
    EXPECT_TRUE(bool(answer.at("/data/signed_in")));
    EXPECT_EQ(answer.text("/data/version"), "1.2.3");
}

TEST_F(AccountRoutes, SetTheFirstAccountUp) {
    const auto secret = application_->accounts.new_setup_secret();
    ASSERT_TRUE(secret && *secret);
    const auto body = object({{"setup_token", std::string((*secret)->reveal())},
                              {"username", "ada"},
                              {"email", "ada@example.org"},
                              {"password", std::string(test::kPassword)}});
    const auto answer = call(Method::Post, "/api/v1/account/setup", {}, body);
    ASSERT_EQ(answer.status(), 200U) << answer.response.body;
    EXPECT_TRUE(bool(answer.at("/data/admin")));
    EXPECT_THAT(answer.header("Set-Cookie"), StartsWith("cript_session="));
    EXPECT_EQ(call(Method::Post, "/api/v1/account/setup", {}, body).status(), 403U);
}

TEST_F(AccountRoutes, TellEveryProblemOfASetUpAtOnce) {
    const auto answer =
        call(Method::Post, "/api/v1/account/setup", {},
             object({{"setup_token", "x"}, {"username", "a b"}, {"email", "x"}, {"password", "short"}}));
    EXPECT_EQ(answer.status(), 400U);
    EXPECT_EQ(answer.text("/errors/0/pointer"), "/username");
    EXPECT_EQ(answer.text("/errors/1/pointer"), "/email");
    EXPECT_EQ(answer.text("/errors/2/pointer"), "/password");
}

TEST_F(AccountRoutes, SignInWithWhatAPageNeeds) {
    const auto ada = add("ada");
    const auto answer =
        call(Method::Post, "/api/v1/account/session", {{"Sec-Fetch-Site", "same-origin"}}, pair("ada"));
    ASSERT_EQ(answer.status(), 200U) << answer.response.body;
    EXPECT_EQ(answer.text("/data/uuid"), ada.uuid.text());
    EXPECT_EQ(answer.text("/data/username"), "ada");
    EXPECT_EQ(answer.text("/data/email"), "ada@example.org");
    EXPECT_EQ(answer.text("/data/authenticated_by"), "session");
    EXPECT_EQ(answer.text("/data/session/reauthenticated_until"),
              clock_.now().plus(std::chrono::minutes(10)).text());
    EXPECT_FALSE(answer.text("/data/nonce").empty());
    EXPECT_THAT(answer.header("Set-Cookie"),
                MatchesRegex("cript_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax.*"));
}

TEST_F(AccountRoutes, RefuseAWrongPairInTheSameWords) {
    add("ada");
    const auto wrong_password =
        call(Method::Post, "/api/v1/account/session", {}, pair("ada", "wrong horse battery 1"));
    const auto wrong_name = call(Method::Post, "/api/v1/account/session", {}, pair("eve"));
    EXPECT_EQ(wrong_password.status(), 401U);
    EXPECT_EQ(wrong_password.response.body, wrong_name.response.body);
    EXPECT_EQ(wrong_password.header("Set-Cookie"), "");
}

TEST_F(AccountRoutes, RefuseASignInFromAnotherSite) {
    add("ada");
    EXPECT_EQ(call(Method::Post, "/api/v1/account/session", {{"Sec-Fetch-Site", "cross-site"}}, pair("ada"))
                  .status(),
              403U);
}

TEST_F(AccountRoutes, TakeNoPasswordOverPlainHttpFromAnotherMachine) {
    add("ada");
    auto made = test::request(Method::Post, "/api/v1/account/session", {}, pair("ada"));
    made.remote_address = "192.0.2.7";
    EXPECT_EQ(respond(made).status, 403U);
    made.secure = true;
    EXPECT_EQ(respond(made).status, 200U);
}

TEST_F(AccountRoutes, AskWhoeverTriesTooOftenToWait) {
    add("ada");
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(
            call(Method::Post, "/api/v1/account/session", {}, pair("ada", "wrong horse battery 1")).status(),
            401U);
    }
    const auto answer = call(Method::Post, "/api/v1/account/session", {}, pair("ada"));
    EXPECT_EQ(answer.status(), 429U);
    EXPECT_EQ(answer.header("Retry-After"), "30");
}

TEST_F(AccountRoutes, ShowATokenWhoItIsWithoutASession) {
    const auto ada = add("ada");
    const auto answer = call(Method::Get, "/api/v1/account", {{"Authorization", token_of(ada)}});
    EXPECT_EQ(answer.text("/data/username"), "ada");
    EXPECT_EQ(answer.text("/data/authenticated_by"), "token");
    EXPECT_FALSE(answer.has("/data/session"));
    EXPECT_FALSE(answer.has("/data/nonce"));
}

TEST_F(AccountRoutes, AreClosedToATokenWhereASessionIsAsked) {
    const auto token = token_of(add("ada"));
    for (const auto& route : routes_) {
        if (route.access != Access::Session) continue;
        auto path = route.pattern;
        if (const auto at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, "1");
        const auto answer =
            call(route.method, path, {{"Authorization", token}}, route.body.empty() ? "" : "{}");
        EXPECT_EQ(answer.status(), 403U) << path;
        EXPECT_EQ(answer.text("/errors/0/code"), "session_required") << path;
        EXPECT_EQ(call(route.method, path, {}, route.body.empty() ? "" : "{}").status(), 401U) << path;
    }
}

TEST_F(AccountRoutes, RevealTheFullTextForANonceAndGiveTheNext) {
    const auto ada = add("ada");
    const auto session = sign_in("ada");
    const auto headers = page_headers(session);
    const auto first = call(Method::Post, "/api/v1/account/token/reveal", headers,
                            object({{"nonce", std::string(session.nonce.reveal())}, {"purpose", "copy"}}));
    ASSERT_EQ(first.status(), 200U) << first.response.body;
    EXPECT_EQ(first.text("/data/token"), token_of(ada));
    EXPECT_EQ(first.header("Cache-Control"), "no-store");
    const auto second = call(Method::Post, "/api/v1/account/token/reveal", headers,
                             object({{"nonce", first.text("/data/nonce")}, {"purpose", "reveal"}}));
    EXPECT_EQ(second.status(), 200U);
    EXPECT_THAT(audited(), testing::IsSupersetOf({"token.copied by session", "token.revealed by session"}));
}

TEST_F(AccountRoutes, RefuseAWrongNonceAndASpentOne) {
    add("ada");
    const auto session = sign_in("ada");
    const auto reveal = [&](const std::string& nonce) {
        return call(Method::Post, "/api/v1/account/token/reveal", page_headers(session),
                    object({{"nonce", nonce}, {"purpose", "copy"}}));
    };
    const auto refused = reveal("guess");
    EXPECT_EQ(refused.status(), 403U);
    EXPECT_EQ(refused.text("/errors/0/code"), "reauthentication_required");
    EXPECT_EQ(reveal(std::string(session.nonce.reveal())).status(), 200U);
    EXPECT_EQ(reveal(std::string(session.nonce.reveal())).status(), 403U);
}

TEST_F(AccountRoutes, RefuseAnUnknownPurposeBeforeTheNonceIsSpent) {
    add("ada");
    const auto session = sign_in("ada");
    const std::string nonce(session.nonce.reveal());
    const auto refused = call(Method::Post, "/api/v1/account/token/reveal", page_headers(session),
                              object({{"nonce", nonce}, {"purpose", "steal"}}));
    EXPECT_EQ(refused.status(), 400U);
    EXPECT_EQ(refused.text("/errors/0/pointer"), "/purpose");
    EXPECT_EQ(call(Method::Post, "/api/v1/account/token/reveal", page_headers(session),
                   object({{"nonce", nonce}, {"purpose", "copy"}}))
                  .status(),
              200U);
}

TEST_F(AccountRoutes, RegenerateKillsTheOldTokenAtOnce) {
    const auto ada = add("ada");
    const auto old = token_of(ada);
    ASSERT_EQ(call(Method::Get, "/api/v1/account", {{"Authorization", old}}).status(), 200U);
    const auto session = sign_in("ada");
    const auto answer = call(Method::Post, "/api/v1/account/token/regenerate", page_headers(session),
                             object({{"nonce", std::string(session.nonce.reveal())}}));
    ASSERT_EQ(answer.status(), 200U) << answer.response.body;
    EXPECT_FALSE(answer.has("/data/token")) << "it is shown on demand only";
    EXPECT_EQ(call(Method::Get, "/api/v1/account", {{"Authorization", old}}).status(), 401U);
    EXPECT_EQ(call(Method::Get, "/api/v1/account", {{"Authorization", token_of(ada)}}).status(), 200U);
}

TEST_F(AccountRoutes, DescribeATokenWithoutItsSecret) {
    const auto ada = add("ada");
    const auto session = sign_in("ada");
    const auto answer = call(Method::Get, "/api/v1/account/token", page_headers(session));
    EXPECT_EQ(answer.text("/data/created_at"), clock_.now().text());
    EXPECT_TRUE(answer.at("/data/last_used_at").is_null());
    EXPECT_THAT(answer.response.body, Not(HasSubstr(token_of(ada).substr(6))));
}

TEST_F(AccountRoutes, GiveANonceForThePassword) {
    add("ada");
    const auto session = sign_in("ada");
    clock_.advance(std::chrono::minutes(11));
    const auto answer = call(Method::Post, "/api/v1/account/reauthenticate", page_headers(session),
                             object({{"password", std::string(test::kPassword)}}));
    ASSERT_EQ(answer.status(), 200U);
    EXPECT_EQ(answer.text("/data/valid_until"), clock_.now().plus(std::chrono::minutes(10)).text());
    EXPECT_EQ(call(Method::Post, "/api/v1/account/token/reveal", page_headers(session),
                   object({{"nonce", answer.text("/data/nonce")}, {"purpose", "copy"}}))
                  .status(),
              200U);
    EXPECT_EQ(call(Method::Post, "/api/v1/account/reauthenticate", page_headers(session),
                   object({{"password", "wrong horse battery 1"}}))
                  .status(),
              403U);
}

TEST_F(AccountRoutes, ListSessionsAndEndOne) {
    add("ada");
    const auto here = sign_in("ada");
    const auto there = sign_in("ada");
    auto answer = call(Method::Get, "/api/v1/account/sessions", page_headers(here));
    EXPECT_EQ(answer.text("/data/0/id"), std::to_string(there.session.row.id));
    EXPECT_FALSE(bool(answer.at("/data/0/current")));
    EXPECT_TRUE(bool(answer.at("/data/1/current")));
    const auto path = "/api/v1/account/sessions/" + std::to_string(there.session.row.id);
    EXPECT_EQ(call(Method::Delete, path, page_headers(here)).status(), 200U);
    EXPECT_EQ(call(Method::Delete, path, page_headers(here)).status(), 404U);
    EXPECT_EQ(call(Method::Delete, "/api/v1/account/sessions/x", page_headers(here)).status(), 404U);
    EXPECT_EQ(call(Method::Get, "/api/v1/account", page_headers(there)).status(), 401U);
}

TEST_F(AccountRoutes, SignOutHereAndEverywhere) {
    add("ada");
    const auto first = sign_in("ada");
    const auto second = sign_in("ada");
    const auto third = sign_in("ada");
    const auto out = call(Method::Delete, "/api/v1/account/session", page_headers(first));
    EXPECT_THAT(out.header("Set-Cookie"), HasSubstr("Max-Age=0"));
    EXPECT_EQ(call(Method::Get, "/api/v1/account", page_headers(first)).status(), 401U);
    EXPECT_EQ(call(Method::Get, "/api/v1/account", page_headers(second)).status(), 200U);
    EXPECT_EQ(call(Method::Delete, "/api/v1/account/sessions", page_headers(second)).status(), 200U);
    EXPECT_EQ(call(Method::Get, "/api/v1/account", page_headers(third)).status(), 401U);
}

TEST_F(AccountRoutes, PageTheAuditLogOfTheAccount) {
    add("ada");
    const auto session = sign_in("ada");
    const auto answer = call(Method::Get, "/api/v1/account/audit", page_headers(session));
    EXPECT_EQ(answer.text("/data/0/action"), "session.created");
    const auto more =
        call(Method::Get, "/api/v1/account/audit?before=" + answer.text("/data/0/id"), page_headers(session));
    EXPECT_EQ(more.text("/data/0/action"), "token.created");
    for (const auto* query : {"before=x", "before=-1", "after=1", "before="}) {
        EXPECT_EQ(
            call(Method::Get, std::string("/api/v1/account/audit?") + query, page_headers(session)).status(),
            400U)
            << query;
    }
}

TEST_F(AccountRoutes, SlowDownGuessesOfTheCurrentPassword) {
    add("ada");
    const auto session = sign_in("ada");
    const auto guess =
        object({{"current_password", "wrong horse battery 1"}, {"new_password", "another horse battery 2"}});
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(call(Method::Post, "/api/v1/account/password", page_headers(session), guess).status(),
                  403U);
    }
    EXPECT_EQ(call(Method::Post, "/api/v1/account/password", page_headers(session), guess).status(), 429U);
}

}  // namespace
}  // namespace cript::api
