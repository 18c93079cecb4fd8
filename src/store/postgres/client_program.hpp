#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace cript::store::postgres {

/// Runs a program of PostgreSQL's clients, found in PATH, on the database of a URL, and waits for its end.
/// The URL goes by the environment (PostgreSQL manual, "Environment Variables"), so that no other user sees a
/// password. What the program says goes to standard error. Errors: Unavailable if it is missing or fails.
[[nodiscard]] base::Result<void> run_client_program(const std::string& program,
                                                    std::vector<std::string> arguments,
                                                    const std::string& url);

/// The name of the URL's database.
[[nodiscard]] std::string database_of(const std::string& url);

}  // namespace cript::store::postgres
