#include "blob/blob_store.hpp"

namespace cript::blob {

base::Result<std::unique_ptr<BlobStore>> open(const std::string& url) {
    constexpr std::string_view kFile = "file:";
    if (url.starts_with(kFile) && url.size() > kFile.size()) return open_filesystem(url.substr(kFile.size()));
    return base::fail(base::ErrorKind::InvalidInput, "a blob store is file:FOLDER, not '" + url + "'");
}

}  // namespace cript::blob
