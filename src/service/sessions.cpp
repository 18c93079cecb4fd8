#include "service/sessions.hpp"

#include <fmt/format.h>

#include "account/session.hpp"
#include "crypto/password_hash.hpp"
#include "service/accounts.hpp"

namespace cript::service {

namespace {

using base::ErrorKind;
using base::fail;

constexpr int kMostTries = 3;               ///< to sign in while the password is being changed
constexpr std::size_t kLongestLogin = 254;  ///< bytes: that of an e-mail address

base::Error wrong_pair() {
    return {ErrorKind::Unauthenticated, "the user name or the password is wrong", {}};
}

base::Error no_session() {
    return {ErrorKind::Unauthenticated, "you are not signed in", {}};
}

base::Error needs_password() {
    std::string message = "give your password again to go on";
    return {ErrorKind::Forbidden, message, {{"", message, "reauthentication_required", ""}}};
}

account::Caller caller_of(const store::AccountRow& account, std::int64_t session) {
    return {account.id, account.uuid, account.is_admin, account::Credential::Session, session};
}

}  // namespace

base::Result<Sessions::Opened> Sessions::sign_in(std::string_view login, const base::SecretText& password,
                                                 const Origin& origin) {
    const auto now = context_.clock.now();
    const auto key = fmt::format("{} {}", base::ascii_lower(login.substr(0, kLongestLogin)), origin.address);
    CRIPT_CHECK(attempts_.admit(key, now));
    CRIPT_CHECK(addresses_.admit(origin.address, now));
    for (int tries = 0; tries < kMostTries; ++tries) {
        auto opened = try_to_sign_in(login, password, origin, key);
        CRIPT_CHECK(opened);
        if (*opened) return std::move(**opened);
    }
    return fail(ErrorKind::Unavailable, "the account is being changed; try again in a moment");
}

base::Result<std::optional<Sessions::Opened>> Sessions::try_to_sign_in(std::string_view login,
                                                                       const base::SecretText& password,
                                                                       const Origin& origin,
                                                                       const std::string& key) {
    auto account = read<std::optional<store::AccountRow>>(
        context_.store, [login](store::Reader& reader) { return reader.find_account_named(login); });
    CRIPT_CHECK(account);
    bool is_right = false;
    if (*account) {
        auto verified = passwords_.verify(password.reveal(), (*account)->password_hash);
        CRIPT_CHECK(verified);
        is_right = *verified && !(*account)->is_disabled;
    } else {
        CRIPT_CHECK(passwords_.pretend(password.reveal()));
    }
    if (!is_right) {
        deny(*account, origin, key);
        return fail(wrong_pair());
    }
    auto opened = open(**account, origin);
    if (!opened && opened.error().kind == ErrorKind::Unauthenticated) return std::nullopt;
    CRIPT_CHECK(opened);
    attempts_.succeeded(key);
    if (crypto::needs_rehash((*account)->password_hash)) {
        if (auto hash = passwords_.hash(password.reveal())) {
            context_.store.write_later(
                [verified = **account, hash = std::move(*hash)](store::Writer& writer) -> base::Result<void> {
                    auto is_unchanged = still_has_password(writer, verified);
                    CRIPT_CHECK(is_unchanged);
                    return *is_unchanged ? writer.set_password_hash(verified.id, hash) : base::Result<void>{};
                });
        }
    }
    return std::move(*opened);
}

void Sessions::deny(const std::optional<store::AccountRow>& account, const Origin& origin,
                    const std::string& key) {
    const auto now = context_.clock.now();
    attempts_.failed(key, now);
    addresses_.failed(origin.address, now);
    if (!account) return;
    context_.store.write_later([id = account->id, origin, now](store::Writer& writer) {
        return writer.append_audit(now, {id, "session.denied", "session", origin.address, origin.client, ""});
    });
}

base::Result<Sessions::Opened> Sessions::open(const store::AccountRow& account, const Origin& origin) {
    const auto now = context_.clock.now();
    Opened opened;
    opened.cookie = account::new_bearer_secret();
    opened.nonce = account::new_bearer_secret();
    auto& row = opened.session.row;
    row.digest = account::bearer_digest(opened.cookie.reveal());
    row.account = account.id;
    row.created_at = row.last_seen_at = now;
    row.address = origin.address;
    row.client = origin.client;
    row.reauthenticated_at = now;
    row.nonce = account::bearer_digest(opened.nonce.reveal());
    CRIPT_CHECK(context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto is_unchanged = still_has_password(writer, account);
        CRIPT_CHECK(is_unchanged);
        if (!*is_unchanged) return fail(no_session());
        CRIPT_CHECK(writer.insert_session(row));
        return writer.append_audit(
            now, {account.id, "session.created", "session", origin.address, origin.client, ""});
    }));
    opened.session.account = account;
    opened.session.caller = caller_of(account, row.id);
    return opened;
}

