#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "crypto/digest.hpp"

namespace cript::account {

inline constexpr std::chrono::hours kSessionIdleLimit{24 * 7};       ///< without a request
inline constexpr std::chrono::hours kSessionAbsoluteLimit{24 * 30};  ///< from sign-in
inline constexpr std::chrono::minutes kReauthenticationWindow{
    10};  ///< in which a password counts as just given
inline constexpr std::chrono::minutes kSetupLinkLife{60};
inline constexpr std::chrono::seconds kUseResolution{60};  ///< uses are written down once in this span

/// A new bearer secret of 256 random bits, as base64url: session cookies, CSRF tokens, nonces, set-up links.
[[nodiscard]] inline base::SecretText new_bearer_secret() {
    std::array<std::uint8_t, 32> random{};
    base::fill_random(random);
    auto text = base::SecretText::take(base::to_base64url(random));
    base::wipe(random.data(), random.size());
    return text;
}

/// What the database keeps of such a secret. 256 random bits need no pepper.
[[nodiscard]] inline crypto::Digest bearer_digest(std::string_view secret) {
    return crypto::sha256(base::as_bytes(secret));
}

[[nodiscard]] inline bool session_is_over(base::Timestamp created, base::Timestamp last_seen,
                                          base::Timestamp now) {
    return now.since(created) > kSessionAbsoluteLimit || now.since(last_seen) > kSessionIdleLimit;
}

}  // namespace cript::account
