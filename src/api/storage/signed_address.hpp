#pragma once

#include <string>
#include <string_view>

#include "api/application.hpp"
#include "crypto/sigv4.hpp"
#include "http/message.hpp"

namespace cript::api::storage {

/// What a signed address lets its holder do.
struct SignedRequest {
    std::string_view method;  ///< such as "GET", or "PUT" to send a file or, with `query`, a part of one
    service::FileAddress address;
    crypto::sigv4::Pairs query{};  ///< decoded, such as `uploadId` and `partNumber`
};

/// A whole URL of the storage gateway that needs no other credential, on the host that `request` came to.
/// It serves for service::StorageCredentials::kUrlLife, and no longer than the credential of `caller`.
/// Errors: those of service::StorageCredentials::derive.
[[nodiscard]] base::Result<std::string> signed_address(Application& application, const http::Request& request,
                                                       const account::Caller& caller,
                                                       const SignedRequest& wanted);

}  // namespace cript::api::storage
