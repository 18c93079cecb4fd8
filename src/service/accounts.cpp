#include "service/accounts.hpp"

#include "account/password.hpp"
#include "account/session.hpp"
#include "service/account_token.hpp"

namespace cript::service {

namespace {

using base::ErrorKind;
using base::fail;

void add_fault(std::vector<base::Problem>& problems, std::string_view field,
               std::optional<std::string> fault) {
    if (fault) problems.push_back({std::string("/").append(field), std::move(*fault), "invalid_value", ""});
}

base::Result<void> judge(const NewAccount& wanted) {
    std::vector<base::Problem> problems;
    add_fault(problems, "username", account::username_fault(wanted.username));
    add_fault(problems, "email", account::email_fault(wanted.email));
    add_fault(problems, "password",
              account::password_fault(wanted.password.reveal(), wanted.username, wanted.email));
    if (problems.empty()) return {};
    std::string first = problems.front().message;
    return fail({ErrorKind::InvalidInput, std::move(first), std::move(problems)});
}

}  // namespace

base::Result<bool> still_has_password(store::Reader& reader, const store::AccountRow& verified) {
    auto present = reader.find_account(verified.id);
    CRIPT_CHECK(present);
    return *present && !(*present)->is_disabled && (*present)->password_hash == verified.password_hash;
}

base::Result<store::AccountRow> Accounts::insert(store::Writer& writer, const NewAccount& wanted,
                                                 const std::string& password_hash,
                                                 account::AuditEvent event) {
    store::AccountRow row;
    row.uuid = base::Uuid::random();
    row.username = wanted.username;
    row.email = wanted.email;
    row.password_hash = password_hash;
    row.is_admin = wanted.is_admin;
    row.created_at = context_.clock.now();
    CRIPT_CHECK(writer.insert_account(row));
    CRIPT_CHECK(issue_token(writer, context_.keys, row.id, row.created_at));
    event.account = row.id;
    event.action = "account.created";
    CRIPT_CHECK(writer.append_audit(row.created_at, event));
    event.action = "token.created";
    CRIPT_CHECK(writer.append_audit(row.created_at, event));
    return row;
}

base::Result<store::AccountRow> Accounts::create(const NewAccount& wanted, const account::AuditEvent& event) {
    CRIPT_CHECK(judge(wanted));
    const auto hash = passwords_.hash(wanted.password.reveal());
    CRIPT_CHECK(hash);
    return write<store::AccountRow>(
        context_.store, [&](store::Writer& writer) { return insert(writer, wanted, *hash, event); });
}

base::Result<store::AccountRow> Accounts::create_first(std::string_view setup_secret,
                                                       const NewAccount& wanted,
                                                       const account::AuditEvent& event) {
    CRIPT_CHECK(judge(wanted));
    const auto hash = passwords_.hash(wanted.password.reveal());
    CRIPT_CHECK(hash);
    return write<store::AccountRow>(
        context_.store, [&](store::Writer& writer) -> base::Result<store::AccountRow> {
            auto count = writer.count_accounts();
            CRIPT_CHECK(count);
            auto used = writer.use_setup_link(account::bearer_digest(setup_secret), context_.clock.now());
            CRIPT_CHECK(used);
            if (!*used || *count > 0) {
                return fail(ErrorKind::Forbidden,
                            "the set-up link has been used or has expired; restart the server for a new one");
            }
            return insert(writer, wanted, *hash, event);
        });
}

base::Result<std::optional<base::SecretText>> Accounts::new_setup_secret() {
    auto empty = is_empty();
    CRIPT_CHECK(empty);
    if (!*empty) return std::nullopt;
    auto secret = account::new_bearer_secret();
    CRIPT_CHECK(context_.store.write([&](store::Writer& writer) {
        return writer.set_setup_link(account::bearer_digest(secret.reveal()),
                                     context_.clock.now().plus(account::kSetupLinkLife));
    }));
    return secret;
}

base::Result<bool> Accounts::is_empty() {
    return read<bool>(context_.store, [](store::Reader& reader) -> base::Result<bool> {
        auto count = reader.count_accounts();
        CRIPT_CHECK(count);
        return *count == 0;
    });
}

base::Result<std::vector<store::AccountRow>> Accounts::list() {
    return read<std::vector<store::AccountRow>>(context_.store,
                                                [](store::Reader& reader) { return reader.list_accounts(); });
}

base::Result<store::AccountRow> Accounts::find(std::string_view login) {
    return read<store::AccountRow>(context_.store,
                                   [login](store::Reader& reader) -> base::Result<store::AccountRow> {
                                       auto row = reader.find_account_named(login);
                                       CRIPT_CHECK(row);
                                       if (!*row)
                                           return fail(ErrorKind::NotFound, "there is no such account");
                                       return std::move(**row);
                                   });
}

base::Result<store::AccountRow> Accounts::find(store::AccountId id) {
    return read<store::AccountRow>(context_.store,
                                   [id](store::Reader& reader) -> base::Result<store::AccountRow> {
                                       auto row = reader.find_account(id);
                                       CRIPT_CHECK(row);
                                       if (!*row)
                                           return fail(ErrorKind::NotFound, "there is no such account");
                                       return std::move(**row);
                                   });
}

base::Result<void> Accounts::set_disabled(store::AccountId id, bool is_disabled,
                                          const account::AuditEvent& event) {
    CRIPT_CHECK(context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        CRIPT_CHECK(writer.set_disabled(id, is_disabled));
        if (is_disabled) CRIPT_CHECK(writer.delete_sessions(id, 0));
        return writer.append_audit(context_.clock.now(), event);
    }));
    check_.forget(id);
    return {};
}

base::Result<void> Accounts::change_password(store::AccountId id, const base::SecretText& current,
                                             const base::SecretText& wanted, std::int64_t kept_session,
                                             const account::AuditEvent& event) {
    const auto now = context_.clock.now();
    const auto key = std::to_string(id);
    CRIPT_CHECK(wrong_passwords_.admit(key, now));
    auto row = find(id);
    CRIPT_CHECK(row);
    auto is_right = passwords_.verify(current.reveal(), row->password_hash);
    CRIPT_CHECK(is_right);
    if (!*is_right) {
        wrong_passwords_.failed(key, now);
        return fail({ErrorKind::Forbidden,
                     "the current password is wrong",
                     {{"/current_password", "the current password is wrong", "wrong_password", ""}}});
    }
    if (auto fault = account::password_fault(wanted.reveal(), row->username, row->email)) {
        base::Error error{ErrorKind::InvalidInput, *fault, {{"/new_password", *fault, "invalid_value", ""}}};
        return fail(std::move(error));
    }
    auto hash = passwords_.hash(wanted.reveal());
    CRIPT_CHECK(hash);
    return context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto is_unchanged = still_has_password(writer, *row);
        CRIPT_CHECK(is_unchanged);
        if (!*is_unchanged) return fail(ErrorKind::Conflict, "the password was changed meanwhile");
        CRIPT_CHECK(writer.set_password_hash(id, *hash));
        CRIPT_CHECK(writer.delete_sessions(id, kept_session));
        return writer.append_audit(context_.clock.now(), event);
    });
}

}  // namespace cript::service
