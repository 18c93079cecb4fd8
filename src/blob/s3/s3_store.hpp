#pragma once

#include <memory>
#include <string>

#include "blob/blob_store.hpp"
#include "blob/s3/s3_settings.hpp"

namespace cript::blob {

/// Contents longer than this are sent in parts of at least this many bytes.
inline constexpr std::uint64_t kSmallestPart = std::uint64_t{16} << 20U;

/// Opens a store in a bucket, which is not asked before check(). Its objects are named as the files of a
/// store in a folder are: `PREFIX/sha256/ab/abcd…`. Errors: InvalidInput for settings that cannot be;
/// Unavailable if the folder for what comes in cannot be made.
[[nodiscard]] base::Result<std::unique_ptr<BlobStore>> open_s3(const std::string& url,
                                                               const S3Settings& settings,
                                                               outbound::Retries retries = {});

}  // namespace cript::blob
