#pragma once

#include <string>
#include <string_view>

#include "cript/result.hpp"

namespace cript::client {

/// A server's address as people write it, made canonical: scheme, host, port if it is not the usual one, path
/// without its last slash and without `/api/v1`. Without a scheme it is https, or http on this machine
/// (loopback). Errors: Configuration.
[[nodiscard]] Result<std::string> normalise_host(std::string_view host);

/// Would a token travel to this (normalised) host unencrypted over a network?
[[nodiscard]] bool is_plain_http_to_elsewhere(std::string_view host);

}  // namespace cript::client
