#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "service/file_storage.hpp"

namespace cript::api::storage {

/// Reads `<CompleteMultipartUpload><Part><PartNumber/><ETag/>…</Part>…` (Amazon S3 API reference). Elements
/// with other names, such as checksums of parts that were checked when they came, say nothing here.
/// Errors: InvalidInput for anything else, document type declarations included.
[[nodiscard]] base::Result<std::vector<service::FileStorage::Part>> read_complete_body(std::string_view body);

}  // namespace cript::api::storage