base::Result<ActiveSession> Sessions::check(std::string_view cookie) {
    const auto now = context_.clock.now();
    const auto digest = account::bearer_digest(cookie);
    auto active = read_promptly<ActiveSession>(
        context_.store, [&](store::Reader& reader) -> base::Result<ActiveSession> {
            auto row = reader.find_session(digest);
            CRIPT_CHECK(row);
            if (!*row || account::session_is_over((*row)->created_at, (*row)->last_seen_at, now))
                return fail(no_session());
            auto account = reader.find_account((*row)->account);
            CRIPT_CHECK(account);
            if (!*account || (*account)->is_disabled) return fail(no_session());
            ActiveSession found{std::move(**row), std::move(**account), {}};
            found.caller = caller_of(found.account, found.row.id);
            return found;
        });
    CRIPT_CHECK(active);
    if (now.since(active->row.last_seen_at) >= account::kUseResolution) {
        context_.store.write_later(
            [id = active->row.id, now](store::Writer& writer) { return writer.touch_session(id, now); });
    }
    return active;
}

base::Result<base::SecretText> Sessions::reauthenticate(const ActiveSession& session,
                                                        const base::SecretText& password,
                                                        const Origin& origin) {
    const auto now = context_.clock.now();
    const auto key = fmt::format("session {} {}", session.account.id, origin.address);
    CRIPT_CHECK(attempts_.admit(key, now));
    auto is_right = passwords_.verify(password.reveal(), session.account.password_hash);
    CRIPT_CHECK(is_right);
    if (!*is_right) {
        attempts_.failed(key, now);
        return fail({ErrorKind::Forbidden,
                     "the password is wrong",
                     {{"/password", "the password is wrong", "wrong_password", ""}}});
    }
    attempts_.succeeded(key);
    auto nonce = account::new_bearer_secret();
    CRIPT_CHECK(context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto is_unchanged = still_has_password(writer, session.account);
        CRIPT_CHECK(is_unchanged);
        if (!*is_unchanged) return fail(ErrorKind::Conflict, "the password was changed meanwhile");
        auto row = writer.find_session(session.row.digest);
        CRIPT_CHECK(row);
        if (!*row) return fail(no_session());
        return writer.set_reauthenticated(session.row.id, now, account::bearer_digest(nonce.reveal()));
    }));
    return nonce;
}

base::Result<base::SecretText> Sessions::use_nonce(const ActiveSession& session, std::string_view nonce) {
    auto next = account::new_bearer_secret();
    const auto now = context_.clock.now();
    CRIPT_CHECK(context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto row = writer.find_session(session.row.digest);
        CRIPT_CHECK(row);
        const bool is_fresh = *row && (*row)->reauthenticated_at && (*row)->nonce &&
                              now.since(*(*row)->reauthenticated_at) <= account::kReauthenticationWindow &&
                              crypto::equal_in_constant_time(*(*row)->nonce, account::bearer_digest(nonce));
        if (!is_fresh) return fail(needs_password());
        return writer.set_reauthenticated((*row)->id, (*row)->reauthenticated_at,
                                          account::bearer_digest(next.reveal()));
    }));
    return next;
}

base::Result<std::vector<store::SessionRow>> Sessions::list(store::AccountId account) {
    return read<std::vector<store::SessionRow>>(
        context_.store, [account](store::Reader& reader) { return reader.list_sessions(account); });
}

base::Result<void> Sessions::end(store::AccountId account, std::int64_t session,
                                 const account::AuditEvent& event) {
    return context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto ended = writer.delete_session(account, session);
        CRIPT_CHECK(ended);
        if (!*ended) return fail(ErrorKind::NotFound, "there is no such session");
        return writer.append_audit(context_.clock.now(), event);
    });
}

base::Result<void> Sessions::end_all(const account::AuditEvent& event) {
    return context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        CRIPT_CHECK(writer.delete_sessions(event.account, 0));
        return writer.append_audit(context_.clock.now(), event);
    });
}

base::Result<void> Sessions::sweep() {
    const auto now = context_.clock.now();
    return context_.store.write([&](store::Writer& writer) {
        return writer.delete_sessions_before(now.plus(-account::kSessionAbsoluteLimit),
                                             now.plus(-account::kSessionIdleLimit));
    });
}

base::SecretText Sessions::csrf_token(std::string_view cookie) const {
    std::string message("csrf token of session ");
    message.append(cookie);
    const auto digest = context_.keys.active().pepper.sign(base::as_bytes(message));
    base::wipe(message.data(), message.size());
    return base::SecretText::take(base::to_base64url(digest));
}

}  // namespace cript::service
