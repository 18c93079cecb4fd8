#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "account/audit.hpp"
#include "base/result.hpp"
#include "store/types.hpp"

namespace cript::store {

/// Questions about accounts, tokens, sessions and the audit log.
class AccountReader {
  public:
    virtual ~AccountReader() = default;

    [[nodiscard]] virtual base::Result<std::uint64_t> count_accounts() = 0;
    [[nodiscard]] virtual base::Result<std::optional<AccountRow>> find_account(AccountId id) = 0;
    /// By user name or e-mail address, in any case.
    [[nodiscard]] virtual base::Result<std::optional<AccountRow>> find_account_named(
        std::string_view login) = 0;
    [[nodiscard]] virtual base::Result<std::vector<AccountRow>> list_accounts() = 0;

    [[nodiscard]] virtual base::Result<std::optional<TokenOwner>> find_token(
        const crypto::Digest& digest) = 0;
    [[nodiscard]] virtual base::Result<std::optional<TokenRow>> active_token(AccountId account) = 0;

    [[nodiscard]] virtual base::Result<std::optional<SessionRow>> find_session(
        const crypto::Digest& digest) = 0;
    [[nodiscard]] virtual base::Result<std::vector<SessionRow>> list_sessions(AccountId account) = 0;

    /// Newest first; `before` is an id, 0 for the newest.
    [[nodiscard]] virtual base::Result<std::vector<AuditRow>> list_audit(AccountId account,
                                                                         std::int64_t before,
                                                                         unsigned limit) = 0;
    /// In order, ids strictly greater than `after`; all accounts.
    [[nodiscard]] virtual base::Result<std::vector<AuditRow>> audit_after(std::int64_t after,
                                                                          unsigned limit) = 0;
    /// The newest event that has a seal.
    [[nodiscard]] virtual base::Result<std::optional<AuditRow>> last_sealed_audit() = 0;

    [[nodiscard]] virtual base::Result<std::optional<crypto::Digest>> key_check_value(
        std::uint32_t version) = 0;
};

/// Changes to accounts, tokens, sessions and the audit log.
class AccountWriter {
  public:
    virtual ~AccountWriter() = default;

    /// Inserts the account and its User node, and sets `id`. Errors: Conflict, naming what is taken.
    [[nodiscard]] virtual base::Result<void> insert_account(AccountRow& account) = 0;
    [[nodiscard]] virtual base::Result<void> set_password_hash(AccountId account, std::string_view hash) = 0;
    [[nodiscard]] virtual base::Result<void> set_disabled(AccountId account, bool is_disabled) = 0;

    /// Inserts an active token without its sealed text, and sets `id`.
    [[nodiscard]] virtual base::Result<void> insert_token(TokenRow& token) = 0;
    [[nodiscard]] virtual base::Result<void> set_sealed(std::int64_t token, base::ByteView sealed) = 0;
    /// Revokes the account's active token and erases its sealed text.
    [[nodiscard]] virtual base::Result<void> revoke_token(AccountId account, base::Timestamp at) = 0;
    /// Writes a use down. True if the address is new for this token.
    [[nodiscard]] virtual base::Result<bool> record_use(std::int64_t token, base::Timestamp at,
                                                        std::string_view address,
                                                        std::string_view client) = 0;

    [[nodiscard]] virtual base::Result<void> insert_session(SessionRow& session) = 0;
    [[nodiscard]] virtual base::Result<void> touch_session(std::int64_t session, base::Timestamp at) = 0;
    [[nodiscard]] virtual base::Result<void> set_reauthenticated(
        std::int64_t session, std::optional<base::Timestamp> at,
        const std::optional<crypto::Digest>& nonce) = 0;
    /// False if there is no such session of that account.
    [[nodiscard]] virtual base::Result<bool> delete_session(AccountId account, std::int64_t session) = 0;
    /// All sessions of the account but `kept` (0 keeps none).
    [[nodiscard]] virtual base::Result<void> delete_sessions(AccountId account, std::int64_t kept) = 0;
    [[nodiscard]] virtual base::Result<void> delete_sessions_before(base::Timestamp created,
                                                                    base::Timestamp last_seen) = 0;

    /// Replaces every earlier set-up link.
    [[nodiscard]] virtual base::Result<void> set_setup_link(const crypto::Digest& digest,
                                                            base::Timestamp expires) = 0;
    /// Uses it up. False if there is none of that digest, or it has expired.
    [[nodiscard]] virtual base::Result<bool> use_setup_link(const crypto::Digest& digest,
                                                            base::Timestamp now) = 0;

    [[nodiscard]] virtual base::Result<void> append_audit(base::Timestamp at,
                                                          const account::AuditEvent& event) = 0;
    [[nodiscard]] virtual base::Result<void> set_audit_seal(std::int64_t event, const crypto::Digest& seal,
                                                            std::uint32_t key_version) = 0;
    [[nodiscard]] virtual base::Result<void> set_key_check_value(std::uint32_t version,
                                                                 const crypto::Digest& value) = 0;
};

}  // namespace cript::store
