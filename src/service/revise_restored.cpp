#include "service/revise_restored.hpp"

#include <limits>

#include "service/account_token.hpp"

namespace cript::service {

namespace {

account::AuditEvent operator_event(store::AccountId account, std::string action) {
    return {account, std::move(action), "operator", "", "criptd", "a backup was restored"};
}

/// True if the account's token was among those revoked.
base::Result<bool> revoke_again(store::Writer& writer, Context& context, store::AccountId account,
                                const std::set<crypto::Digest>& revoked) {
    auto token = writer.active_token(account);
    CRIPT_CHECK(token);
    if (!*token || !revoked.contains((*token)->digest)) return false;
    const auto now = context.clock.now();
    CRIPT_CHECK(writer.revoke_token(account, now));
    CRIPT_CHECK(issue_token(writer, context.keys, account, now));
    CRIPT_CHECK(writer.append_audit(now, operator_event(account, "token.regenerated")));
    return true;
}

}  // namespace

base::Result<Revision> revise_restored(Context& context, const std::set<crypto::Digest>& revoked) {
    return write<Revision>(context.store, [&](store::Writer& writer) -> base::Result<Revision> {
        constexpr base::Timestamp kEver{std::numeric_limits<std::int64_t>::max()};
        CRIPT_CHECK(writer.delete_sessions_before(kEver, kEver));
        auto accounts = writer.list_accounts();
        CRIPT_CHECK(accounts);
        // The first server decides anew which folder the contents are in.
        CRIPT_CHECK(writer.forget_blob_place());
        Revision revision;
        for (const auto& account : *accounts) {
            auto is_revoked = revoke_again(writer, context, account.id, revoked);
            CRIPT_CHECK(is_revoked);
            revision.tokens += *is_revoked ? 1 : 0;
        }
        CRIPT_CHECK(writer.append_audit(context.clock.now(), operator_event(0, "instance.restored")));
        return revision;
    });
}

}  // namespace cript::service
