#include "api/authentication.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api_installation.hpp"

namespace cript::api {
namespace {

using base::ErrorKind;
using http::Method;
using std::chrono::seconds;
using test::Fields;
using test::request;

class Authentication : public test::ApiInstallation {
  protected:
    void SetUp() override {
        ApiInstallation::SetUp();
        ada_ = add("ada");
        token_ = token_of(ada_);
    }
    base::Result<Authenticated> asking(const http::Request& made) {
        return authenticate(*application_, made);
    }
    base::Result<Authenticated> asking(const Fields& headers, Method method = Method::Get) {
        return asking(request(method, "/api/v1/account", headers));
    }
    ErrorKind refusal(const base::Result<Authenticated>& result) {
        EXPECT_FALSE(result);
        return result ? ErrorKind::Internal : result.error().kind;
    }
    std::string code(const base::Result<Authenticated>& result) {
        EXPECT_FALSE(result);
        return result || result.error().problems.empty() ? "" : result.error().problems[0].code;
    }
    std::size_t times_audited(const std::string& line) {
        settle();
        const auto lines = audited();
        return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), line));
    }

    store::AccountRow ada_;
    std::string token_;
};

TEST_F(Authentication, AcceptsATokenInEveryForm) {
    const auto secret = token_.substr(6);
    for (const auto& value : {token_, "Bearer " + secret, "Bearer " + token_, secret, "TOKEN " + secret,
                              "bearer token " + secret}) {
        const auto who = asking({{"Authorization", value}});
        ASSERT_TRUE(who) << value;
        EXPECT_EQ(who->caller.account, ada_.id);
        EXPECT_EQ(who->caller.credential, account::Credential::Token);
        EXPECT_FALSE(who->session);
    }
}

TEST_F(Authentication, RefusesARequestWithoutACredential) {
    EXPECT_EQ(refusal(asking(Fields{})), ErrorKind::Unauthenticated);
}

TEST_F(Authentication, RefusesEveryWrongTokenWithTheSameWords) {
    const auto expected = asking({{"Authorization", "Token 0000000000000000000000000000000000000000"}});
    for (const auto* value : {"", "x", "Basic YTpi", "Token", "Bearer  ", "cript_pat_x"}) {
        const auto who = asking({{"Authorization", value}});
        EXPECT_EQ(refusal(who), ErrorKind::Unauthenticated) << value;
        EXPECT_EQ(who.error().message, expected.error().message);
        EXPECT_TRUE(who.error().problems.empty());
    }
}

TEST_F(Authentication, RefusesTwoAuthorizationHeadersEvenIfBothAreRight) {
    const auto who = asking({{"Authorization", token_}, {"authorization", token_}});
    EXPECT_EQ(refusal(who), ErrorKind::InvalidInput);
    EXPECT_EQ(code(who), "two_credentials");
}

TEST_F(Authentication, RefusesATokenInTheQueryBesideARightHeader) {
    for (const auto& query : {"token=x", "q=Token%200123456789abcdef0123456789abcdef01234567", "api_key="}) {
        const auto who = asking(
            request(Method::Get, std::string("/api/v1/account?") + query, {{"Authorization", token_}}));
        EXPECT_EQ(refusal(who), ErrorKind::InvalidInput) << query;
        EXPECT_EQ(code(who), "token_in_query");
    }
    EXPECT_EQ(times_audited("token.seen_in_query by server"), 0U);
}

TEST_F(Authentication, TellsTheOwnerOfALiveTokenInAQuery) {
    const auto who = asking(
        request(Method::Get, "/api/v1/search/material?q=" + token_.substr(6), {{"Authorization", token_}}));
    EXPECT_EQ(code(who), "token_in_query");
    EXPECT_EQ(times_audited("token.seen_in_query by server"), 1U);
    const auto events = application_->audit_log.page(ada_.id, 0, 1);
    EXPECT_EQ(events->at(0).detail.find(token_.substr(6)), std::string::npos);
}

TEST_F(Authentication, LetsASearchForFortyHexadecimalDigitsThatAreNoTokenPass) {
    const auto who = asking(request(Method::Get, "/api/v1/search/material?q=" + std::string(40, 'a'),
                                    {{"Authorization", token_}}));
    EXPECT_TRUE(who);
}

TEST_F(Authentication, RefusesALiveTokenInTheQueryAlsoWhereNobodyIsAsked) {
    const auto answer = call(Method::Get, "/api/v1/schema?x=" + token_.substr(6));
    EXPECT_EQ(answer.status(), 400U);
    EXPECT_EQ(answer.text("/errors/0/code"), "token_in_query");
}

