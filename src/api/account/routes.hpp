#pragma once

#include <vector>

#include "api/route_table.hpp"

namespace cript::api {

/// `/api/v1/account…`: our own, for people and their tokens. Described in docs/reference/http-api.md.
[[nodiscard]] std::vector<ApiRoute> account_routes();

// The parts, one file each.
[[nodiscard]] std::vector<ApiRoute> setup_routes();
[[nodiscard]] std::vector<ApiRoute> session_routes();
[[nodiscard]] std::vector<ApiRoute> token_routes();

/// The event of a call, for the audit log.
[[nodiscard]] account::AuditEvent event_of(const Call& call, std::string_view action);

/// The answer to who is calling: with the session's CSRF token if there is a session, and a nonce if one was
/// made.
[[nodiscard]] std::string describe_account(const Application& application, const store::AccountRow& account,
                                           const service::ActiveSession* session, std::string_view cookie,
                                           const base::SecretText* nonce);

inline constexpr std::size_t kSmallBody = 16 * 1024;

}  // namespace cript::api
