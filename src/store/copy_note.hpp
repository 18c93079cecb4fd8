#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "store/manifest.hpp"

namespace cript::store {

/// What a copy remembers of itself in its own database, so that it can go on after it was killed.
struct CopyNote {
    Manifest source;
    std::string table;       ///< that is being copied; empty before the first
    Cells key;               ///< of the last row of it that is there
    std::uint64_t rows = 0;  ///< that are there, of all tables
};

/// As JSON.
[[nodiscard]] std::string to_text(const CopyNote& note);
/// A manifest alone, as JSON.
[[nodiscard]] std::string to_text(const Manifest& manifest);
/// Errors: InvalidInput if it is not such a text.
[[nodiscard]] base::Result<CopyNote> read_copy_note(std::string_view text);
[[nodiscard]] base::Result<Manifest> read_manifest(std::string_view text);

}  // namespace cript::store
