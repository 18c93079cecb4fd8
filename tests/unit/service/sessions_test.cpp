#include "service/sessions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/session.hpp"
#include "crypto/password_hash.hpp"
#include "installation.hpp"

namespace cript::service {
namespace {

using base::ErrorKind;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::kHome;
using test::kPassword;

class SessionsTest : public test::AccountInstallation {
  protected:
    void SetUp() override {
        AccountInstallation::SetUp();
        ada_ = add("ada");
    }
    base::Result<Sessions::Opened> sign_in(std::string_view login = "ada",
                                           std::string_view password = kPassword,
                                           const Origin& origin = kHome) {
        return sessions_->sign_in(login, base::SecretText(password), origin);
    }
    ActiveSession active(const Sessions::Opened& opened) {
        auto session = sessions_->check(opened.cookie.reveal());
        EXPECT_TRUE(session);
        return std::move(*session);
    }
    bool is_signed_in(const Sessions::Opened& opened) {
        const bool checked = sessions_->check(opened.cookie.reveal()).has_value();
        settle();
        return checked;
    }

    store::AccountRow ada_;
};

TEST_F(SessionsTest, BeginWithNameOrAddressAndPassword) {
    for (const auto* login : {"ada", "ADA", "ada@example.org"}) {
        const auto opened = sign_in(login);
        ASSERT_TRUE(opened) << login;
        const auto session = active(*opened);
        EXPECT_EQ(session.account.id, ada_.id);
        EXPECT_EQ(session.caller.account, ada_.id);
        EXPECT_EQ(session.caller.credential, account::Credential::Session);
        EXPECT_EQ(session.caller.credential_id, session.row.id);
        EXPECT_EQ(session.row.address, kHome.address);
        EXPECT_EQ(session.row.client, kHome.client);
    }
}

TEST_F(SessionsTest, KeepOnlyTheDigestOfTheCookie) {
    const auto opened = sign_in();
    ASSERT_TRUE(opened);
    EXPECT_EQ(sessions_->list(ada_.id)->at(0).digest, account::bearer_digest(opened->cookie.reveal()));
}

TEST_F(SessionsTest, DoNotBeginWithAnyOtherCookie) {
    for (const auto* cookie : {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
        EXPECT_EQ(sessions_->check(cookie).error().kind, ErrorKind::Unauthenticated) << cookie;
    }
}

TEST_F(SessionsTest, RefuseAWrongNameAndAWrongPasswordAlike) {
    const auto wrong_password = sign_in("ada", "wrong horse battery 1");
    const auto wrong_name = sign_in("nobody", kPassword);
    ASSERT_FALSE(wrong_password);
    ASSERT_FALSE(wrong_name);
    EXPECT_EQ(wrong_password.error().kind, ErrorKind::Unauthenticated);
    EXPECT_EQ(wrong_name.error().kind, ErrorKind::Unauthenticated);
    EXPECT_EQ(wrong_password.error().message, wrong_name.error().message);
    EXPECT_TRUE(wrong_password.error().problems.empty());
    EXPECT_TRUE(wrong_name.error().problems.empty());
}

TEST_F(SessionsTest, TellTheOwnerOfADeniedSignIn) {
    EXPECT_FALSE(sign_in("ada", "wrong horse battery 1"));
    settle();
    EXPECT_EQ(audited().back(), "session.denied by session");
}

TEST_F(SessionsTest, SlowDownWhoeverGuessesThePasswordOfOneAccount) {
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(sign_in("ada", "wrong horse battery 1").error().kind, ErrorKind::Unauthenticated);
    }
    const auto refused = sign_in();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::RateLimited);
    EXPECT_EQ(refused.error().problems.at(0).code, "retry_after");
    EXPECT_EQ(refused.error().problems.at(0).suggestion, "30");
    clock_.advance(seconds(30));
    EXPECT_TRUE(sign_in());
}

TEST_F(SessionsTest, SlowDownGuessesOfAnUnknownNameJustTheSame) {
    for (int attempt = 0; attempt < 5; ++attempt) static_cast<void>(sign_in("nobody"));
    EXPECT_EQ(sign_in("nobody").error().kind, ErrorKind::RateLimited);
    EXPECT_EQ(sign_in("NoBody").error().kind, ErrorKind::RateLimited);
}

TEST_F(SessionsTest, DoNotLockTheOwnerOutBecauseAnotherAddressGuesses) {
    for (int attempt = 0; attempt < 6; ++attempt) {
        static_cast<void>(sign_in("ada", "wrong horse battery 1", {"203.0.113.9", ""}));
    }
    EXPECT_TRUE(sign_in());
}

TEST_F(SessionsTest, ForgetWrongGuessesAfterARightOne) {
    for (int round = 0; round < 3; ++round) {
        for (int attempt = 0; attempt < 4; ++attempt) EXPECT_FALSE(sign_in("ada", "wrong horse battery 1"));
        EXPECT_TRUE(sign_in());
    }
}

TEST_F(SessionsTest, SlowDownAnAddressThatTriesManyNames) {
    int attempts = 0;
    for (; attempts < 60; ++attempts) {
        const auto refused = sign_in("name" + std::to_string(attempts));
        if (refused.error().kind == ErrorKind::RateLimited) break;
    }
    EXPECT_EQ(attempts, 50);
}

TEST_F(SessionsTest, MakeAnOldPasswordHashAnew) {
    const auto cheap = crypto::hash_password(kPassword, {.memory_bytes = 8192, .passes = 1});
    ASSERT_TRUE(
        store_->write([&](store::Writer& writer) { return writer.set_password_hash(ada_.id, cheap); }));
    ASSERT_TRUE(sign_in());
    settle();
    const auto hash = accounts_->find(ada_.id)->password_hash;
    EXPECT_FALSE(crypto::needs_rehash(hash));
    EXPECT_TRUE(crypto::verify_password(kPassword, hash));
}

TEST_F(SessionsTest, EndAWeekAfterTheLastRequest) {
    const auto opened = sign_in();
    ASSERT_TRUE(opened);
    clock_.advance(hours(24 * 7));
    EXPECT_TRUE(is_signed_in(*opened)) << "which also counts as a request";
    clock_.advance(hours(24 * 7) + seconds(1));
    EXPECT_FALSE(is_signed_in(*opened));
}

TEST_F(SessionsTest, EndThirtyDaysAfterSigningInHoweverBusy) {
    const auto opened = sign_in();
    ASSERT_TRUE(opened);
    for (int day = 0; day < 30; ++day) {
        EXPECT_TRUE(is_signed_in(*opened)) << day;
        clock_.advance(hours(24));
    }
    clock_.advance(seconds(1));
    EXPECT_FALSE(is_signed_in(*opened));
}

TEST_F(SessionsTest, WriteDownThatTheyWereSeenOnceAMinute) {
    const auto opened = sign_in();
    const auto seen = [&] { return sessions_->list(ada_.id)->at(0).last_seen_at; };
    const auto start = clock_.now();
    clock_.advance(seconds(59));
    EXPECT_TRUE(is_signed_in(*opened));
    EXPECT_EQ(seen(), start);
    clock_.advance(seconds(1));
    EXPECT_TRUE(is_signed_in(*opened));
    EXPECT_EQ(seen(), clock_.now());
}

TEST_F(SessionsTest, GiveANonceThatServesOnceAndTheNextWithIt) {
    const auto opened = sign_in();
    const auto session = active(*opened);
    const auto second = sessions_->use_nonce(session, opened->nonce.reveal());
    ASSERT_TRUE(second);
    const auto again = sessions_->use_nonce(session, opened->nonce.reveal());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::Forbidden);
    EXPECT_EQ(again.error().problems.at(0).code, "reauthentication_required");
    EXPECT_TRUE(sessions_->use_nonce(session, second->reveal()));
}

