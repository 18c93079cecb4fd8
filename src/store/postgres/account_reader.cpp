#include "store/postgres/transaction.hpp"
#include "store/storable_text.hpp"

namespace cript::store::postgres {

namespace {

const std::string kAccount =
    "select id, uuid, username, email, password_hash, is_admin, is_disabled, created_at from account";
const std::string kAccountWithId = kAccount + " where id = $1";
// Case does not count in ASCII, as the unique indexes have it.
const std::string kAccountNamed =
    kAccount +
    R"sql( where lower(username collate "C") = lower($1 collate "C") or lower(email collate "C") = lower($1 collate "C"))sql"
    R"sql( order by lower(username collate "C") = lower($1 collate "C") desc limit 1)sql";
const std::string kAllAccounts = kAccount + " order by id";

const std::string kSession =
    "select id, digest, account, created_at, last_seen_at, address, client, reauthenticated_at, nonce from "
    "session";
const std::string kSessionOfDigest = kSession + " where digest = $1";
const std::string kSessionsOfAccount = kSession + " where account = $1 order by id desc";

const std::string kAudit =
    "select id, at, account, action, actor, address, client, detail, seal, key_version from audit";
const std::string kAuditOfAccount =
    kAudit + " where account = $1 and ($2 = 0 or id < $2) order by id desc limit $3";
const std::string kAuditAfter = kAudit + " where id > $1 order by id limit $2";
// Not the one before the first without a seal: who takes a seal off must not have the rest sealed anew.
const std::string kLastSealedAudit = kAudit + " where seal is not null order by id desc limit 1";

AccountRow read_account(const Rows& rows) {
    AccountRow row;
    row.id = rows.integer(0);
    row.uuid = rows.uuid(1);
    row.username = rows.text(2);
    row.email = rows.text(3);
    row.password_hash = rows.text(4);
    row.is_admin = rows.flag(5);
    row.is_disabled = rows.flag(6);
    row.created_at = rows.time(7);
    return row;
}

SessionRow read_session(const Rows& rows) {
    SessionRow row;
    row.id = rows.integer(0);
    row.digest = rows.digest(1);
    row.account = rows.integer(2);
    row.created_at = rows.time(3);
    row.last_seen_at = rows.time(4);
    row.address = rows.text(5);
    row.client = rows.text(6);
    if (!rows.is_null(7)) row.reauthenticated_at = rows.time(7);
    if (!rows.is_null(8)) row.nonce = rows.digest(8);
    return row;
}

AuditRow read_audit(const Rows& rows) {
    AuditRow row;
    row.id = rows.integer(0);
    row.at = rows.time(1);
    row.account = rows.integer(2);
    row.action = rows.text(3);
    row.actor = rows.text(4);
    row.address = rows.text(5);
    row.client = rows.text(6);
    row.detail = rows.text(7);
    if (!rows.is_null(8)) row.seal = rows.digest(8);
    row.key_version = static_cast<std::uint32_t>(rows.integer(9));
    return row;
}

template <class Row>
std::vector<Row> read_all(Rows rows, Row (*read)(const Rows&)) {
    std::vector<Row> found;
    found.reserve(rows.size());
    while (rows.step()) found.push_back(read(rows));
    return found;
}

template <class Row>
std::optional<Row> read_one(Rows rows, Row (*read)(const Rows&)) {
    if (!rows.step()) return std::nullopt;
    return read(rows);
}

}  // namespace

base::Result<std::uint64_t> Transaction::count_accounts() {
    return guarded([&] {
        // With a bound, though every id is positive: a scan of a whole index that is still empty leaves a
        // moment in which PostgreSQL 15 does not notice the first row of another serializable transaction; a
        // search in it does not.
        auto rows = connection_.query("select count(*) from account where id > 0");
        return rows.step() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
    });
}

base::Result<std::optional<AccountRow>> Transaction::find_account(AccountId id) {
    return guarded(
        [&] { return read_one(connection_.query(kAccountWithId.c_str(), Parameters(id)), read_account); });
}

base::Result<std::optional<AccountRow>> Transaction::find_account_named(std::string_view login) {
    return guarded([&]() -> std::optional<AccountRow> {
        if (!can_be_stored(login)) return std::nullopt;
        return read_one(connection_.query(kAccountNamed.c_str(), Parameters(login)), read_account);
    });
}

base::Result<std::vector<AccountRow>> Transaction::list_accounts() {
    return guarded([&] { return read_all(connection_.query(kAllAccounts.c_str()), read_account); });
}

base::Result<std::optional<TokenOwner>> Transaction::find_token(const crypto::Digest& digest) {
    return guarded([&]() -> std::optional<TokenOwner> {
        auto rows = connection_.query(R"sql(
            select t.id, t.digest, t.state, a.id, a.uuid, a.is_admin, a.is_disabled
            from token t
            join account a on a.id = t.account
            where t.digest = $1)sql",
                                      Parameters(digest));
        if (!rows.step()) return std::nullopt;
        return TokenOwner{rows.integer(0), rows.digest(1), static_cast<TokenState>(rows.integer(2)),
                          rows.integer(3), rows.uuid(4),   rows.flag(5),
                          rows.flag(6)};
    });
}

