#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

namespace {

AccountRow read_account(const Query& query) {
    AccountRow row;
    row.id = query.integer(0);
    row.uuid = query.uuid(1);
    row.username = query.text(2);
    row.email = query.text(3);
    row.password_hash = query.text(4);
    row.is_admin = query.flag(5);
    row.is_disabled = query.flag(6);
    row.created_at = query.time(7);
    return row;
}

SessionRow read_session(const Query& query) {
    SessionRow row;
    row.id = query.integer(0);
    row.digest = query.digest(1);
    row.account = query.integer(2);
    row.created_at = query.time(3);
    row.last_seen_at = query.time(4);
    row.address = query.text(5);
    row.client = query.text(6);
    if (!query.is_null(7)) row.reauthenticated_at = query.time(7);
    if (!query.is_null(8)) row.nonce = query.digest(8);
    return row;
}

AuditRow read_audit(const Query& query) {
    AuditRow row;
    row.id = query.integer(0);
    row.at = query.time(1);
    row.account = query.integer(2);
    row.action = query.text(3);
    row.actor = query.text(4);
    row.address = query.text(5);
    row.client = query.text(6);
    row.detail = query.text(7);
    if (!query.is_null(8)) row.seal = query.digest(8);
    row.key_version = static_cast<std::uint32_t>(query.integer(9));
    return row;
}

template <class Row>
std::vector<Row> read_all(Query& query, Row (*read)(const Query&)) {
    std::vector<Row> rows;
    while (query.step()) rows.push_back(read(query));
    return rows;
}

template <class Row>
std::optional<Row> read_one(Query& query, Row (*read)(const Query&)) {
    if (!query.step()) return std::nullopt;
    return read(query);
}

}  // namespace

base::Result<std::uint64_t> Transaction::count_accounts() {
    return guarded([&] {
        auto query = connection_.query("select count(*) from account");
        return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
    });
}

base::Result<std::optional<AccountRow>> Transaction::find_account(AccountId id) {
    return guarded([&] {
        auto query = connection_.query("select * from account where id = :id");
        query.bind(id);
        return read_one(query, read_account);
    });
}

base::Result<std::optional<AccountRow>> Transaction::find_account_named(std::string_view login) {
    return guarded([&] {
        auto query = connection_.query(
            "select * from account where username = :login or email = :login"
            " order by username = :login desc limit 1");
        query.bind(login);
        return read_one(query, read_account);
    });
}

base::Result<std::vector<AccountRow>> Transaction::list_accounts() {
    return guarded([&] {
        auto query = connection_.query("select * from account order by id");
        return read_all(query, read_account);
    });
}

base::Result<std::optional<TokenOwner>> Transaction::find_token(const crypto::Digest& digest) {
    return guarded([&]() -> std::optional<TokenOwner> {
        auto query = connection_.query(R"sql(
            select t.id, t.digest, t.state, a.id, a.uuid, a.is_admin, a.is_disabled
            from token t
            join account a on a.id = t.account
            where t.digest = :digest)sql");
        query.bind(digest);
        if (!query.step()) return std::nullopt;
        return TokenOwner{query.integer(0), query.digest(1), static_cast<TokenState>(query.integer(2)),
                          query.integer(3), query.uuid(4),   query.flag(5),
                          query.flag(6)};
    });
}

base::Result<std::optional<TokenRow>> Transaction::active_token(AccountId account) {
    return guarded([&]() -> std::optional<TokenRow> {
        auto query = connection_.query(R"sql(
            select id, digest, key_version, sealed, created_at, last_used_at, last_used_from, last_used_client
            from token
            where account = :account and state = 1)sql");
        query.bind(account);
        if (!query.step()) return std::nullopt;
        TokenRow row;
        row.id = query.integer(0);
        row.account = account;
        row.digest = query.digest(1);
        row.key_version = static_cast<std::uint32_t>(query.integer(2));
        const auto sealed = query.blob(3);
        row.sealed.assign(sealed.begin(), sealed.end());
        row.created_at = query.time(4);
        if (!query.is_null(5)) row.last_used_at = query.time(5);
        row.last_used_from = query.text(6);
        row.last_used_client = query.text(7);
        return row;
    });
}

base::Result<std::optional<SessionRow>> Transaction::find_session(const crypto::Digest& digest) {
    return guarded([&] {
        auto query = connection_.query("select * from session where digest = :digest");
        query.bind(digest);
        return read_one(query, read_session);
    });
}

base::Result<std::vector<SessionRow>> Transaction::list_sessions(AccountId account) {
    return guarded([&] {
        auto query = connection_.query("select * from session where account = :account order by id desc");
        query.bind(account);
        return read_all(query, read_session);
    });
}

base::Result<std::vector<AuditRow>> Transaction::list_audit(AccountId account, std::int64_t before,
                                                            unsigned limit) {
    return guarded([&] {
        auto query = connection_.query(R"sql(
            select * from audit
            where account = :account and (:before = 0 or id < :before)
            order by id desc
            limit :limit)sql");
        query.bind(account, before, limit);
        return read_all(query, read_audit);
    });
}

base::Result<std::vector<AuditRow>> Transaction::audit_after(std::int64_t after, unsigned limit) {
    return guarded([&] {
        auto query = connection_.query("select * from audit where id > :after order by id limit :limit");
        query.bind(after, limit);
        return read_all(query, read_audit);
    });
}

base::Result<std::optional<AuditRow>> Transaction::last_sealed_audit() {
    return guarded([&] {
        // Not the one before the first without a seal: who takes a seal off must not have the rest sealed
        // anew.
        auto query = connection_.query("select * from audit where seal is not null order by id desc limit 1");
        return read_one(query, read_audit);
    });
}

base::Result<std::optional<crypto::Digest>> Transaction::key_check_value(std::uint32_t version) {
    return guarded([&]() -> std::optional<crypto::Digest> {
        auto query = connection_.query("select value from key_check where version = :version");
        query.bind(version);
        if (!query.step()) return std::nullopt;
        return query.digest(0);
    });
}

}  // namespace cript::store::sqlite