TEST_F(SessionsTest, DoNotLoseTheNonceToAWrongGuess) {
    const auto opened = sign_in();
    const auto session = active(*opened);
    EXPECT_FALSE(sessions_->use_nonce(session, "guess"));
    EXPECT_FALSE(sessions_->use_nonce(session, ""));
    EXPECT_TRUE(sessions_->use_nonce(session, opened->nonce.reveal()));
}

TEST_F(SessionsTest, LetTheNonceRunOutTenMinutesAfterThePassword) {
    const auto opened = sign_in();
    const auto session = active(*opened);
    clock_.advance(minutes(10));
    const auto next = sessions_->use_nonce(session, opened->nonce.reveal());
    ASSERT_TRUE(next);
    clock_.advance(seconds(1));
    EXPECT_FALSE(sessions_->use_nonce(session, next->reveal())) << "using one does not win time";
}

TEST_F(SessionsTest, TakeTheNonceOfTheirOwnOnly) {
    const auto first = sign_in();
    const auto second = sign_in();
    EXPECT_FALSE(sessions_->use_nonce(active(*first), second->nonce.reveal()));
}

TEST_F(SessionsTest, GiveANewNonceForThePassword) {
    const auto opened = sign_in();
    clock_.advance(minutes(11));
    const auto nonce = sessions_->reauthenticate(active(*opened), base::SecretText(kPassword), kHome);
    ASSERT_TRUE(nonce);
    EXPECT_TRUE(sessions_->use_nonce(active(*opened), nonce->reveal()));
}

