#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/application.hpp"
#include "base/secret.hpp"

namespace cript::server {

/// A command of the operator, as the command line read it.
struct Command {
    std::string name;  ///< such as "token show"
    std::map<std::string, std::string> arguments;
    base::SecretText password;  ///< of `user add`
};

/// What a command prints, and how it ended.
struct Outcome {
    int exit = 0;
    base::SecretText output;  ///< for standard output; may be a token
    std::string error;        ///< for standard error
};

/// Carries a command out: `user add|list|disable|enable|quota`, `token show|regenerate`, `audit verify`,
/// `reindex`.
[[nodiscard]] Outcome execute(api::Application& application, const Command& command);

}  // namespace cript::server