base::Result<std::optional<TokenRow>> Transaction::active_token(AccountId account) {
    return guarded([&]() -> std::optional<TokenRow> {
        auto rows = connection_.query(R"sql(
            select id, digest, key_version, sealed, created_at, last_used_at, last_used_from, last_used_client
            from token
            where account = $1 and state = 1)sql",
                                      Parameters(account));
        if (!rows.step()) return std::nullopt;
        TokenRow row;
        row.id = rows.integer(0);
        row.account = account;
        row.digest = rows.digest(1);
        row.key_version = static_cast<std::uint32_t>(rows.integer(2));
        const auto sealed = rows.blob(3);
        row.sealed.assign(sealed.begin(), sealed.end());
        row.created_at = rows.time(4);
        if (!rows.is_null(5)) row.last_used_at = rows.time(5);
        row.last_used_from = rows.text(6);
        row.last_used_client = rows.text(7);
        return row;
    });
}

base::Result<std::optional<SessionRow>> Transaction::find_session(const crypto::Digest& digest) {
    return guarded([&] {
        return read_one(connection_.query(kSessionOfDigest.c_str(), Parameters(digest)), read_session);
    });
}

base::Result<std::vector<SessionRow>> Transaction::list_sessions(AccountId account) {
    return guarded([&] {
        return read_all(connection_.query(kSessionsOfAccount.c_str(), Parameters(account)), read_session);
    });
}

base::Result<std::vector<AuditRow>> Transaction::list_audit(AccountId account, std::int64_t before,
                                                            unsigned limit) {
    return guarded([&] {
        return read_all(connection_.query(kAuditOfAccount.c_str(), Parameters(account, before, limit)),
                        read_audit);
    });
}

base::Result<std::vector<AuditRow>> Transaction::audit_after(std::int64_t after, unsigned limit) {
    return guarded([&] {
        return read_all(connection_.query(kAuditAfter.c_str(), Parameters(after, limit)), read_audit);
    });
}

base::Result<std::optional<AuditRow>> Transaction::last_sealed_audit() {
    return guarded([&] { return read_one(connection_.query(kLastSealedAudit.c_str()), read_audit); });
}

base::Result<std::optional<crypto::Digest>> Transaction::key_check_value(std::uint32_t version) {
    return guarded([&]() -> std::optional<crypto::Digest> {
        auto rows = connection_.query("select value from key_check where version = $1", Parameters(version));
        if (!rows.step()) return std::nullopt;
        return rows.digest(0);
    });
}

}  // namespace cript::store::postgres
