#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "blob/blob_store.hpp"
#include "server/options.hpp"

namespace cript::server {

/// The folder that the contents of files are in, if it is one.
[[nodiscard]] std::optional<std::filesystem::path> contents_folder(const Options& options);

/// Gives a folder of contents all that another one has: by a link where both are on one disk, since a content
/// never changes, and else by a copy. What goes away meanwhile is left out. Gives how many there were to
/// give. Errors: Unavailable.
[[nodiscard]] base::Result<std::uint64_t> copy_contents(const std::filesystem::path& from,
                                                        const std::filesystem::path& to);

struct MissingContents {
    std::uint64_t used = 0;     ///< contents that files are of
    std::uint64_t missing = 0;  ///< of those
};
/// Looks whether what the files of the store are of is in the store of contents. Errors: Unavailable; those
/// of BlobStore::check().
[[nodiscard]] base::Result<MissingContents> find_missing_contents(const Options& options,
                                                                  blob::BlobStore& blobs);

}  // namespace cript::server
