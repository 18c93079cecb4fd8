#pragma once

#include <cstdint>
#include <string_view>

#include "server/operator_commands.hpp"
#include "store/types.hpp"

namespace cript::server {

/// `user quota NAME [SIZE|none]`: sets the quota of an account's files if there is a SIZE, and shows what
/// they take and may take.
[[nodiscard]] Outcome quota_command(api::Application& application, const store::AccountRow& account,
                                    const Command& command);

/// A number of bytes as people write it: `500MB` (powers of 1000), `2GiB` (of 1024), `1.5 TiB`, `4096`; units
/// in any case. Errors: InvalidInput.
[[nodiscard]] base::Result<std::uint64_t> parse_size(std::string_view text);

/// "2 GiB", "500 MB": in the largest unit that tells it exactly, else with one decimal.
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace cript::server
