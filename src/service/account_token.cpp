#include "service/account_token.hpp"

#include "account/token.hpp"
#include "base/log.hpp"
#include "crypto/aead.hpp"

namespace cript::service {

namespace {

base::Result<store::TokenRow> active_token(store::Reader& reader, store::AccountId account) {
    auto token = reader.active_token(account);
    CRIPT_CHECK(token);
    if (!*token) return base::fail(base::ErrorKind::NotFound, "the account has no token");
    return std::move(**token);
}

}  // namespace

base::Result<void> issue_token(store::Writer& writer, const crypto::KeyRing& keys, store::AccountId account,
                               base::Timestamp now) {
    const auto secret = account::new_token_secret();
    const auto& active = keys.active();
    store::TokenRow token;
    token.account = account;
    token.digest = account::token_digest(active, secret.reveal());
    token.key_version = active.version;
    token.created_at = now;
    CRIPT_CHECK(writer.insert_token(token));
    const auto context = account::token_context(account, token.id, active.version);
    return writer.set_sealed(token.id, crypto::seal(active.data, context, secret.reveal()));
}

base::Result<store::TokenRow> AccountToken::describe(store::AccountId account) {
    return read<store::TokenRow>(context_.store,
                                 [account](store::Reader& reader) { return active_token(reader, account); });
}

base::Result<base::SecretText> AccountToken::reveal(const account::AuditEvent& event) {
    auto token =
        write<store::TokenRow>(context_.store, [&](store::Writer& writer) -> base::Result<store::TokenRow> {
            auto found = active_token(writer, event.account);
            CRIPT_CHECK(found);
            CRIPT_CHECK(writer.append_audit(context_.clock.now(), event));
            return found;
        });
    CRIPT_CHECK(token);
    const auto* keys = context_.keys.find(token->key_version);
    if (keys == nullptr) {
        return base::fail(base::ErrorKind::Internal, "the key ring lacks the version that sealed this token");
    }
    auto secret = crypto::open(
        keys->data, account::token_context(event.account, token->id, token->key_version), token->sealed);
    CRIPT_CHECK(secret);
    return account::token_text(*secret);
}

/// Writes down, outside the database, that the account's token is about to end. That it could not be written
/// is no reason to let the token live.
base::Result<void> AccountToken::note_end(store::Reader& reader, store::AccountId account) {
    if (context_.revoked == nullptr) return {};
    auto token = reader.active_token(account);
    CRIPT_CHECK(token);
    if (!*token) return {};
    if (const auto noted = context_.revoked->add((*token)->digest); !noted) {
        base::log(base::LogLevel::Error, "token.end_not_noted",
                  {{"reason", noted.error().message}, {"account", std::to_string(account)}});
    }
    return {};
}

base::Result<store::TokenRow> AccountToken::regenerate(const account::AuditEvent& event) {
    auto token =
        write<store::TokenRow>(context_.store, [&](store::Writer& writer) -> base::Result<store::TokenRow> {
            const auto now = context_.clock.now();
            CRIPT_CHECK(note_end(writer, event.account));
            CRIPT_CHECK(writer.revoke_token(event.account, now));
            CRIPT_CHECK(issue_token(writer, context_.keys, event.account, now));
            CRIPT_CHECK(writer.append_audit(now, event));
            return active_token(writer, event.account);
        });
    CRIPT_CHECK(token);
    check_.forget(event.account);
    return token;
}

}  // namespace cript::service
