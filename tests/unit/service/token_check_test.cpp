#include "service/token_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <future>
#include <set>
#include <thread>

#include "account/token.hpp"
#include "installation.hpp"

namespace cript::service {
namespace {

using base::ErrorKind;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::kHome;

/// A store whose next view, once armed, is held open after its questions were answered, until it is let go.
class HeldStore final : public store::Store {
  public:
    explicit HeldStore(store::Store& inner) : inner_(inner) {}

    base::Result<void> read(const Reading& work) override {
        if (is_down_) return base::fail(ErrorKind::Unavailable, "the database is gone");
        ++reads_;
        return inner_.read([&](store::Reader& reader) {
            auto result = work(reader);
            if (armed_.exchange(false)) {
                answered_.set_value();
                let_go_.get_future().wait();
            }
            return result;
        });
    }
    base::Result<void> read_promptly(const Reading& work) override { return read(work); }
    base::Result<void> write(const Writing& work) override { return inner_.write(work); }
    std::unique_ptr<store::Watch> watch(store::Watcher& watcher) override { return inner_.watch(watcher); }
    void write_later(Writing work) override { inner_.write_later(std::move(work)); }
    [[nodiscard]] bool is_remote() const override { return inner_.is_remote(); }
    [[nodiscard]] std::string name() const override { return inner_.name(); }

    void hold_the_next_view() { armed_ = true; }
    void wait_until_it_is_held() { answered_.get_future().wait(); }
    void let_go() { let_go_.set_value(); }
    void go_down() { is_down_ = true; }
    [[nodiscard]] int reads() const { return reads_; }

  private:
    store::Store& inner_;
    std::atomic<bool> armed_{false};
    std::atomic<bool> is_down_{false};
    std::atomic<int> reads_{0};
    std::promise<void> answered_;
    std::promise<void> let_go_;
};

class TokenChecking : public test::AccountInstallation {
  protected:
    void SetUp() override {
        AccountInstallation::SetUp();
        held_.emplace(*store_);
        context_.emplace(Context{*held_, *keys_, clock_});
        ada_ = add("ada");
        secret_ = secret_of(ada_.id);
    }
    bool is_accepted(const std::string& secret) { return check_->check(secret, kHome).has_value(); }
    base::Error refusal(const std::string& secret) {
        const auto checked = check_->check(secret, kHome);
        EXPECT_FALSE(checked) << secret;
        return checked ? base::Error{} : checked.error();
    }
    void regenerate() { ASSERT_TRUE(account_token_->regenerate(event(ada_.id, "token.regenerated"))); }
    std::optional<base::Timestamp> last_used_at() {
        settle();
        auto token = account_token_->describe(ada_.id);
        EXPECT_TRUE(token);
        return token->last_used_at;
    }
    std::size_t new_addresses() {
        settle();
        const auto lines = audited();
        return static_cast<std::size_t>(
            std::count(lines.begin(), lines.end(), "token.used_from_new_address by token"));
    }

