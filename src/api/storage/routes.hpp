#pragma once

#include "api/application.hpp"
#include "http/router.hpp"

namespace cript::api::storage {

/// Adds the storage gateway: the calls of Amazon Cognito and S3 that the published SDKs make for files, at
/// the root of the server and below `/storage`, for the buckets of the installation. `application` outlives
/// the router.
void mount(http::Router& router, Application& application);

/// May a bucket be called that? S3's rules for names, and no name that the server's own paths begin with.
[[nodiscard]] bool is_bucket_name(std::string_view name);

}  // namespace cript::api::storage
