#pragma once

#include "base/secret.hpp"
#include "base/time.hpp"
#include "outbound/http_client.hpp"

namespace cript::outbound {

/// Who signs, and for what.
struct Signer {
    std::string access_key;
    base::SecretText secret_key;
    base::SecretText session_token;  ///< of keys that are lent for a while; may be empty
    std::string region;
    std::string service = "s3";
};

struct Retries {
    int attempts = 3;
    std::chrono::milliseconds first_pause{200};  ///< doubled each time
};

/// Sends requests signed with AWS Signature Version 4, and sends them again if the server fails or is not
/// reached. Safe to use from any thread.
class SignedClient {
  public:
    /// `clock` outlives the client.
    SignedClient(HttpOptions options, Signer signer, const base::Clock& clock, Retries retries = {});

    /// Each request that is not to be sent once only is tried again after 429, 500, 502, 503, 504 and without
    /// an answer. `payload_hash` is the SHA-256 of the body, in hexadecimal. The last answer is given even if
    /// it is one of those.
    [[nodiscard]] tl::expected<Answer, NoAnswer> send(const Request& request, std::string_view payload_hash);

    /// As HttpClient::end(); nothing is tried again.
    void end() { http_.end(); }
    [[nodiscard]] bool is_ended() const { return http_.is_ended(); }

  private:
    [[nodiscard]] Request sign(const Request& request, std::string_view payload_hash) const;

    HttpClient http_;
    const Signer signer_;
    const base::Clock& clock_;
    const Retries retries_;
};

}  // namespace cript::outbound
