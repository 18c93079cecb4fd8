#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cript/result.hpp"
#include "cript/token.hpp"

namespace cript::client {

/// The seam to the process environment: the value of a variable, or null.
using LookUp = std::function<const char*(const char*)>;

/// The variables of the process itself.
[[nodiscard]] LookUp process_environment();

/// A variable that decides something, and what it holds.
struct Setting {
    const char* variable;
    std::string value;
};

/// The variables that may hold the token, and the host, in the order in which they are asked. An empty one is
/// unset.
inline constexpr const char* kTokenVariables[] = {"CRIPT_API_KEY", "CRIPT_TOKEN"};
inline constexpr const char* kHostVariables[] = {"CRIPT_HOST", "CRIPT_BASE_URL"};

/// The name of the variable that holds the token, or null.
[[nodiscard]] const char* token_variable(const LookUp& look_up);
/// The host setting that decides, as it is written.
[[nodiscard]] std::optional<Setting> host_setting(const LookUp& look_up);

/// Errors: Configuration, saying what to set and where to find it, or which variable holds no token.
[[nodiscard]] Result<Token> token_from(const LookUp& look_up);
/// The normalised host. Errors: Configuration.
[[nodiscard]] Result<std::string> host_from(const LookUp& look_up);

}  // namespace cript::client
