#include "service/accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installation.hpp"

namespace cript::service {
namespace {

using base::ErrorKind;
using std::chrono::minutes;
using std::chrono::seconds;
using test::kHome;
using test::kPassword;
using testing::ElementsAre;

class AccountsTest : public test::AccountInstallation {
  protected:
    base::Error refusal(const NewAccount& account) {
        auto made = accounts_->create(account, event(0, "account.created"));
        EXPECT_FALSE(made);
        return made ? base::Error{} : made.error();
    }
    std::string setup_secret() {
        auto secret = accounts_->new_setup_secret();
        EXPECT_TRUE(secret && *secret);
        return std::string((*secret)->reveal());
    }
    base::Result<store::AccountRow> set_up(const std::string& secret, const std::string& username = "ada") {
        auto account = wanted(username);
        account.is_admin = true;
        return accounts_->create_first(secret, account, event(0, "account.created"));
    }
    base::Result<void> change_password(store::AccountId account, std::string_view current,
                                       std::string_view next, std::int64_t kept = 0) {
        return accounts_->change_password(account, base::SecretText(current), base::SecretText(next), kept,
                                          event(account, "password.changed"));
    }
};

TEST_F(AccountsTest, AreMadeWithATokenAndWrittenToTheAuditLog) {
    const auto ada = add("ada");
    EXPECT_TRUE(account_token_->describe(ada.id));
    EXPECT_THAT(audited(), ElementsAre("account.created by session", "token.created by session"));
}

TEST_F(AccountsTest, TellAllThatIsWrongAtOnce) {
    const auto error = refusal({"a b", "nowhere", base::SecretText("short"), false});
    EXPECT_EQ(error.kind, ErrorKind::InvalidInput);
    std::vector<std::string> pointers;
    for (const auto& problem : error.problems) pointers.push_back(problem.pointer);
    EXPECT_THAT(pointers, ElementsAre("/username", "/email", "/password"));
    EXPECT_TRUE(audited().empty());
}

TEST_F(AccountsTest, HaveNamesOfTheirOwn) {
    add("ada");
    EXPECT_EQ(refusal(wanted("ADA")).kind, ErrorKind::Conflict);
    auto other = wanted("other");
    other.email = "ada@EXAMPLE.org";
    EXPECT_EQ(refusal(other).kind, ErrorKind::Conflict);
    EXPECT_EQ(accounts_->list()->size(), 1U);
}

TEST_F(AccountsTest, AreFoundByNameAndByAddress) {
    const auto ada = add("ada");
    EXPECT_EQ(accounts_->find("Ada")->id, ada.id);
    EXPECT_EQ(accounts_->find("ada@example.org")->id, ada.id);
    EXPECT_EQ(accounts_->find(ada.id)->username, "ada");
    EXPECT_EQ(accounts_->find("zoe").error().kind, ErrorKind::NotFound);
    EXPECT_EQ(accounts_->find(99).error().kind, ErrorKind::NotFound);
}

TEST_F(AccountsTest, BeginWithTheOneOfTheSetUpLink) {
    EXPECT_TRUE(*accounts_->is_empty());
    const auto made = set_up(setup_secret());
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_TRUE(made->is_admin);
    EXPECT_FALSE(*accounts_->is_empty());
    EXPECT_EQ(*accounts_->new_setup_secret(), std::nullopt) << "there is no link once there is an account";
}

TEST_F(AccountsTest, UseTheSetUpLinkOnce) {
    const auto secret = setup_secret();
    ASSERT_TRUE(set_up(secret));
    const auto again = set_up(secret, "zoe");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::Forbidden);
}

TEST_F(AccountsTest, KeepTheSetUpLinkWhenThatWhichWasAskedIsWrong) {
    const auto secret = setup_secret();
    EXPECT_EQ(accounts_->create_first(secret, wanted("a b"), event(0, "x")).error().kind,
              ErrorKind::InvalidInput);
    EXPECT_TRUE(set_up(secret));
}

TEST_F(AccountsTest, RefuseAWrongSetUpSecretAndKeepTheRightOne) {
    const auto secret = setup_secret();
    EXPECT_EQ(set_up("guess").error().kind, ErrorKind::Forbidden);
    EXPECT_TRUE(set_up(secret));
}

TEST_F(AccountsTest, LetTheSetUpLinkRunOutAfterAnHour) {
    const auto secret = setup_secret();
    clock_.advance(minutes(60));
    EXPECT_EQ(set_up(secret).error().kind, ErrorKind::Forbidden);
}

TEST_F(AccountsTest, LetAnEarlierSetUpLinkDieWithTheNext) {
    const auto first = setup_secret();
    const auto second = setup_secret();
    EXPECT_EQ(set_up(first).error().kind, ErrorKind::Forbidden);
    EXPECT_TRUE(set_up(second));
}

TEST_F(AccountsTest, LoseTheSetUpLinkToAnAccountThatTheOperatorMade) {
    const auto secret = setup_secret();
    add("zoe");
    EXPECT_EQ(set_up(secret).error().kind, ErrorKind::Forbidden);
}

TEST_F(AccountsTest, EndEverySessionWhenTheyAreDisabled) {
    const auto ada = add("ada");
    ASSERT_TRUE(sessions_->sign_in("ada", base::SecretText(kPassword), kHome));
    ASSERT_TRUE(accounts_->set_disabled(ada.id, true, event(ada.id, "account.disabled")));
    EXPECT_TRUE(sessions_->list(ada.id)->empty());
    EXPECT_EQ(sessions_->sign_in("ada", base::SecretText(kPassword), kHome).error().kind,
              ErrorKind::Unauthenticated);
}

TEST_F(AccountsTest, ChangeTheirPasswordAgainstTheCurrentOne) {
    const auto ada = add("ada");
    ASSERT_TRUE(change_password(ada.id, kPassword, "another horse battery 2"));
    EXPECT_FALSE(sessions_->sign_in("ada", base::SecretText(kPassword), kHome));
    EXPECT_TRUE(sessions_->sign_in("ada", base::SecretText("another horse battery 2"), kHome));
}

TEST_F(AccountsTest, EndEveryOtherSessionWhenThePasswordChanges) {
    const auto ada = add("ada");
    const auto kept = sessions_->sign_in("ada", base::SecretText(kPassword), kHome);
    ASSERT_TRUE(kept);
    ASSERT_TRUE(sessions_->sign_in("ada", base::SecretText(kPassword), kHome));
    ASSERT_TRUE(change_password(ada.id, kPassword, "another horse battery 2", kept->session.row.id));
    const auto left = sessions_->list(ada.id);
    ASSERT_EQ(left->size(), 1U);
    EXPECT_EQ(left->front().id, kept->session.row.id);
}

TEST_F(AccountsTest, RefuseANewPasswordThatIsNotGoodEnough) {
    const auto ada = add("ada");
    const auto done = change_password(ada.id, kPassword, "short");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::InvalidInput);
    EXPECT_EQ(done.error().problems.at(0).pointer, "/new_password");
}

TEST_F(AccountsTest, SlowDownWhoeverGuessesTheCurrentPassword) {
    const auto ada = add("ada");
    for (int attempt = 0; attempt < 5; ++attempt) {
        const auto done = change_password(ada.id, "wrong horse battery 1", "another horse battery 2");
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, ErrorKind::Forbidden);
        EXPECT_EQ(done.error().problems.at(0).code, "wrong_password");
    }
    EXPECT_EQ(change_password(ada.id, kPassword, "another horse battery 2").error().kind,
              ErrorKind::RateLimited);
    clock_.advance(seconds(30));
    EXPECT_TRUE(change_password(ada.id, kPassword, "another horse battery 2"));
}

}  // namespace
}  // namespace cript::service
