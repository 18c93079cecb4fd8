#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace cript::store {

/// The file of `sqlite:PATH`; nothing for a URL of PostgreSQL. Errors: InvalidInput for anything else.
[[nodiscard]] base::Result<std::optional<std::filesystem::path>> sqlite_file_of(const std::string& url);

}  // namespace cript::store
