#include <fmt/format.h>

#include "cli/commands.hpp"

namespace cript::cli {

ExitCode whoami(Session& session) {
    auto api = session.connect();
    if (!api) return session.fail(api.error());
    const auto account = api->whoami();
    if (!account) return session.fail(account.error());

    Json result = Json::object();
    result.set("ok", true)
        .set("host", api->host())
        .set("uuid", account->uuid)
        .set("username", account->username)
        .set("email", account->email)
        .set("admin", account->admin)
        .set("created_at", account->created_at);
    session.emit(result);
    session.say(fmt::format("{} <{}>{}", session.paint()(Style::Bold, account->username), account->email,
                            account->admin ? ", administrator" : ""));
    session.say(fmt::format("at {}", api->host()));
    return ExitCode::Ok;
}

}  // namespace cript::cli
