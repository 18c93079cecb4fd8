#include "blob/s3/s3_store.hpp"

namespace cript::blob {

base::Result<std::unique_ptr<BlobStore>> open(const std::string& url, const S3Settings& s3) {
    constexpr std::string_view kFile = "file:";
    if (url.starts_with(kFile) && url.size() > kFile.size()) return open_filesystem(url.substr(kFile.size()));
    if (url.starts_with("s3:")) return open_s3(url, s3);
    // What stands there may be a key: it is not repeated.
    return base::fail(base::ErrorKind::InvalidInput, "blob.url is neither file:FOLDER nor s3://BUCKET");
}

}  // namespace cript::blob
