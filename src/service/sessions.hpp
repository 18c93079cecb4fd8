#pragma once

#include <string_view>
#include <vector>

#include "account/attempts.hpp"
#include "base/secret.hpp"
#include "service/context.hpp"
#include "service/password_queue.hpp"

namespace cript::service {

/// A session that a cookie proved.
struct ActiveSession {
    store::SessionRow row;
    store::AccountRow account;
    account::Caller caller;
};

/// Signing in and out in a browser, and the fresh proof of a password that a secret asks for.
class Sessions {
  public:
    Sessions(Context& context, PasswordQueue& passwords) : context_(context), passwords_(passwords) {}

    struct Opened {
        base::SecretText cookie;
        base::SecretText nonce;
        ActiveSession session;
    };
    /// Errors: Unauthenticated for a wrong pair, whichever half is wrong; RateLimited after too many.
    [[nodiscard]] base::Result<Opened> sign_in(std::string_view login, const base::SecretText& password,
                                               const Origin& origin);
    /// Opens a session without a password: for the account that was just set up. The account must still be as
    /// it is in `account`: not disabled, and of that password. Errors: Unauthenticated.
    [[nodiscard]] base::Result<Opened> open(const store::AccountRow& account, const Origin& origin);
    /// Errors: Unauthenticated.
    [[nodiscard]] base::Result<ActiveSession> check(std::string_view cookie);

    /// Proves the password again and gives out a one-shot nonce. Errors: Forbidden for a wrong one;
    /// RateLimited.
    [[nodiscard]] base::Result<base::SecretText> reauthenticate(const ActiveSession& session,
                                                                const base::SecretText& password,
                                                                const Origin& origin);
    /// Uses up the nonce and gives out the next one. Errors: Forbidden, with the code
    /// `reauthentication_required`.
    [[nodiscard]] base::Result<base::SecretText> use_nonce(const ActiveSession& session,
                                                           std::string_view nonce);

    [[nodiscard]] base::Result<std::vector<store::SessionRow>> list(store::AccountId account);
    /// Errors: NotFound.
    [[nodiscard]] base::Result<void> end(store::AccountId account, std::int64_t session,
                                         const account::AuditEvent& event);
    [[nodiscard]] base::Result<void> end_all(const account::AuditEvent& event);
    /// Deletes what has run out; called now and then.
    [[nodiscard]] base::Result<void> sweep();

    /// The synchronizer token of a session: derived from its cookie, so that nothing more is stored.
    [[nodiscard]] base::SecretText csrf_token(std::string_view cookie) const;

  private:
    /// One look at the account, and the password against that. Nothing: it was changed meanwhile.
    base::Result<std::optional<Opened>> try_to_sign_in(std::string_view login,
                                                       const base::SecretText& password, const Origin& origin,
                                                       const std::string& key);
    void deny(const std::optional<store::AccountRow>& account, const Origin& origin, const std::string& key);

    Context& context_;
    PasswordQueue& passwords_;
    account::AttemptLimiter attempts_{5, std::chrono::seconds(30)};    // per account and address
    account::AttemptLimiter addresses_{50, std::chrono::seconds(10)};  // per address, whatever the account
};

}  // namespace cript::service
