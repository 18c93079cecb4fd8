#pragma once

#include "http/message.hpp"

namespace cript::api {

/// Turns a failure into problem details (RFC 9457) for a caller that accepts `application/problem+json`:
/// `type`, `title`, `status`, `detail`, and our `errors`. Other answers, and other callers', stay as they
/// are.
void use_problem_details(const http::Request& request, http::Response& response);

}  // namespace cript::api
