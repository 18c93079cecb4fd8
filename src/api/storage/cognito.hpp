#pragma once

#include "api/application.hpp"
#include "http/message.hpp"

namespace cript::api::storage {

/// Amazon Cognito's `GetId` and `GetCredentialsForIdentity` (Cognito Identity API reference; JSON 1.1): the
/// API token in `Logins` is turned into keys for S3. What else comes there is not found.
[[nodiscard]] http::Response answer_cognito(Application& application, const http::Request& request);

}  // namespace cript::api::storage