TEST_F(SessionsTest, RefuseAWrongPasswordWhenItIsAskedForAgain) {
    const auto opened = sign_in();
    const auto session = active(*opened);
    for (int attempt = 0; attempt < 5; ++attempt) {
        const auto nonce =
            sessions_->reauthenticate(session, base::SecretText("wrong horse battery 1"), kHome);
        ASSERT_FALSE(nonce);
        EXPECT_EQ(nonce.error().kind, ErrorKind::Forbidden);
        EXPECT_EQ(nonce.error().problems.at(0).code, "wrong_password");
    }
    EXPECT_EQ(sessions_->reauthenticate(session, base::SecretText(kPassword), kHome).error().kind,
              ErrorKind::RateLimited);
    EXPECT_TRUE(sessions_->use_nonce(session, opened->nonce.reveal()))
        << "what was proved before still counts";
}

TEST_F(SessionsTest, AreListedNewestFirst) {
    const auto first = sign_in();
    const auto second = sign_in("ada", kPassword, {"198.51.100.7", "curl"});
    const auto rows = sessions_->list(ada_.id);
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ(rows->at(0).id, second->session.row.id);
    EXPECT_EQ(rows->at(1).id, first->session.row.id);
}

TEST_F(SessionsTest, EndWhereTheirOwnerSaysSo) {
    const auto opened = sign_in();
    ASSERT_TRUE(sessions_->end(ada_.id, opened->session.row.id, event(ada_.id, "session.ended")));
    EXPECT_FALSE(is_signed_in(*opened));
    EXPECT_EQ(audited().back(), "session.ended by session");
}

TEST_F(SessionsTest, AreNotEndedByAnother) {
    const auto opened = sign_in();
    const auto zoe = add("zoe");
    EXPECT_EQ(sessions_->end(zoe.id, opened->session.row.id, event(zoe.id, "session.ended")).error().kind,
              ErrorKind::NotFound);
    EXPECT_TRUE(is_signed_in(*opened));
}

TEST_F(SessionsTest, EndEverywhere) {
    const auto first = sign_in();
    const auto second = sign_in();
    add("zoe");
    const auto other = sign_in("zoe");
    ASSERT_TRUE(sessions_->end_all(event(ada_.id, "session.ended")));
    EXPECT_FALSE(is_signed_in(*first));
    EXPECT_FALSE(is_signed_in(*second));
    EXPECT_TRUE(is_signed_in(*other));
}

TEST_F(SessionsTest, AreSweptOnceTheyAreOver) {
    const auto old = sign_in();
    clock_.advance(hours(24 * 7) - seconds(1));
    const auto recent = sign_in();
    clock_.advance(seconds(2));
    ASSERT_TRUE(sessions_->sweep());
    const auto rows = sessions_->list(ada_.id);
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->at(0).id, recent->session.row.id);
}

TEST_F(SessionsTest, HaveASynchronizerTokenOfTheirOwn) {
    const auto first = sign_in();
    const auto second = sign_in();
    const auto token = [&](const Sessions::Opened& opened) {
        return std::string(sessions_->csrf_token(opened.cookie.reveal()).reveal());
    };
    EXPECT_EQ(token(*first), token(*first));
    EXPECT_NE(token(*first), token(*second));
    EXPECT_NE(token(*first), first->cookie.reveal());
}

TEST_F(SessionsTest, WaitInABoundedQueueForTheirPassword) {
    PasswordQueue none(2, 0);
    Sessions sessions(context(), none);
    EXPECT_EQ(sessions.sign_in("ada", base::SecretText(kPassword), kHome).error().kind,
              ErrorKind::Unavailable);
    EXPECT_TRUE(sign_in()) << "an overload is no wrong password";
}

}  // namespace
}  // namespace cript::service
