#include "service/credential_state.hpp"

#include "account/session.hpp"

namespace cript::service {

namespace {

base::Result<bool> token_is_alive(store::Reader& reader, std::int64_t token, store::AccountId account) {
    auto owner = reader.find_token_of_id(token);
    CRIPT_CHECK(owner);
    return *owner && (*owner)->account == account && (*owner)->state == store::TokenState::Active;
}

base::Result<bool> session_is_alive(store::Reader& reader, std::int64_t id, store::AccountId account,
                                    base::Timestamp now) {
    auto sessions = reader.list_sessions(account);
    CRIPT_CHECK(sessions);
    for (const auto& session : *sessions) {
        if (session.id != id) continue;
        return !account::session_is_over(session.created_at, session.last_seen_at, now);
    }
    return false;
}

}  // namespace

base::Result<std::optional<store::AccountRow>> account_of_credential(store::Reader& reader,
                                                                     account::Credential kind,
                                                                     std::int64_t credential,
                                                                     store::AccountId account,
                                                                     base::Timestamp now) {
    auto alive = kind == account::Credential::Token ? token_is_alive(reader, credential, account)
                                                    : session_is_alive(reader, credential, account, now);
    CRIPT_CHECK(alive);
    auto row = reader.find_account(account);
    CRIPT_CHECK(row);
    if (!*alive || !*row || (*row)->is_disabled) return std::optional<store::AccountRow>{};
    return *row;
}

}  // namespace cript::service
