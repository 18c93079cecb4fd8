#include "store/row_text.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/storable_text.hpp"

namespace cript::store::sqlite {

namespace {

/// Names what is taken, from the constraint that SQLite says was broken.
base::Error taken(const base::Error& error) {
    const auto broken = [&error](std::string_view column) {
        return error.message.find(column) != std::string::npos;
    };
    if (error.kind != base::ErrorKind::Conflict) return error;
    if (broken("account.username")) return {base::ErrorKind::Conflict, "the user name is taken", {}};
    if (broken("account.email")) return {base::ErrorKind::Conflict, "the e-mail address is taken", {}};
    return error;
}

}  // namespace

base::Result<void> Transaction::insert_account(AccountRow& account) {
    auto inserted = guarded([&] {
        connection_
            .query(R"sql(
                insert into account (uuid, username, email, password_hash, is_admin, is_disabled, created_at)
                values (:uuid, :username, :email, :password_hash, :is_admin, 0, :created_at))sql")
            .bind(account.uuid, account.username, account.email, account.password_hash, account.is_admin,
                  account.created_at)
            .run();
        account.id = connection_.last_id();
    });
    if (!inserted) return base::fail(taken(inserted.error()));
    // People are nodes too, so that links can name them.
    auto node = user_node(account);
    NodeRow* const rows[] = {&node};
    return insert_nodes(rows);
}

base::Result<void> Transaction::set_password_hash(AccountId account, std::string_view hash) {
    return guarded([&] {
        connection_.query("update account set password_hash = :hash where id = :id")
            .bind(hash, account)
            .run();
    });
}

base::Result<void> Transaction::set_disabled(AccountId account, bool is_disabled) {
    return guarded([&] {
        connection_.query("update account set is_disabled = :is_disabled where id = :id")
            .bind(is_disabled, account)
            .run();
    });
}

base::Result<void> Transaction::insert_token(TokenRow& token) {
    return guarded([&] {
        connection_
            .query(R"sql(
                insert into token (account, digest, key_version, state, created_at)
                values (:account, :digest, :key_version, 1, :created_at))sql")
            .bind(token.account, token.digest, token.key_version, token.created_at)
            .run();
        token.id = connection_.last_id();
    });
}

base::Result<void> Transaction::set_sealed(std::int64_t token, base::ByteView sealed) {
    return guarded([&] {
        connection_.query("update token set sealed = :sealed where id = :id").bind(sealed, token).run();
    });
}

base::Result<void> Transaction::revoke_token(AccountId account, base::Timestamp at) {
    return guarded([&] {
        connection_
            .query(
                "update token set state = 2, sealed = null, revoked_at = :at where account = :account and "
                "state = 1")
            .bind(at, account)
            .run();
    });
}

base::Result<bool> Transaction::record_use(std::int64_t token, base::Timestamp at, std::string_view address,
                                           std::string_view client) {
    return guarded([&] {
        const auto stored_address = storable(address);
        const auto stored_client = storable(client);
        connection_
            .query(
                "update token set last_used_at = :at, last_used_from = :address, last_used_client = :client"
                " where id = :id")
            .bind(at, stored_address, stored_client, token)
            .run();
        connection_.query("insert or ignore into token_address (token, address) values (:token, :address)")
            .bind(token, stored_address)
            .run();
        return connection_.changes() > 0;
    });
}

base::Result<void> Transaction::insert_session(SessionRow& session) {
    return guarded([&] {
        const auto address = storable(session.address);
        const auto client = storable(session.client);
        connection_
            .query(R"sql(
                insert into session (digest, account, created_at, last_seen_at, address, client, reauthenticated_at, nonce)
                values (:digest, :account, :created_at, :last_seen_at, :address, :client, :reauthenticated_at, :nonce))sql")
            .bind(session.digest, session.account, session.created_at, session.last_seen_at, address, client,
                  session.reauthenticated_at, session.nonce)
            .run();
        session.id = connection_.last_id();
    });
}

base::Result<void> Transaction::touch_session(std::int64_t session, base::Timestamp at) {
    return guarded([&] {
        connection_.query("update session set last_seen_at = :at where id = :id").bind(at, session).run();
    });
}

base::Result<void> Transaction::set_reauthenticated(std::int64_t session, std::optional<base::Timestamp> at,
                                                    const std::optional<crypto::Digest>& nonce) {
    return guarded([&] {
        connection_.query("update session set reauthenticated_at = :at, nonce = :nonce where id = :id")
            .bind(at, nonce, session)
            .run();
    });
}

base::Result<bool> Transaction::delete_session(AccountId account, std::int64_t session) {
    return guarded([&] {
        connection_.query("delete from session where id = :id and account = :account")
            .bind(session, account)
            .run();
        return connection_.changes() > 0;
    });
}

base::Result<void> Transaction::delete_sessions(AccountId account, std::int64_t kept) {
    return guarded([&] {
        connection_.query("delete from session where account = :account and id <> :kept")
            .bind(account, kept)
            .run();
    });
}

base::Result<void> Transaction::delete_sessions_before(base::Timestamp created, base::Timestamp last_seen) {
    return guarded([&] {
        connection_.query("delete from session where created_at < :created or last_seen_at < :last_seen")
            .bind(created, last_seen)
            .run();
    });
}

base::Result<void> Transaction::set_setup_link(const crypto::Digest& digest, base::Timestamp expires) {
    return guarded([&] {
        connection_.execute("delete from setup_link");
        connection_.query("insert into setup_link (digest, expires_at) values (:digest, :expires)")
            .bind(digest, expires)
            .run();
    });
}

base::Result<bool> Transaction::use_setup_link(const crypto::Digest& digest, base::Timestamp now) {
    return guarded([&] {
        connection_.query("delete from setup_link where digest = :digest and expires_at > :now")
            .bind(digest, now)
            .run();
        return connection_.changes() > 0;
    });
}

base::Result<void> Transaction::append_audit(base::Timestamp at, const account::AuditEvent& event) {
    return guarded([&] {
        const auto address = storable(event.address);
        const auto client = storable(event.client);
        const auto detail = storable(event.detail);
        connection_
            .query(R"sql(
                insert into audit (at, account, action, actor, address, client, detail)
                values (:at, :account, :action, :actor, :address, :client, :detail))sql")
            .bind(at, event.account, event.action, event.actor, address, client, detail)
            .run();
    });
}

base::Result<void> Transaction::set_audit_seal(std::int64_t event, const crypto::Digest& seal,
                                               std::uint32_t key_version) {
    return guarded([&] {
        connection_.query("update audit set seal = :seal, key_version = :key_version where id = :id")
            .bind(seal, key_version, event)
            .run();
    });
}

base::Result<void> Transaction::set_key_check_value(std::uint32_t version, const crypto::Digest& value) {
    return guarded([&] {
        connection_.query("insert or replace into key_check (version, value) values (:version, :value)")
            .bind(version, value)
            .run();
    });
}

}  // namespace cript::store::sqlite
