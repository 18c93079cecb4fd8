#include "store/postgres/listener.hpp"
#include "store/postgres/transaction.hpp"
#include "store/row_text.hpp"
#include "store/storable_text.hpp"

namespace cript::store::postgres {

namespace {

/// Names what is taken, from the constraint that the server says was broken.
base::Error taken(const Failure& failure) {
    if (failure.constraint == "account_username")
        return {base::ErrorKind::Conflict, "the user name is taken", {}};
    if (failure.constraint == "account_email")
        return {base::ErrorKind::Conflict, "the e-mail address is taken", {}};
    return failure.error;
}

/// Makes events commit in the order of their ids, as the chain of seals needs: the next one gets its id only
/// when this transaction has ended. The number says "AUDIT" in ASCII.
constexpr const char* kAuditOrder = "select pg_advisory_xact_lock(x'4155444954'::bigint)";

constexpr const char* kTellAccount = "select pg_notify($1, $2::bigint::text)";

}  // namespace

/// Every server that remembers something of the account forgets it once this is committed. Sessions are asked
/// for each time, so nobody needs to be told of those.
void Transaction::tell_account(AccountId account) {
    connection_.run(kTellAccount, Parameters(std::string_view(kAccountChannel), account));
}

base::Result<void> Transaction::insert_account(AccountRow& account) {
    auto inserted = guarded(
        [&] {
            auto rows = connection_.query_or_undo(
                R"sql(
                insert into account (uuid, username, email, password_hash, is_admin, created_at)
                values ($1, $2, $3, $4, $5, $6)
                returning id)sql",
                Parameters(account.uuid, account.username, account.email, account.password_hash,
                           account.is_admin, account.created_at));
            rows.step();
            account.id = rows.integer(0);
        },
        taken);
    CRIPT_CHECK(inserted);
    auto node = user_node(account);
    NodeRow* const rows[] = {&node};
    return insert_nodes(rows);
}

base::Result<void> Transaction::set_password_hash(AccountId account, std::string_view hash) {
    return guarded([&] {
        connection_.run("update account set password_hash = $1 where id = $2", Parameters(hash, account));
    });
}

base::Result<void> Transaction::set_disabled(AccountId account, bool is_disabled) {
    return guarded([&] {
        connection_.run("update account set is_disabled = $1 where id = $2",
                        Parameters(is_disabled, account));
        tell_account(account);
    });
}

base::Result<void> Transaction::insert_token(TokenRow& token) {
    return guarded([&] {
        auto rows = connection_.query_or_undo(
            R"sql(
            insert into token (account, digest, key_version, state, created_at)
            values ($1, $2, $3, 1, $4)
            returning id)sql",
            Parameters(token.account, token.digest, token.key_version, token.created_at));
        rows.step();
        token.id = rows.integer(0);
    });
}

base::Result<void> Transaction::set_sealed(std::int64_t token, base::ByteView sealed) {
    return guarded(
        [&] { connection_.run("update token set sealed = $1 where id = $2", Parameters(sealed, token)); });
}

base::Result<void> Transaction::revoke_token(AccountId account, base::Timestamp at) {
    return guarded([&] {
        connection_.run(
            "update token set state = 2, sealed = null, revoked_at = $1 where account = $2 and state = 1",
            Parameters(at, account));
        tell_account(account);
    });
}

base::Result<bool> Transaction::record_use(std::int64_t token, base::Timestamp at, std::string_view address,
                                           std::string_view client) {
    return guarded([&] {
        connection_.run(
            "update token set last_used_at = $1, last_used_from = $2, last_used_client = $3 where id = $4",
            Parameters(at, storable(address), storable(client), token));
        auto rows = connection_.query(
            "insert into token_address (token, address) values ($1, $2) on conflict do nothing",
            Parameters(token, storable(address)));
        return rows.changes() > 0;
    });
}

base::Result<void> Transaction::insert_session(SessionRow& session) {
    return guarded([&] {
        auto rows = connection_.query_or_undo(
            R"sql(
            insert into session (digest, account, created_at, last_seen_at, address, client, reauthenticated_at, nonce)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            returning id)sql",
            Parameters(session.digest, session.account, session.created_at, session.last_seen_at,
                       storable(session.address), storable(session.client), session.reauthenticated_at,
                       session.nonce));
        rows.step();
        session.id = rows.integer(0);
    });
}

base::Result<void> Transaction::touch_session(std::int64_t session, base::Timestamp at) {
    return guarded([&] {
        connection_.run("update session set last_seen_at = $1 where id = $2", Parameters(at, session));
    });
}

base::Result<void> Transaction::set_reauthenticated(std::int64_t session, std::optional<base::Timestamp> at,
                                                    const std::optional<crypto::Digest>& nonce) {
    return guarded([&] {
        connection_.run("update session set reauthenticated_at = $1, nonce = $2 where id = $3",
                        Parameters(at, nonce, session));
    });
}

base::Result<bool> Transaction::delete_session(AccountId account, std::int64_t session) {
    return guarded([&] {
        auto rows = connection_.query("delete from session where id = $1 and account = $2",
                                      Parameters(session, account));
        return rows.changes() > 0;
    });
}

base::Result<void> Transaction::delete_sessions(AccountId account, std::int64_t kept) {
    return guarded([&] {
        connection_.run("delete from session where account = $1 and id <> $2", Parameters(account, kept));
    });
}

base::Result<void> Transaction::delete_sessions_before(base::Timestamp created, base::Timestamp last_seen) {
    return guarded([&] {
        connection_.run("delete from session where created_at < $1 or last_seen_at < $2",
                        Parameters(created, last_seen));
    });
}

base::Result<void> Transaction::set_setup_link(const crypto::Digest& digest, base::Timestamp expires) {
    return guarded([&] {
        connection_.run("delete from setup_link");
        connection_.run("insert into setup_link (digest, expires_at) values ($1, $2)",
                        Parameters(digest, expires));
    });
}

base::Result<bool> Transaction::use_setup_link(const crypto::Digest& digest, base::Timestamp now) {
    return guarded([&] {
        auto rows = connection_.query("delete from setup_link where digest = $1 and expires_at > $2",
                                      Parameters(digest, now));
        return rows.changes() > 0;
    });
}

base::Result<void> Transaction::append_audit(base::Timestamp at, const account::AuditEvent& event) {
    return guarded([&] {
        connection_.run(kAuditOrder);
        connection_.run(R"sql(
            insert into audit (at, account, action, actor, address, client, detail)
            values ($1, $2, $3, $4, $5, $6, $7))sql",
                        Parameters(at, event.account, event.action, event.actor, storable(event.address),
                                   storable(event.client), storable(event.detail)));
    });
}

base::Result<void> Transaction::set_audit_seal(std::int64_t event, const crypto::Digest& seal,
                                               std::uint32_t key_version) {
    return guarded([&] {
        connection_.run("update audit set seal = $1, key_version = $2 where id = $3",
                        Parameters(seal, key_version, event));
    });
}

base::Result<void> Transaction::set_key_check_value(std::uint32_t version, const crypto::Digest& value) {
    return guarded([&] {
        connection_.run(
            "insert into key_check (version, value) values ($1, $2)"
            " on conflict (version) do update set value = excluded.value",
            Parameters(version, value));
    });
}

}  // namespace cript::store::postgres
