#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "service/context.hpp"

namespace cript::service {

/// Keys that clients of S3 sign with. Nothing of them is stored: the session token names the credential they
/// are derived from, under a MAC; the secret follows from it by another MAC. They die with that credential.
struct StorageKeys {
    std::string access_key;
    base::SecretText secret;
    std::string session_token;
    base::Timestamp expires;
};

/// Who signs with such keys.
struct StorageCaller {
    account::Caller caller;
    base::SecretText secret;
};

class StorageCredentials {
  public:
    /// The SDK asks once and never again: a script has this long.
    static constexpr std::chrono::hours kLife{12};
    /// Of a signed URL, the longest.
    static constexpr std::chrono::minutes kUrlLife{15};

    static constexpr std::string_view kExpired = "credentials_expired";
    static constexpr std::string_view kUnknown = "credentials_unknown";

    explicit StorageCredentials(Context& context) : context_(context) {}

    /// Errors: Unauthenticated with kUnknown if the credential of the caller has just ended; Unavailable.
    [[nodiscard]] base::Result<StorageKeys> derive(const account::Caller& caller,
                                                   std::chrono::microseconds life) const;

    /// Whose the keys are that signed a request which began at `begun`: what takes longer than they are good
    /// for is not cut off, but a credential that has ended meanwhile is noticed. Errors: Unauthenticated,
    /// with code kExpired, or with kUnknown for whatever was not derived here or whose credential has ended;
    /// Unavailable.
    [[nodiscard]] base::Result<StorageCaller> check(std::string_view access_key,
                                                    std::string_view session_token,
                                                    base::Timestamp begun) const;

  private:
    Context& context_;
};

}  // namespace cript::service
