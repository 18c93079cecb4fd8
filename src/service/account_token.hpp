#pragma once

#include <optional>
#include <string>

#include "base/secret.hpp"
#include "service/context.hpp"
#include "service/token_check.hpp"

namespace cript::service {

/// Makes the first token of a new account, within the transaction that makes the account.
[[nodiscard]] base::Result<void> issue_token(store::Writer& writer, const crypto::KeyRing& keys,
                                             store::AccountId account, base::Timestamp now);

/// The account token: what a person does with it on the page *Security settings*, and an operator by command.
class AccountToken {
  public:
    AccountToken(Context& context, TokenCheck& check) : context_(context), check_(check) {}

    /// Everything but the secret. Errors: NotFound for an account without a token.
    [[nodiscard]] base::Result<store::TokenRow> describe(store::AccountId account);
    /// The full text, `Token ` included. The event is written to the audit log before the secret is given
    /// out.
    [[nodiscard]] base::Result<base::SecretText> reveal(const account::AuditEvent& event);
    /// A new token; the old one is dead when this returns.
    [[nodiscard]] base::Result<store::TokenRow> regenerate(const account::AuditEvent& event);

  private:
    base::Result<void> note_end(store::Reader& reader, store::AccountId account);

    Context& context_;
    TokenCheck& check_;
};

}  // namespace cript::service
