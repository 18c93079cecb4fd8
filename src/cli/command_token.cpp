#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cript/token.hpp"

namespace cript::cli {

namespace {

constexpr std::string_view kHowToSet =
    "Set it for this shell (bash, zsh), without leaving it in the history:\n"
    "  read -rs CRIPT_API_KEY && export CRIPT_API_KEY     then paste it and press Enter; nothing is shown\n"
    "In PowerShell:\n"
    "  $env:CRIPT_API_KEY = Read-Host -MaskInput 'API token'\n"
    "Then try:  cript whoami";

/// The variables that are set but not the one that decides.
std::string others_set(const client::LookUp& variables, const char* deciding) {
    std::string others;
    for (const char* name : client::kTokenVariables) {
        const char* value = variables(name);
        if (std::string_view(name) != deciding && value != nullptr && *value != '\0') {
            others += fmt::format(" ({} is set too, and not used)", name);
        }
    }
    return others;
}

}  // namespace

ExitCode explain_token(Session& session) {
    const auto& variables = session.around().variables;
    const char* variable = client::token_variable(variables);
    const auto token = client::token_from(variables);
    const auto host = session.host();

    Json result = Json::object();
    result.set("ok", token.has_value())
        .set("set", variable != nullptr)
        .set("variable", variable == nullptr ? Json() : Json(variable))
        .set("usable", token.has_value())
        .set("host", host ? Json(*host) : Json());
    if (!token) result.set("message", token.error().message);
    session.emit(result);

    const auto& paint = session.paint();
    if (variable == nullptr) {
        session.say(fmt::format("Token    {}",
                                paint(Style::Red, "not set: neither CRIPT_API_KEY nor CRIPT_TOKEN is")));
    } else if (!token) {
        session.say(fmt::format("Token    {}", paint(Style::Red, token.error().message)));
    } else {
        session.say(fmt::format("Token    {}, from {}{}", paint(Style::Green, "set"), variable,
                                others_set(variables, variable)));
    }
    session.say(fmt::format("Server   {}", host ? *host : paint(Style::Red, host.error().message)));
    session.say(
        fmt::format("\nYour token is on the page Security settings of the server: sign in{}, open the "
                    "account menu at the top\n"
                    "right, choose Security settings, and press Copy beside API Token. 'Regenerate API "
                    "token' there makes\n"
                    "a new one and ends the old one at once.\n",
                    host ? fmt::format(" at {}", *host) : ""));
    session.say(kHowToSet);
    return token ? ExitCode::Ok : ExitCode::NotSignedIn;
}

}  // namespace cript::cli
