#include "server/operator_commands.hpp"

#include <fmt/format.h>

#include "server/quota_command.hpp"
#include "service/reindex.hpp"

namespace cript::server {

namespace {

account::AuditEvent operator_event(store::AccountId account, std::string_view action) {
    return {account, std::string(action), "operator", "", "criptd", ""};
}

Outcome printed(std::string text) {
    return {0, base::SecretText::take(std::move(text)), {}};
}

Outcome refused(const base::Error& error) {
    std::string message = error.message;
    if (error.problems.size() > 1) {
        for (const auto& problem : error.problems) message.append("\n  ").append(problem.message);
    }
    return {1, {}, std::move(message)};
}

std::string argument(const Command& command, const std::string& name) {
    const auto found = command.arguments.find(name);
    return found == command.arguments.end() ? std::string() : found->second;
}

Outcome add_user(api::Application& application, const Command& command) {
    service::NewAccount wanted{argument(command, "name"), argument(command, "email"),
                               base::SecretText(command.password.reveal()),
                               argument(command, "admin") == "yes"};
    auto account = application.accounts.create(wanted, operator_event(0, "account.created"));
    if (!account) return refused(account.error());
    return printed(fmt::format("added {} <{}>{}\n", account->username, account->email,
                               account->is_admin ? ", an administrator" : ""));
}

Outcome list_users(api::Application& application) {
    auto accounts = application.accounts.list();
    if (!accounts) return refused(accounts.error());
    std::string text;
    for (const auto& account : *accounts) {
        text.append(fmt::format("{:<24} {:<36} {}{}{}\n", account.username, account.email,
                                account.created_at.text().substr(0, 10), account.is_admin ? " admin" : "",
                                account.is_disabled ? " disabled" : ""));
    }
    return printed(std::move(text));
}

Outcome set_disabled(api::Application& application, const store::AccountRow& account, bool is_disabled) {
    const auto event = operator_event(account.id, is_disabled ? "account.disabled" : "account.enabled");
    if (auto done = application.accounts.set_disabled(account.id, is_disabled, event); !done) {
        return refused(done.error());
    }
    return printed(fmt::format("{} is {}\n", account.username, is_disabled ? "disabled" : "enabled"));
}

Outcome show_token(api::Application& application, const store::AccountRow& account) {
    auto token = application.account_token.reveal(operator_event(account.id, "token.revealed"));
    if (!token) return refused(token.error());
    std::string text;
    text.reserve(token->reveal().size() + 1);
    text.append(token->reveal()).append("\n");
    return printed(std::move(text));
}

Outcome regenerate_token(api::Application& application, const store::AccountRow& account) {
    auto made = application.account_token.regenerate(operator_event(account.id, "token.regenerated"));
    if (!made) return refused(made.error());
    return show_token(application, account);
}

Outcome verify_audit(api::Application& application) {
    if (auto sealed = application.audit_log.seal(); !sealed) return refused(sealed.error());
    auto verified = application.audit_log.verify();
    if (!verified) return refused(verified.error());
    if (verified->first_broken != 0) {
        return {1,
                {},
                fmt::format("the audit log was tampered with: the seal of event {} does not fit",
                            verified->first_broken)};
    }
    return printed(fmt::format("{} events, every seal fits\n", verified->sealed));
}

Outcome reindex(api::Application& application) {
    const auto done = service::reindex(application.context);
    if (!done) return refused(done.error());
    return printed(
        fmt::format("{} nodes looked at, {} with identifiers, {} with values in SI units, {} with words of "
                    "users' own\n",
                    done->nodes, done->identified, done->measured, done->custom));
}

}  // namespace

Outcome execute(api::Application& application, const Command& command) {
    if (command.name == "user add") return add_user(application, command);
    if (command.name == "user list") return list_users(application);
    if (command.name == "audit verify") return verify_audit(application);
    if (command.name == "reindex") return reindex(application);
    auto account = application.accounts.find(argument(command, "name"));
    if (!account) {
        return {
            1,
            {},
            fmt::format("there is no account '{}' (criptd user list shows all)", argument(command, "name"))};
    }
    if (command.name == "user disable") return set_disabled(application, *account, true);
    if (command.name == "user enable") return set_disabled(application, *account, false);
    if (command.name == "user quota") return quota_command(application, *account, command);
    if (command.name == "token show") return show_token(application, *account);
    if (command.name == "token regenerate") return regenerate_token(application, *account);
    return {2, {}, fmt::format("'{}' is not a command", command.name)};
}

}  // namespace cript::server
