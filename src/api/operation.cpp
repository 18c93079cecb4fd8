#include "api/operation.hpp"

#include "api/envelope.hpp"

namespace cript::api {

namespace {

http::Response alive(const Call&) {
    return success(R"({"status":"alive"})");
}

/// Ready means that the database answers.
http::Response ready(const Call& call) {
    if (auto answered = call.application.accounts.is_empty(); !answered) return failure(answered.error());
    return success(R"({"status":"ready"})");
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
         .details = "For a load balancer: 503 while the database does not answer.",
         .handler = ready},
    };
}

}  // namespace cript::api
