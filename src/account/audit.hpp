#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "crypto/digest.hpp"

namespace cript::account {

/// One line of the audit log.
struct AuditEvent {
    std::int64_t account = 0;  ///< whom it concerns
    std::string action;        ///< such as "token.regenerated"; the list is in docs/reference/http-api.md
    std::string actor;         ///< "session", "token", "operator" or "server"
    std::string address;       ///< of the client; empty for the operator
    std::string client;        ///< its User-Agent, shortened
    std::string detail;        ///< a short text without secrets
};

inline constexpr std::size_t kLongestClientText = 200;

/// The seal of one event: HMAC over the seal before it and every field of the event, each with its length, so
/// that no field can be changed, moved, dropped or reordered without breaking every later seal.
[[nodiscard]] crypto::Digest seal_event(const crypto::HmacKey& key, const crypto::Digest& previous,
                                        std::int64_t id, base::Timestamp at, const AuditEvent& event);

}  // namespace cript::account