TEST_F(Authentication, TurnsAFloodOfWrongTokensIntoAWaitAndStillServesARightOne) {
    ErrorKind last = ErrorKind::Unauthenticated;
    int attempts = 0;
    for (; attempts < 3'000 && last == ErrorKind::Unauthenticated; ++attempts) {
        last = refusal(asking({{"Authorization", "Token wrong"}}));
    }
    EXPECT_EQ(last, ErrorKind::RateLimited);
    EXPECT_GT(attempts, 1'000);
    EXPECT_TRUE(asking({{"Authorization", token_}}));
}

// Sessions.

TEST_F(Authentication, AcceptsTheCookieOfASession) {
    const auto session = sign_in("ada");
    const auto who = asking({{"Cookie", "cript_session=" + std::string(session.cookie.reveal())}});
    ASSERT_TRUE(who);
    EXPECT_EQ(who->caller.account, ada_.id);
    EXPECT_EQ(who->caller.credential, account::Credential::Session);
    EXPECT_TRUE(who->session);
}

TEST_F(Authentication, AcceptsThePlainCookieOnThisMachineOnly) {
    const auto session = sign_in("ada");
    const std::string secret(session.cookie.reveal());
    auto made = request(Method::Get, "/api/v1/account", {{"Cookie", "cript_session=" + secret}});
    made.remote_address = "192.0.2.7";
    EXPECT_EQ(refusal(asking(made)), ErrorKind::Unauthenticated);
    made = request(Method::Get, "/api/v1/account", {{"Cookie", "__Host-cript_session=" + secret}});
    made.remote_address = "192.0.2.7";
    EXPECT_TRUE(asking(made));
}

TEST_F(Authentication, LetsTheTokenDecideWhereACookieComesAlong) {
    const auto zoe = add("zoe");
    const auto session = sign_in("zoe");
    const std::string cookie = "cript_session=" + std::string(session.cookie.reveal());
    const auto who = asking({{"Cookie", cookie}, {"Authorization", token_}});
    ASSERT_TRUE(who);
    EXPECT_EQ(who->caller.account, ada_.id);
    EXPECT_FALSE(who->session) << "the rights of the session vanish";
    EXPECT_EQ(refusal(asking({{"Cookie", cookie}, {"Authorization", "Token wrong"}})),
              ErrorKind::Unauthenticated);
}

TEST_F(Authentication, AcceptsAChangeFromThePageOnly) {
    const auto session = sign_in("ada");
    const auto good = page_headers(session);
    EXPECT_TRUE(asking(good, Method::Post));
    const auto without = [&](const std::string& name) {
        auto headers = good;
        std::erase_if(headers, [&](const auto& field) { return field.first == name; });
        return headers;
    };
    const auto with = [&](const std::string& name, const std::string& value) {
        auto headers = without(name);
        headers.emplace_back(name, value);
        return headers;
    };
    EXPECT_EQ(code(asking(without("X-CSRF-Token"), Method::Post)), "csrf_refused");
    EXPECT_EQ(code(asking(with("X-CSRF-Token", "guess"), Method::Patch)), "csrf_refused");
    EXPECT_EQ(code(asking(with("Sec-Fetch-Site", "cross-site"), Method::Delete)), "csrf_refused");
    EXPECT_EQ(code(asking(with("Sec-Fetch-Site", "same-site"), Method::Post)), "csrf_refused");
    EXPECT_EQ(code(asking(with("Sec-Fetch-Site", "none"), Method::Post)), "csrf_refused");
    EXPECT_TRUE(asking(without("X-CSRF-Token"))) << "reading changes nothing";
}

TEST_F(Authentication, ComparesTheOriginWhereTheBrowserSaysNoMore) {
    const auto session = sign_in("ada");
    auto headers = page_headers(session);
    std::erase_if(headers, [](const auto& field) { return field.first == "Sec-Fetch-Site"; });
    headers.emplace_back("Host", "cript.example.org:8080");
    EXPECT_TRUE(asking(headers, Method::Post));
    const auto from = [&](const std::string& origin) {
        auto with_origin = headers;
        with_origin.emplace_back("Origin", origin);
        return asking(with_origin, Method::Post);
    };
    EXPECT_TRUE(from("http://cript.example.org:8080"));
    for (const auto* origin : {"http://evil.example.org", "http://cript.example.org", "null",
                               "http://cript.example.org:8080.evil.org"}) {
        EXPECT_EQ(code(from(origin)), "csrf_refused") << origin;
    }
}

TEST_F(Authentication, AsksAChangeByTokenForNothingMore) {
    EXPECT_TRUE(asking({{"Authorization", token_}, {"Sec-Fetch-Site", "cross-site"}}, Method::Post));
}

// Proxies.

class BehindAProxy : public Authentication {
  protected:
    void SetUp() override {
        Authentication::SetUp();
        application_->trusted_proxies = {"127.0.0.1", "10.0.0.2"};
    }
    std::string address(const Fields& headers, const std::string& peer = "127.0.0.1") {
        auto made = request(Method::Get, "/", headers);
        made.remote_address = peer;
        return origin_of(*application_, made).address;
    }
    bool secure(const Fields& headers, const std::string& peer = "127.0.0.1") {
        auto made = request(Method::Get, "/", headers);
        made.remote_address = peer;
        return is_secure(*application_, made);
    }
};

TEST_F(BehindAProxy, TheClientIsTheRightMostHopThatIsNoProxy) {
    EXPECT_EQ(address({}), "127.0.0.1");
    EXPECT_EQ(address({{"X-Forwarded-For", "192.0.2.1"}}), "192.0.2.1");
    EXPECT_EQ(address({{"X-Forwarded-For", "198.51.100.1, 192.0.2.1"}}), "192.0.2.1");
    EXPECT_EQ(address({{"X-Forwarded-For", "198.51.100.1, 192.0.2.1 ,10.0.0.2"}}), "192.0.2.1");
    EXPECT_EQ(address({{"X-Forwarded-For", "10.0.0.2, 127.0.0.1"}}), "127.0.0.1");
    EXPECT_EQ(address({{"X-Forwarded-For", ""}}), "127.0.0.1");
}

TEST_F(BehindAProxy, TheClientCannotHideBehindALineOfItsOwn) {
    EXPECT_EQ(address({{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-For", "192.0.2.1"}}), "192.0.2.1");
    EXPECT_EQ(address({{"X-Forwarded-For", "198.51.100.1"}, {"x-forwarded-for", "192.0.2.1, 10.0.0.2"}}),
              "192.0.2.1");
}

TEST_F(BehindAProxy, NobodyElseIsBelieved) {
    EXPECT_EQ(address({{"X-Forwarded-For", "198.51.100.1"}}, "203.0.113.9"), "203.0.113.9");
    EXPECT_FALSE(secure({{"X-Forwarded-Proto", "https"}}, "203.0.113.9"));
}

TEST_F(BehindAProxy, TheProxySaysWhetherTheClientCameOverTls) {
    EXPECT_TRUE(secure({{"X-Forwarded-Proto", "https"}}));
    EXPECT_FALSE(secure({{"X-Forwarded-Proto", "http"}}));
    EXPECT_FALSE(secure({}));
    EXPECT_FALSE(secure({{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Proto", "http"}}))
        << "the proxy's word is the last";
}

TEST_F(BehindAProxy, ThePlainCookieServesNobodyFromElsewhere) {
    const auto session = sign_in("ada");
    const Fields headers{{"Cookie", "cript_session=" + std::string(session.cookie.reveal())},
                         {"X-Forwarded-For", "192.0.2.1"}};
    EXPECT_EQ(refusal(asking(headers)), ErrorKind::Unauthenticated);
}

TEST_F(BehindAProxy, PasswordsFromElsewhereNeedTls) {
    const std::string body = R"({"username":"ada","password":")" + std::string(test::kPassword) + "\"}";
    const Fields plain{{"X-Forwarded-For", "192.0.2.1"}};
    EXPECT_EQ(call(Method::Post, "/api/v1/account/session", plain, body).status(), 403U);
    const Fields tls{{"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-Proto", "https"}};
    const auto answer = call(Method::Post, "/api/v1/account/session", tls, body);
    EXPECT_EQ(answer.status(), 200U);
    EXPECT_THAT(answer.header("Set-Cookie"), testing::StartsWith("__Host-cript_session="));
}

TEST_F(Authentication, ShortensTheNameOfAClientAndNeverTakesItForText) {
    auto made = request(Method::Get, "/", {{"User-Agent", std::string(5'000, 'x')}});
    EXPECT_EQ(origin_of(*application_, made).client.size(), account::kLongestClientText);
    made = request(Method::Get, "/", {{"User-Agent", "\xff\xfe"}});
    EXPECT_TRUE(base::is_utf8(origin_of(*application_, made).client));
}

TEST(SessionCookie, HasEveryAttributeThatKeepsItIn) {
    EXPECT_EQ(session_cookie(true, "abc"),
              "__Host-cript_session=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=2592000");
    EXPECT_EQ(session_cookie(false, "abc"),
              "cript_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000");
}

TEST(SessionCookie, EndsWhenItIsEmpty) {
    EXPECT_EQ(session_cookie(true, ""),
              "__Host-cript_session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
}

TEST(Loopback, IsThisMachineInAnyForm) {
    for (const auto* address : {"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"})
        EXPECT_TRUE(is_loopback(address)) << address;
    for (const auto* address : {"", "128.0.0.1", "12.7.0.1", "::2", "::ffff:10.0.0.1", "localhost"}) {
        EXPECT_FALSE(is_loopback(address)) << address;
    }
}

}  // namespace
}  // namespace cript::api
