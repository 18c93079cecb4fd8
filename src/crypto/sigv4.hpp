#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/digest.hpp"

namespace cript::crypto::sigv4 {

// AWS Signature Version 4, as the *Amazon S3 API reference* defines it ("Authenticating Requests (AWS
// Signature Version 4)"), to sign requests and to verify them. S3's own rules hold: a path is encoded once
// and never normalised.

inline constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
inline constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
inline constexpr std::string_view kSignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
inline constexpr std::string_view kSignedChunksTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
inline constexpr std::string_view kUnsignedChunksTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
/// SHA-256 of nothing, in hexadecimal.
inline constexpr std::string_view kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Names and values. Of a query: decoded. Of a header: as sent.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What a key may sign: one day, one region, one service.
struct Scope {
    std::string date;  ///< `YYYYMMDD`
    std::string region;
    std::string service;

    /// `20130524/us-east-1/s3/aws4_request`
    [[nodiscard]] std::string text() const;
};

/// `20130524T000000Z`, as X-Amz-Date has it.
[[nodiscard]] std::string date_text(base::Timestamp time);
/// Reads that form. Nothing if it is no such instant.
[[nodiscard]] std::optional<base::Timestamp> read_date(std::string_view text);

/// A path as it is signed and sent: each segment escaped, the slashes kept.
[[nodiscard]] std::string encoded_path(std::string_view path);
/// A query as it is signed, and may be sent: escaped and sorted, `name=value` joined by `&`.
[[nodiscard]] std::string encoded_query(const Pairs& query);

/// The key that signs within a scope, derived from a secret access key.
[[nodiscard]] HmacKey signing_key(std::string_view secret, const Scope& scope);

struct RequestToSign {
    std::string_view method;
    std::string_view path;  ///< decoded
    const Pairs& query;     ///< decoded, without X-Amz-Signature
    const Pairs& headers;   ///< those that are signed, in any order; a name may come more than once
    std::string_view payload_hash;
};

/// `host;x-amz-date;…`: the names in lower case, sorted, each once.
[[nodiscard]] std::string signed_header_names(const Pairs& headers);
/// `METHOD \n path \n query \n headers \n names \n payload hash`.
[[nodiscard]] std::string canonical_request(const RequestToSign& request);
[[nodiscard]] std::string string_to_sign(std::string_view date, const Scope& scope,
                                         std::string_view canonical);
/// In hexadecimal.
[[nodiscard]] std::string signature(const HmacKey& key, std::string_view string_to_sign);

/// The value of `Authorization` for a request that is sent now. `headers` hold `host`, `x-amz-date` and
/// `x-amz-content-sha256` already.
[[nodiscard]] std::string authorization(std::string_view access_key, std::string_view secret,
                                        const Scope& scope, std::string_view date,
                                        const RequestToSign& request);

/// The signature that a request came with.
struct Claim {
    std::string access_key;
    Scope scope;
    std::string date;                         ///< as in X-Amz-Date
    std::vector<std::string> signed_headers;  ///< lower case, in the order claimed
    std::string signature;                    ///< in hexadecimal
    bool in_query = false;                    ///< a signed URL
    std::int64_t expires = 0;                 ///< seconds after `date`; of a signed URL
};

/// Reads the claim of an `Authorization` header. `date` is X-Amz-Date.
/// Errors: InvalidInput, naming what is malformed.
[[nodiscard]] base::Result<Claim> read_authorization(std::string_view header, std::string_view date);
/// Reads the claim of a signed URL from its decoded query.
/// Errors: InvalidInput, naming what is malformed or missing.
[[nodiscard]] base::Result<Claim> read_signed_query(const Pairs& query);

/// Is the claim's signature the one that `secret` gives for this request? Compares in constant time.
[[nodiscard]] bool verify(const Claim& claim, std::string_view secret, const RequestToSign& request);

/// Reads a raw query into decoded pairs, in their order; `+` is a plus. Nothing if it is badly escaped.
[[nodiscard]] std::optional<Pairs> read_query(std::string_view raw_query);

}  // namespace cript::crypto::sigv4
