#include "service/credential_state.hpp"

#include "account/session.hpp"

namespace cript::service {

namespace {

using Found = base::Result<std::optional<crypto::Digest>>;

Found digest_of_token(store::Reader& reader, std::int64_t token, store::AccountId account) {
    auto owner = reader.find_token_of_id(token);
    CRIPT_CHECK(owner);
    const bool is_alive =
        *owner && (*owner)->account == account && (*owner)->state == store::TokenState::Active;
    return is_alive ? std::optional((*owner)->digest) : std::nullopt;
}

Found digest_of_session(store::Reader& reader, std::int64_t id, store::AccountId account,
                        base::Timestamp now) {
    auto sessions = reader.list_sessions(account);
    CRIPT_CHECK(sessions);
    for (const auto& session : *sessions) {
        if (session.id == id && !account::session_is_over(session.created_at, session.last_seen_at, now))
            return session.digest;
    }
    return std::nullopt;
}

}  // namespace

base::Result<std::optional<LiveCredential>> find_live_credential(store::Reader& reader,
                                                                 account::Credential kind,
                                                                 std::int64_t credential,
                                                                 store::AccountId account,
                                                                 base::Timestamp now) {
    auto digest = kind == account::Credential::Token ? digest_of_token(reader, credential, account)
                                                     : digest_of_session(reader, credential, account, now);
    CRIPT_CHECK(digest);
    auto row = reader.find_account(account);
    CRIPT_CHECK(row);
    if (!*digest || !*row || (*row)->is_disabled) return std::optional<LiveCredential>{};
    return LiveCredential{std::move(**row), **digest};
}

}  // namespace cript::service
