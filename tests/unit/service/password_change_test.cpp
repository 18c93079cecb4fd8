#include <gtest/gtest.h>

#include <functional>
#include <utility>

#include "crypto/password_hash.hpp"
#include "installation.hpp"

// Verifying a password takes long. What was proved against a password that is changed meanwhile, or for an
// account that is disabled meanwhile, is proved no more.

namespace cript::service {
namespace {

using base::ErrorKind;
using test::kHome;
using test::kPassword;

constexpr std::string_view kNext = "another horse battery 2";
constexpr std::string_view kThird = "a third horse battery 3";

/// A store in which something happens after its next view was looked at.
class DisturbedStore final : public store::Store {
  public:
    explicit DisturbedStore(store::Store& inner) : inner_(inner) {}

    base::Result<void> read(const Reading& work) override {
        auto result = inner_.read(work);
        if (auto event = std::exchange(after_next_view_, nullptr)) event();
        return result;
    }
    base::Result<void> read_promptly(const Reading& work) override { return inner_.read_promptly(work); }
    base::Result<void> write(const Writing& work) override { return inner_.write(work); }
    void write_later(Writing work) override {
        if (is_late_) return late_.push_back(std::move(work));
        inner_.write_later(std::move(work));
    }
    std::unique_ptr<store::Watch> watch(store::Watcher& watcher) override { return inner_.watch(watcher); }
    [[nodiscard]] bool is_remote() const override { return inner_.is_remote(); }
    [[nodiscard]] std::string name() const override { return inner_.name(); }

    void after_next_view(std::function<void()> event) { after_next_view_ = std::move(event); }
    /// What is to be written later waits for `catch_up`.
    void be_late() { is_late_ = true; }
    void catch_up() {
        for (const auto& work : std::exchange(late_, {})) EXPECT_TRUE(inner_.write(work));
    }

  private:
    store::Store& inner_;
    std::function<void()> after_next_view_;
    bool is_late_ = false;
    std::vector<Writing> late_;
};

class PasswordChange : public test::AccountInstallation {
  protected:
    void SetUp() override {
        AccountInstallation::SetUp();
        disturbed_.emplace(*store_);
        context_.emplace(Context{*disturbed_, *keys_, clock_});
        ada_ = add("ada");
    }
    base::Result<Sessions::Opened> sign_in(std::string_view password) {
        return sessions_->sign_in("ada", base::SecretText(password), kHome);
    }
    base::Result<void> change_password(std::string_view current, std::string_view next) {
        return accounts_->change_password(ada_.id, base::SecretText(current), base::SecretText(next), 0,
                                          event(ada_.id, "password.changed"));
    }
    void disable() {
        EXPECT_TRUE(accounts_->set_disabled(ada_.id, true, event(ada_.id, "account.disabled")));
    }
    std::size_t sessions() { return sessions_->list(ada_.id)->size(); }

    std::optional<DisturbedStore> disturbed_;
    store::AccountRow ada_;
};

TEST_F(PasswordChange, EndsASignInThatIsUnderWay) {
    disturbed_->after_next_view([&] { EXPECT_TRUE(change_password(kPassword, kNext)); });
    const auto opened = sign_in(kPassword);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::Unauthenticated);
    EXPECT_EQ(sessions(), 0U);
    EXPECT_TRUE(sign_in(kNext));
}

TEST_F(PasswordChange, LetsASignInThroughThatHasTheNewOne) {
    // As when the hash of the same password is made anew.
    const auto again = crypto::hash_password(kPassword);
    disturbed_->after_next_view([&] {
        ASSERT_TRUE(
            store_->write([&](store::Writer& writer) { return writer.set_password_hash(ada_.id, again); }));
    });
    EXPECT_TRUE(sign_in(kPassword));
    EXPECT_EQ(sessions(), 1U);
}

TEST_F(PasswordChange, EndsAnotherOneThatIsUnderWay) {
    disturbed_->after_next_view([&] { EXPECT_TRUE(change_password(kPassword, kNext)); });
    const auto late = change_password(kPassword, kThird);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::Conflict);
    EXPECT_TRUE(sign_in(kNext));
}

TEST_F(PasswordChange, IsNotUndoneByTheNewHashOfAnOldSignIn) {
    const auto cheap = crypto::hash_password(kPassword, {.memory_bytes = 8192, .passes = 1});
    ASSERT_TRUE(
        store_->write([&](store::Writer& writer) { return writer.set_password_hash(ada_.id, cheap); }));
    disturbed_->be_late();
    ASSERT_TRUE(sign_in(kPassword));  // makes the hash anew, later
    ASSERT_TRUE(change_password(kPassword, kNext));
    disturbed_->catch_up();
    EXPECT_TRUE(crypto::verify_password(kNext, accounts_->find(ada_.id)->password_hash));
}

TEST_F(PasswordChange, EndsAProofForAnOpenSession) {
    const auto opened = sign_in(kPassword);
    ASSERT_TRUE(opened);
    const auto session = sessions_->check(opened->cookie.reveal());
    ASSERT_TRUE(session);
    ASSERT_TRUE(accounts_->change_password(ada_.id, base::SecretText(kPassword), base::SecretText(kNext),
                                           session->row.id, event(ada_.id, "password.changed")));
    EXPECT_FALSE(sessions_->reauthenticate(*session, base::SecretText(kPassword), kHome));
}

using DisablingAnAccount = PasswordChange;

TEST_F(DisablingAnAccount, EndsASignInThatIsUnderWay) {
    disturbed_->after_next_view([&] { disable(); });
    EXPECT_FALSE(sign_in(kPassword));
    EXPECT_EQ(sessions(), 0U);
}

}  // namespace
}  // namespace cript::service
