#pragma once

#include <string_view>

#include "http/message.hpp"
#include "http/server.hpp"

namespace cript::http {

/// The answer that no handler gives: the hook's, or plain text if there is no hook or it throws.
[[nodiscard]] Response failure_response(const ServerHooks& hooks, const Request& request, unsigned status,
                                        std::string_view message);

}  // namespace cript::http
