#pragma once

#include "client/connection.hpp"
#include "cript/json_api.hpp"

namespace cript::client {

/// Opens the server's envelope `{code, data, error}`: the data of a success, or the error with its problems.
/// Errors: of the kind of the HTTP status; NotCript for an answer that is no envelope.
[[nodiscard]] Result<JsonAnswer> open_envelope(const WireAnswer& answer, std::string_view host);

}  // namespace cript::client
