#include "cli/secret_arguments.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/encoding.hpp"
#include "cript/token.hpp"

namespace cript::cli {

namespace {

constexpr std::string_view kReason =
    "a token does not belong on the command line: every program on this machine can read it in the process "
    "list, and "
    "your shell writes it into its history.\n"
    "Put it into the environment instead:\n"
    "  read -rs CRIPT_API_KEY && export CRIPT_API_KEY    (then paste it; nothing is shown)\n"
    "If the text you gave is a real token, it is in your shell's history now: open Security settings on your "
    "CRIPT\n"
    "server and press 'Regenerate API token'.";

bool names_a_secret(std::string_view argument) {
    constexpr std::array<std::string_view, 8> kNames{"token",     "api-key",   "api_key",       "apikey",
                                                     "api-token", "api_token", "storage-token", "password"};
    if (argument.size() < 2 || argument.substr(0, 2) != "--") return false;
    const auto name = base::ascii_lower(argument.substr(2, argument.find('=') - 2));
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool holds_a_token(std::string_view argument) {
    const auto equals = argument.find('=');
    return looks_like_token(argument) ||
           (equals != std::string_view::npos && looks_like_token(argument.substr(equals + 1)));
}

}  // namespace

std::optional<std::string> refusal_of_secrets(const std::vector<std::string>& arguments) {
    const bool secret = std::any_of(arguments.begin(), arguments.end(), [](const std::string& argument) {
        return names_a_secret(argument) || holds_a_token(argument);
    });
    if (!secret) return std::nullopt;
    return std::string(kReason);
}

}  // namespace cript::cli
