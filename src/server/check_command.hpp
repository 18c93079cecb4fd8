#pragma once

#include "server/operator_commands.hpp"
#include "server/options.hpp"

namespace cript::server {

inline constexpr int kDamageFound = 1;
inline constexpr int kNotChecked = 2;

/// Looks through the instance for damage: `criptd check`. Reads only, on a connection of its own, so it may
/// run beside a server. `reads_contents`: every byte of every file too. The exit status is 0 if all is sound,
/// kDamageFound, or kNotChecked.
[[nodiscard]] Outcome check_instance(const Options& options, bool as_json, bool reads_contents);

}  // namespace cript::server
