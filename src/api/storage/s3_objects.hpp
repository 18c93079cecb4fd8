#pragma once

#include "api/application.hpp"
#include "http/body_stream.hpp"
#include "http/message.hpp"

namespace cript::api::storage {

// What the SDKs ask of S3 (Amazon S3 API reference), for one bucket. The key is the last parameter of the
// route.

/// GetObject, HeadObject; ListParts with `?uploadId`.
[[nodiscard]] http::Response get_object(Application& application, const http::Request& request,
                                        std::string_view bucket);
/// PutObject; UploadPart with `?uploadId&partNumber`. Takes the body.
[[nodiscard]] http::Reception put_object(Application& application, const http::Request& request,
                                         std::string_view bucket);
/// CreateMultipartUpload with `?uploads`, CompleteMultipartUpload with `?uploadId`.
[[nodiscard]] http::Response post_object(Application& application, const http::Request& request,
                                         std::string_view bucket);
/// AbortMultipartUpload with `?uploadId`.
[[nodiscard]] http::Response delete_object(Application& application, const http::Request& request,
                                           std::string_view bucket);

}  // namespace cript::api::storage
