#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "fixture/temporary_folder.hpp"
#include "service/account_token.hpp"
#include "service/accounts.hpp"
#include "service/audit_log.hpp"
#include "service/password_queue.hpp"
#include "service/sessions.hpp"
#include "service/token_check.hpp"

namespace cript::service::test {

inline constexpr std::string_view kPassword = "correct horse battery 1";
inline const Origin kHome{"192.0.2.1", "Firefox"};

/// A real database and key ring in a folder of their own, and a clock that the test moves.
class Installation : public testing::Test {
  protected:
    Installation() { crypto::initialise(); }

    void SetUp() override {
        auto store = store::open_sqlite(file_);
        ASSERT_TRUE(store) << store.error().message;
        store_ = std::move(*store);
        auto keys = crypto::KeyRing::create(folder_ / "keyring", clock_.now());
        ASSERT_TRUE(keys) << keys.error().message;
        keys_.emplace(std::move(*keys));
        context_.emplace(Context{*store_, *keys_, clock_});
    }

    [[nodiscard]] Context& context() { return *context_; }

    /// An account without a password or a token, for tests that need no more than somebody.
    account::Caller caller(const std::string& username, bool is_admin = false) {
        store::AccountRow row;
        row.uuid = base::Uuid::random();
        row.username = username;
        row.email = username + "@example.org";
        row.is_admin = is_admin;
        row.created_at = clock_.now();
        const auto done = store_->write([&](store::Writer& writer) { return writer.insert_account(row); });
        EXPECT_TRUE(done) << done.error().message;
        account::Caller made;
        made.account = row.id;
        made.uuid = row.uuid;
        made.is_admin = is_admin;
        return made;
    }
    /// What everybody has done, oldest first: `action by actor`.
    std::vector<std::string> audited() {
        std::vector<std::string> lines;
        const auto done = store_->read([&](store::Reader& reader) -> base::Result<void> {
            auto rows = reader.audit_after(0, 1'000);
            CRIPT_CHECK(rows);
            for (const auto& row : *rows) lines.push_back(row.action + " by " + row.actor);
            return {};
        });
        EXPECT_TRUE(done);
        return lines;
    }
    /// Waits until all that was to be written later is written.
    void settle() {
        EXPECT_TRUE(store_->write([](store::Writer&) -> base::Result<void> { return {}; }));
    }

    cript::test::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_ / "cript.db";
    base::ManualClock clock_{base::Timestamp{1'800'000'000'000'000}};
    std::unique_ptr<store::Store> store_;
    std::optional<crypto::KeyRing> keys_;
    std::optional<Context> context_;
};

/// The same with everything that has to do with accounts.
class AccountInstallation : public Installation {
  protected:
    void SetUp() override {
        Installation::SetUp();
        if (HasFatalFailure()) return;
        check_.emplace(context());
        accounts_.emplace(context(), *check_, passwords_);
        account_token_.emplace(context(), *check_);
        sessions_.emplace(context(), passwords_);
    }

    static NewAccount wanted(const std::string& username, std::string_view password = kPassword) {
        return {username, username + "@example.org", base::SecretText(password), false};
    }
    store::AccountRow add(const std::string& username) {
        auto made = accounts_->create(wanted(username), event(0, "account.created"));
        EXPECT_TRUE(made) << made.error().message;
        return *made;
    }
    static account::AuditEvent event(store::AccountId account, const std::string& action) {
        return {account, action, "session", kHome.address, kHome.client, ""};
    }
    /// The secret of an account's token, without the word.
    std::string secret_of(store::AccountId account) {
        auto text = account_token_->reveal(event(account, "token.revealed"));
        EXPECT_TRUE(text) << text.error().message;
        return std::string(text->reveal().substr(std::string_view("Token ").size()));
    }

    PasswordQueue passwords_;
    std::optional<TokenCheck> check_;
    std::optional<Accounts> accounts_;
    std::optional<AccountToken> account_token_;
    std::optional<Sessions> sessions_;
};

}  // namespace cript::service::test
