#pragma once

#include <optional>
#include <tl/expected.hpp>

#include "api/application.hpp"
#include "blob/aws_chunked.hpp"
#include "crypto/sigv4.hpp"
#include "http/message.hpp"

namespace cript::api::storage {

/// A request whose signature was found right.
struct S3Request {
    account::Caller caller;
    crypto::sigv4::Pairs query;  ///< decoded
    service::FileAddress address;
    std::string payload_hash;  ///< X-Amz-Content-SHA256: a hash, or one of the words of sigv4
    crypto::sigv4::Claim claim;
    std::optional<crypto::HmacKey> signing_key;  ///< where the chunks of the body are signed too

    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Verifies the signature of a request to a bucket, in its header or its address, and finds whose it is. Or
/// the answer that refuses it.
[[nodiscard]] tl::expected<S3Request, http::Response> read_s3_request(Application& application,
                                                                      const http::Request& request,
                                                                      std::string_view bucket);

}  // namespace cript::api::storage
