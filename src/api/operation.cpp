#include "api/operation.hpp"

#include "api/envelope.hpp"

namespace cript::api {

namespace {

http::Response alive(const Call&) {
    return success(R"({"status":"alive"})");
}

/// Ready means that the database answers. That files cannot be stored is told, and no reason to turn away.
http::Response ready(const Call& call) {
    auto answered = service::read_promptly<std::uint64_t>(
        call.application.context.store, [](store::Reader& reader) { return reader.count_accounts(); });
    if (!answered) return failure(answered.error());
    // Without files everything else is served: no reason for a balancer to send nobody here.
    const bool takes_files = call.application.files.check_condition().has_value();
    return success(takes_files ? R"({"status":"ready","files":"available"})"
                               : R"({"status":"ready","files":"unavailable"})");
}

/// While it does not, nobody waits to hear it.
std::optional<http::Response> not_ready(const Call& call) {
    if (call.application.context.store.is_reachable()) return std::nullopt;
    return failure({base::ErrorKind::Unavailable, "the database does not answer", {}});
}

}  // namespace

std::vector<ApiRoute> operation_routes() {
    return {
        {.method = http::Method::Get,
         .pattern = "/healthz",
         .access = Access::Anyone,
         .scope = Scope::None,
         .group = "Operation",
         .summary = "Does the process run?",
         .details = "For a supervisor: a failure means restart.",
         .handler = {},
         .quick = alive},
        {.method = http::Method::Get,
         .pattern = "/readyz",
         .access = Access::Anyone,
         .scope = Scope::None,
         .group = "Operation",
         .summary = "Can it serve?",
         .details = "For a load balancer: 503 while the database does not answer. `files` is `unavailable` "
                    "while none can be stored.",
         .handler = ready,
         .quick = not_ready},
    };
}

}  // namespace cript::api
