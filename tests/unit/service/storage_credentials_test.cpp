#include "service/storage_credentials.hpp"

#include <gtest/gtest.h>

#include "installation.hpp"

namespace cript::service {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class StorageCredentialsTest : public test::AccountInstallation {
  protected:
    void SetUp() override {
        AccountInstallation::SetUp();
        if (HasFatalFailure()) return;
        credentials_.emplace(context());
        ada_ = add("ada");
        const auto secret = account_token_->reveal(event(ada_.id, "token.revealed"));
        ASSERT_TRUE(secret);
        token_ = std::string(secret->reveal());
        const auto caller = check_->check(token_.substr(6), test::kHome);
        ASSERT_TRUE(caller);
        caller_ = *caller;
    }
    /// The code of the refusal, or the name of the account.
    std::string verdict(std::string_view access_key, std::string_view session_token) {
        const auto checked = credentials_->check(access_key, session_token, clock_.now());
        if (checked) return checked->caller.account == ada_.id ? "ada" : "somebody";
        EXPECT_EQ(checked.error().kind, base::ErrorKind::Unauthenticated);
        return checked.error().problems.at(0).code;
    }
    StorageKeys derive(const account::Caller& caller, std::chrono::microseconds life) {
        auto keys = credentials_->derive(caller, life);
        EXPECT_TRUE(keys) << keys.error().message;
        return keys ? std::move(*keys) : StorageKeys{};
    }
    Sessions::Opened signed_in() {
        auto opened = sessions_->sign_in("ada", base::SecretText(test::kPassword), test::kHome);
        EXPECT_TRUE(opened);
        return std::move(*opened);
    }
    std::string verdict(const StorageKeys& keys) { return verdict(keys.access_key, keys.session_token); }

    std::optional<StorageCredentials> credentials_;
    store::AccountRow ada_;
    std::string token_;
    account::Caller caller_;
};

TEST_F(StorageCredentialsTest, AreWhoTheyWereDerivedFrom) {
    const auto keys = derive(caller_, hours(1));
    const auto checked = credentials_->check(keys.access_key, keys.session_token, clock_.now());
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->caller.account, ada_.id);
    EXPECT_EQ(checked->caller.uuid, ada_.uuid);
    EXPECT_EQ(checked->caller.credential, account::Credential::Token);
    EXPECT_EQ(checked->caller.credential_id, caller_.credential_id);
    EXPECT_EQ(checked->secret.reveal(), keys.secret.reveal());
}

TEST_F(StorageCredentialsTest, ServeARequestToItsEndThatBeganInTimeUnlessTheTokenHasEnded) {
    const auto keys = derive(caller_, minutes(15));
    const auto begun = clock_.now();
    clock_.advance(hours(3));
    EXPECT_TRUE(credentials_->check(keys.access_key, keys.session_token, begun));
    EXPECT_EQ(verdict(keys), StorageCredentials::kExpired);
    ASSERT_TRUE(account_token_->regenerate(event(ada_.id, "token.regenerated")));
    EXPECT_FALSE(credentials_->check(keys.access_key, keys.session_token, begun));
}

TEST_F(StorageCredentialsTest, AreOthersEachTime) {
    const auto first = derive(caller_, hours(1));
    const auto second = derive(caller_, hours(1));
    EXPECT_NE(first.session_token, second.session_token);
    EXPECT_NE(first.secret.reveal(), second.secret.reveal());
    EXPECT_EQ(verdict(first.access_key, second.session_token), StorageCredentials::kUnknown);
}

TEST_F(StorageCredentialsTest, Expire) {
    const auto keys = derive(caller_, minutes(15));
    clock_.advance(minutes(15));
    EXPECT_EQ(verdict(keys), "ada");
    clock_.advance(std::chrono::microseconds(1));
    EXPECT_EQ(verdict(keys), StorageCredentials::kExpired);
}

TEST_F(StorageCredentialsTest, AreRefusedWithAnyCharacterChanged) {
    const auto keys = derive(caller_, hours(1));
    for (std::size_t at = 0; at < keys.session_token.size(); ++at) {
        auto changed = keys.session_token;
        changed[at] = changed[at] == '1' ? '2' : '1';
        if (changed == keys.session_token) continue;
        EXPECT_EQ(verdict(keys.access_key, changed), StorageCredentials::kUnknown) << at;
    }
    for (const auto* other :
         {"", "1", ".........", "2.1.0.1.1.1.1.1.1", "2.1.0.1.1.99999999999999999999.a.b.c"})
        EXPECT_EQ(verdict(keys.access_key, other), StorageCredentials::kUnknown) << other;
}

TEST_F(StorageCredentialsTest, DieWithTheToken) {
    const auto keys = derive(caller_, hours(1));
    ASSERT_TRUE(account_token_->regenerate(event(ada_.id, "token.regenerated")));
    EXPECT_EQ(verdict(keys), StorageCredentials::kUnknown);
}

TEST_F(StorageCredentialsTest, DieWithTheSession) {
    const auto opened = signed_in();
    const auto keys = derive(opened.session.caller, hours(1));
    EXPECT_EQ(verdict(keys), "ada");
    ASSERT_TRUE(store_->write([&](store::Writer& writer) { return writer.delete_sessions(ada_.id, 0); }));
    EXPECT_EQ(verdict(keys), StorageCredentials::kUnknown);
}

// SQLite gives the highest number that is free, and a restored database those that were given since the
// backup.
TEST_F(StorageCredentialsTest, DoNotComeToLifeWithAnotherSessionOfTheSameNumber) {
    const auto first = signed_in();
    const auto keys = derive(first.session.caller, hours(1));
    ASSERT_TRUE(store_->write([&](store::Writer& writer) { return writer.delete_sessions(ada_.id, 0); }));
    signed_in();
    settle();
    rows("update session set id = " + std::to_string(first.session.row.id));
    EXPECT_EQ(verdict(keys), StorageCredentials::kUnknown);
}

TEST_F(StorageCredentialsTest, AreNotDerivedFromWhatHasEnded) {
    const auto opened = signed_in();
    ASSERT_TRUE(store_->write([&](store::Writer& writer) { return writer.delete_sessions(ada_.id, 0); }));
    const auto refused = credentials_->derive(opened.session.caller, hours(1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().problems.at(0).code, StorageCredentials::kUnknown);
}

TEST_F(StorageCredentialsTest, DieWithTheAccount) {
    const auto keys = derive(caller_, hours(1));
    ASSERT_TRUE(store_->write([&](store::Writer& writer) { return writer.set_disabled(ada_.id, true); }));
    EXPECT_EQ(verdict(keys), StorageCredentials::kUnknown);
}

}  // namespace
}  // namespace cript::service
