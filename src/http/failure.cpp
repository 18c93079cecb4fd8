#include "http/failure.hpp"

#include "base/log.hpp"

namespace cript::http {

Response failure_response(const ServerHooks& hooks, const Request& request, unsigned status,
                          std::string_view message) {
    try {
        if (hooks.failure) return hooks.failure(request, status, message);
    } catch (...) {
        base::log(base::LogLevel::Error, "failure_hook_threw");
    }
    Response plain{.status = status, .body = std::string(message)};
    plain.with("Content-Type", "text/plain; charset=utf-8");
    return plain;
}

}  // namespace cript::http
