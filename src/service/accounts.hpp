#pragma once

#include <string>
#include <vector>

#include "account/attempts.hpp"
#include "base/secret.hpp"
#include "service/context.hpp"
#include "service/password_queue.hpp"
#include "service/token_check.hpp"

namespace cript::service {

struct NewAccount {
    std::string username;
    std::string email;
    base::SecretText password;
    bool is_admin = false;
};

/// Does the account still have the password that was verified, and is it enabled? Verifying takes long:
/// whoever relies on it asks again in the transaction of the change.
[[nodiscard]] base::Result<bool> still_has_password(store::Reader& reader, const store::AccountRow& verified);

/// Accounts as such: making, listing, disabling, changing a password.
class Accounts {
  public:
    Accounts(Context& context, TokenCheck& check, PasswordQueue& passwords)
        : context_(context), check_(check), passwords_(passwords) {}

    /// Makes an account with its token. Errors: InvalidInput with a problem per field; Conflict.
    [[nodiscard]] base::Result<store::AccountRow> create(const NewAccount& wanted,
                                                         const account::AuditEvent& event);
    /// Makes the first account, an administrator, against the secret of the set-up link.
    /// Errors: as create; Forbidden for a wrong, used or expired secret.
    [[nodiscard]] base::Result<store::AccountRow> create_first(std::string_view setup_secret,
                                                               const NewAccount& wanted,
                                                               const account::AuditEvent& event);
    /// A new secret for the set-up link, or nothing if there is an account already. Earlier secrets die.
    [[nodiscard]] base::Result<std::optional<base::SecretText>> new_setup_secret();
    [[nodiscard]] base::Result<bool> is_empty();

    [[nodiscard]] base::Result<std::vector<store::AccountRow>> list();
    /// By user name or e-mail address. Errors: NotFound.
    [[nodiscard]] base::Result<store::AccountRow> find(std::string_view login);
    [[nodiscard]] base::Result<store::AccountRow> find(store::AccountId id);
    /// A disabled account has no session, and its token is refused while it is disabled.
    [[nodiscard]] base::Result<void> set_disabled(store::AccountId id, bool is_disabled,
                                                  const account::AuditEvent& event);
    /// Ends every session but `kept_session`. Errors: Forbidden if `current` is wrong; RateLimited after too
    /// many of those; InvalidInput.
    [[nodiscard]] base::Result<void> change_password(store::AccountId id, const base::SecretText& current,
                                                     const base::SecretText& wanted,
                                                     std::int64_t kept_session,
                                                     const account::AuditEvent& event);

  private:
    [[nodiscard]] base::Result<store::AccountRow> insert(store::Writer& writer, const NewAccount& wanted,
                                                         const std::string& password_hash,
                                                         account::AuditEvent event);

    Context& context_;
    TokenCheck& check_;
    PasswordQueue& passwords_;
    account::AttemptLimiter wrong_passwords_{5, std::chrono::seconds(30)};  // per account
};

}  // namespace cript::service