    std::optional<HeldStore> held_;
    store::AccountRow ada_;
    std::string secret_;
};

TEST_F(TokenChecking, SaysWhoseTokenItIs) {
    const auto caller = check_->check(secret_, kHome);
    ASSERT_TRUE(caller) << caller.error().message;
    EXPECT_EQ(caller->account, ada_.id);
    EXPECT_EQ(caller->uuid, ada_.uuid);
    EXPECT_FALSE(caller->is_admin);
    EXPECT_EQ(caller->credential, account::Credential::Token);
    EXPECT_EQ(caller->credential_id, account_token_->describe(ada_.id)->id);
}

TEST_F(TokenChecking, RefusesUnknownMalformedRevokedAndDisabledAlike) {
    const auto zoe = add("zoe");
    const auto disabled = secret_of(zoe.id);
    ASSERT_TRUE(accounts_->set_disabled(zoe.id, true, event(zoe.id, "account.disabled")));
    const auto revoked = secret_;
    regenerate();
    std::set<std::string> messages;
    auto upper = revoked;
    for (char& c : upper) c = static_cast<char>(std::toupper(c));
    for (const auto& secret : {revoked, disabled, std::string(40, '0'), std::string("x"), std::string(),
                               upper, "Token " + revoked, std::string(8'000, 'a')}) {
        const auto error = refusal(secret);
        EXPECT_EQ(error.kind, ErrorKind::Unauthenticated);
        EXPECT_TRUE(error.problems.empty());
        messages.insert(error.message);
    }
    EXPECT_EQ(messages.size(), 1U);
}

TEST_F(TokenChecking, AsksTheDatabaseOnceForManyRequests) {
    ASSERT_TRUE(is_accepted(secret_));
    const auto reads = held_->reads();
    for (int at = 0; at < 100; ++at) EXPECT_TRUE(is_accepted(secret_));
    EXPECT_EQ(held_->reads(), reads);
}

TEST_F(TokenChecking, AsksTheDatabaseOnceForManyRequestsWithTheSameWrongToken) {
    EXPECT_FALSE(is_accepted(std::string(40, '0')));
    const auto reads = held_->reads();
    for (int at = 0; at < 100; ++at) EXPECT_FALSE(is_accepted(std::string(40, '0')));
    EXPECT_EQ(held_->reads(), reads);
}

TEST_F(TokenChecking, RemembersNothingForAsLongAsASecond) {
    ASSERT_TRUE(is_accepted(secret_));
    const auto reads = held_->reads();
    clock_.advance(TokenCheck::kLongestMemory);
    EXPECT_TRUE(is_accepted(secret_));
    EXPECT_EQ(held_->reads(), reads);
    clock_.advance(milliseconds(1));
    EXPECT_TRUE(is_accepted(secret_));
    EXPECT_EQ(held_->reads(), reads + 1);
    EXPECT_LT(TokenCheck::kLongestMemory, seconds(1));
}

TEST_F(TokenChecking, NoticesWithinASecondWhatAnotherServerChanged) {
    ASSERT_TRUE(is_accepted(secret_));
    ASSERT_TRUE(
        store_->write([&](store::Writer& writer) { return writer.revoke_token(ada_.id, clock_.now()); }));
    clock_.advance(seconds(1));
    EXPECT_FALSE(is_accepted(secret_));
}

TEST_F(TokenChecking, DoesNotTrustItsMemoryWhenTheClockIsSetBack) {
    ASSERT_TRUE(is_accepted(secret_));
    ASSERT_TRUE(
        store_->write([&](store::Writer& writer) { return writer.revoke_token(ada_.id, clock_.now()); }));
    clock_.advance(-seconds(3'600));
    EXPECT_FALSE(is_accepted(secret_));
}

TEST_F(TokenChecking, FailsClosedOnceTheDatabaseIsGone) {
    ASSERT_TRUE(is_accepted(secret_));
    held_->go_down();
    EXPECT_TRUE(is_accepted(secret_));
    clock_.advance(seconds(1));
    EXPECT_EQ(refusal(secret_).kind, ErrorKind::Unavailable);
    EXPECT_EQ(refusal(std::string(40, '1')).kind, ErrorKind::Unavailable);
}

TEST_F(TokenChecking, RefusesAReplacedTokenAtOnce) {
    ASSERT_TRUE(is_accepted(secret_));
    regenerate();
    EXPECT_FALSE(is_accepted(secret_));
    EXPECT_TRUE(is_accepted(secret_of(ada_.id)));
}

TEST_F(TokenChecking, RefusesAReplacedTokenAlsoWhenALookUpWasUnderWay) {
    held_->hold_the_next_view();
    auto looking = std::async(std::launch::async, [&] { return is_accepted(secret_); });
    held_->wait_until_it_is_held();  // it has read that the token is active, and has not remembered it yet
    regenerate();
    held_->let_go();
    static_cast<void>(looking.get());  // that request began before the change: either answer is right
    EXPECT_FALSE(is_accepted(secret_));
}

TEST_F(TokenChecking, AcceptsTheNewTokenAlsoWhenItWasAskedForBeforeItWasThere) {
    const std::string future_secret(40, 'e');
    EXPECT_FALSE(is_accepted(future_secret));
    const auto& keys = keys_->active();
    ASSERT_TRUE(store_->write([&](store::Writer& writer) -> base::Result<void> {
        CRIPT_CHECK(writer.revoke_token(ada_.id, clock_.now()));
        store::TokenRow token;
        token.account = ada_.id;
        token.digest = account::token_digest(keys, future_secret);
        token.key_version = keys.version;
        return writer.insert_token(token);
    }));
    check_->forget(ada_.id);
    EXPECT_TRUE(is_accepted(future_secret));
}

TEST_F(TokenChecking, RefusesTheTokenOfADisabledAccountAtOnceAndAcceptsItAgainOnceEnabled) {
    ASSERT_TRUE(is_accepted(secret_));
    ASSERT_TRUE(accounts_->set_disabled(ada_.id, true, event(ada_.id, "account.disabled")));
    EXPECT_FALSE(is_accepted(secret_));
    ASSERT_TRUE(accounts_->set_disabled(ada_.id, false, event(ada_.id, "account.enabled")));
    EXPECT_TRUE(is_accepted(secret_));
}

TEST_F(TokenChecking, LeavesTheTokensOfOthersAlone) {
    const auto zoe = add("zoe");
    const auto other = secret_of(zoe.id);
    regenerate();
    EXPECT_TRUE(is_accepted(other));
}

TEST_F(TokenChecking, WritesAUseDownOnceAMinute) {
    EXPECT_FALSE(last_used_at());
    ASSERT_TRUE(is_accepted(secret_));
    const auto first = clock_.now();
    EXPECT_EQ(last_used_at(), first);
    for (int at = 0; at < 59; ++at) {
        clock_.advance(seconds(1));
        ASSERT_TRUE(is_accepted(secret_));
    }
    EXPECT_EQ(last_used_at(), first);
    clock_.advance(seconds(1));
    ASSERT_TRUE(is_accepted(secret_));
    EXPECT_EQ(last_used_at(), clock_.now());
}

TEST_F(TokenChecking, WritesDownFromWhereAndWithWhatATokenWasUsed) {
    ASSERT_TRUE(check_->check(secret_, {"2001:db8::7", "cript/0.1"}));
    settle();
    const auto token = account_token_->describe(ada_.id);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->last_used_from, "2001:db8::7");
    EXPECT_EQ(token->last_used_client, "cript/0.1");
}

TEST_F(TokenChecking, AuditsEachNewAddressOnceAndAtOnce) {
    ASSERT_TRUE(check_->check(secret_, {"192.0.2.1", ""}));
    EXPECT_EQ(new_addresses(), 1U);
    ASSERT_TRUE(check_->check(secret_, {"192.0.2.2", ""}));
    EXPECT_EQ(new_addresses(), 2U);
    clock_.advance(seconds(120));
    ASSERT_TRUE(check_->check(secret_, {"192.0.2.1", ""}));
    ASSERT_TRUE(check_->check(secret_, {"192.0.2.2", ""}));
    EXPECT_EQ(new_addresses(), 2U);
}

TEST_F(TokenChecking, WritesOnceAMinuteForEachOfTwoAddressesThatTakeTurns) {
    ASSERT_TRUE(check_->check(secret_, {"192.0.2.1", ""}));
    ASSERT_TRUE(check_->check(secret_, {"192.0.2.2", ""}));
    const auto first = clock_.now();
    for (int at = 0; at < 50; ++at) {
        clock_.advance(seconds(1));
        ASSERT_TRUE(check_->check(secret_, {"192.0.2.1", ""}));
        ASSERT_TRUE(check_->check(secret_, {"192.0.2.2", ""}));
    }
    EXPECT_EQ(last_used_at(), first);
}

TEST_F(TokenChecking, WritesNothingDownForARefusedToken) {
    const auto before = audited();
    EXPECT_FALSE(is_accepted(std::string(40, '0')));
    settle();
    EXPECT_EQ(audited(), before);
}

TEST_F(TokenChecking, TellsTheOwnerOfASecretWithoutWritingAUseDown) {
    const auto owner = check_->owner_of(secret_);
    ASSERT_TRUE(owner);
    EXPECT_EQ(*owner, ada_.id);
    EXPECT_FALSE(last_used_at());
    EXPECT_EQ(*check_->owner_of(std::string(40, '0')), std::nullopt);
    regenerate();
    EXPECT_EQ(*check_->owner_of(secret_), std::nullopt);
}

TEST_F(TokenChecking, AnswersManyThreadsWhileTokensAreReplaced) {
    std::atomic<bool> ending{false};
    std::atomic<int> wrong{0};
    const auto zoe = add("zoe");
    const auto steady = secret_of(zoe.id);
    std::vector<std::thread> threads;
    for (int number = 0; number < 3; ++number) {
        threads.emplace_back([&] {
            while (!ending) {
                if (!is_accepted(steady)) ++wrong;
                static_cast<void>(is_accepted(secret_));
            }
        });
    }
    for (int at = 0; at < 20; ++at) regenerate();
    ending = true;
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_FALSE(is_accepted(secret_));
}

TEST_F(TokenChecking, FindsATokenMadeUnderAnOlderPepper) {
    // The ring gets a second version; the token's row still carries the first.
    const auto file = folder_ / "keyring";
    std::ofstream(file, std::ios::app)
        << "version 2 made 2026-11-24T10:00:00.000000Z pepper " << std::string(64, 'a') << " data "
        << std::string(64, 'b') << " audit " << std::string(64, 'c') << "\n";
    auto rotated = crypto::KeyRing::load(file);
    ASSERT_TRUE(rotated);
    Context later{*store_, *rotated, clock_};
    TokenCheck check(later);
    EXPECT_TRUE(check.check(secret_, kHome));
    EXPECT_FALSE(check.check(std::string(40, '0'), kHome));
    AccountToken token(later, check);
    ASSERT_TRUE(token.regenerate(event(ada_.id, "token.regenerated")));
    EXPECT_FALSE(check.check(secret_, kHome));
    EXPECT_EQ(token.describe(ada_.id)->key_version, 2U);
    EXPECT_TRUE(token.reveal(event(ada_.id, "token.revealed")));
}

}  // namespace
}  // namespace cript::service
