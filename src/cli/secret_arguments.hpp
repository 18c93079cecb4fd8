#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cript::cli {

/// Why a command line cannot be run, if it holds a token: as `--token`, `--api-key` and the like, or as any
/// argument of a token's shape. The text tells the reason and what to do, and repeats nothing of the token.
[[nodiscard]] std::optional<std::string> refusal_of_secrets(const std::vector<std::string>& arguments);

}  // namespace cript::cli
