#pragma once

#include <filesystem>
#include <istream>
#include <string>
#include <string_view>

#include "cript/result.hpp"

namespace cript::cli {

/// The content of a file, or of `standard_input` for "-". Errors name the file and the reason.
[[nodiscard]] Result<std::string> read_text(const std::string& path, std::istream& standard_input);

/// Writes a file as a whole: a reader, or a crash, meets the old content or the new one, never a part. A file
/// that is there keeps its mode, and a link to it stays one.
[[nodiscard]] Result<void> write_text(const std::filesystem::path& path, std::string_view text);

}  // namespace cript::cli
