#include "client/environment.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "client/host.hpp"

namespace cript::client {

namespace {

template <class Names>
const char* first_set(const LookUp& look_up, const Names& names) {
    for (const char* name : names) {
        const char* value = look_up(name);
        if (value != nullptr && *value != '\0') return name;
    }
    return nullptr;
}

}  // namespace

LookUp process_environment() {
    return [](const char* name) -> const char* { return std::getenv(name); };
}

const char* token_variable(const LookUp& look_up) {
    return first_set(look_up, kTokenVariables);
}

std::optional<Setting> host_setting(const LookUp& look_up) {
    const char* variable = first_set(look_up, kHostVariables);
    if (variable == nullptr) return std::nullopt;
    return Setting{variable, look_up(variable)};
}

Result<Token> token_from(const LookUp& look_up) {
    const char* variable = token_variable(look_up);
    if (variable == nullptr) {
        return Error{
            ErrorKind::Configuration,
            0,
            "no API token: set the environment variable CRIPT_API_KEY (or CRIPT_TOKEN) to the text that the "
            "page Security settings of your CRIPT server shows under API Token",
            {}};
    }
    auto token = Token::parse(look_up(variable));
    if (token) return token;
    auto error = std::move(token).error();
    error.message =
        fmt::format("the environment variable {} holds no usable token: {}", variable, error.message);
    return error;
}

Result<std::string> host_from(const LookUp& look_up) {
    const auto setting = host_setting(look_up);
    if (!setting) {
        return Error{
            ErrorKind::Configuration,
            0,
            "no server: set the environment variable CRIPT_HOST (or CRIPT_BASE_URL) to the address of your "
            "CRIPT server, such as cript.example.org",
            {}};
    }
    auto host = normalise_host(setting->value);
    if (host) return host;
    auto error = std::move(host).error();
    error.message = fmt::format("the environment variable {}: {}", setting->variable, error.message);
    return error;
}

}  // namespace cript::client
