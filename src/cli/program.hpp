#pragma once

#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace cript::cli {

/// Runs `cript` with these arguments (the program's name is not among them) and gives its exit status.
[[nodiscard]] int run(const std::vector<std::string>& arguments, Surroundings& surroundings);

}  // namespace cript::cli
