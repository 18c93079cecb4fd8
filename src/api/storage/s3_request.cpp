#include "api/storage/s3_request.hpp"

#include <algorithm>
#include <chrono>

#include "api/authentication.hpp"
#include "api/storage/s3_error.hpp"

namespace cript::api::storage {

namespace {

namespace sigv4 = crypto::sigv4;

/// How far the clock of a client may be off, as in S3.
constexpr std::chrono::minutes kClockSkew{15};

using Refusal = tl::unexpected<http::Response>;

Refusal refuse(unsigned status, std::string_view code, std::string_view message) {
    return Refusal(s3_failure(status, code, message));
}

bool is_signed(const sigv4::Claim& claim, std::string_view name) {
    const auto& names = claim.signed_headers;
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<std::string> value_in(const sigv4::Pairs& pairs, std::string_view name) {
    for (const auto& [key, value] : pairs) {
        if (key == name) return value;
    }
    return std::nullopt;
}

tl::expected<sigv4::Claim, http::Response> read_claim(const http::Request& request,
                                                      const sigv4::Pairs& query) {
    const auto authorization = request.headers.find("Authorization");
    const bool in_query = value_in(query, "X-Amz-Algorithm").has_value();
    if (!authorization && !in_query)
        return refuse(403, "AccessDenied", "the request is not signed (AWS Signature Version 4)");
    if (request.headers.count("Authorization") + (in_query ? 1 : 0) != 1)
        return refuse(400, "InvalidArgument", "a request carries one signature");
    auto claim =
        in_query ? sigv4::read_signed_query(query)
                 : sigv4::read_authorization(*authorization, request.headers.find("x-amz-date").value_or(""));
    if (!claim) {
        return refuse(400, in_query ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed",
                      claim.error().message);
    }
    if (claim->scope.service != "s3")
        return refuse(400, "AuthorizationHeaderMalformed", "the credential is not for the service s3");
    return *claim;
}

std::optional<http::Response> refuse_by_time(const sigv4::Claim& claim, base::Timestamp now) {
    const auto signed_at = *sigv4::read_date(claim.date);
    if (!claim.in_query) {
        const auto apart = now.since(signed_at);
        if (apart <= kClockSkew && apart >= -kClockSkew) return std::nullopt;
        return s3_failure(403, "RequestTimeTooSkewed",
                          "the request was signed more than 15 minutes from now");
    }
    const auto life = std::chrono::seconds(claim.expires);
    if (life > service::StorageCredentials::kUrlLife) {
        return s3_failure(400, "AuthorizationQueryParametersError",
                          "a signed address is good for 900 seconds at most");
    }
    if (now < signed_at.plus(-kClockSkew) || now > signed_at.plus(life))
        return s3_failure(403, "AccessDenied", "Request has expired");
    return std::nullopt;
}

/// The headers that the claim says are signed. Nothing if one is not there, or if one of Amazon's own is not
/// signed.
std::optional<sigv4::Pairs> signed_headers(const http::Request& request, const sigv4::Claim& claim) {
    sigv4::Pairs headers;
    for (const auto& name : claim.signed_headers) {
        if (request.headers.count(name) == 0) return std::nullopt;
    }
    for (const auto& [field, value] : request.headers.fields()) {
        const auto name = base::ascii_lower(field);
        if (is_signed(claim, name)) {
            headers.emplace_back(name, value);
        } else if (name.starts_with("x-amz-")) {
            return std::nullopt;
        }
    }
    return headers;
}

sigv4::Pairs without_signature(sigv4::Pairs query) {
    std::erase_if(query, [](const auto& pair) { return pair.first == "X-Amz-Signature"; });
    return query;
}

bool is_payload_hash(std::string_view text) {
    for (const auto word : {sigv4::kUnsignedPayload, sigv4::kSignedChunks, sigv4::kSignedChunksTrailer,
                            sigv4::kUnsignedChunksTrailer}) {
        if (text == word) return true;
    }
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

std::optional<std::string_view> S3Request::parameter(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

tl::expected<S3Request, http::Response> read_s3_request(Application& application,
                                                        const http::Request& request,
                                                        std::string_view bucket) {
    const auto query = sigv4::read_query(request.raw_query);
    if (!query) return refuse(400, "InvalidURI", "the query is badly escaped");
    auto claim = read_claim(request, *query);
    if (!claim) return Refusal(claim.error());
    if (auto refusal = refuse_by_time(*claim, begin_of(application, request))) return Refusal(*refusal);

    const auto session_token = claim->in_query
                                   ? value_in(*query, "X-Amz-Security-Token").value_or("")
                                   : std::string(request.headers.find("x-amz-security-token").value_or(""));
    auto signer = application.storage_credentials.check(claim->access_key, session_token,
                                                        begin_of(application, request));
    if (!signer) return Refusal(s3_failure(signer.error()));

    S3Request made;
    made.payload_hash = request.headers.find("x-amz-content-sha256")
                            .value_or(claim->in_query ? sigv4::kUnsignedPayload : std::string_view{});
    if (!is_payload_hash(made.payload_hash))
        return refuse(400, "InvalidRequest", "x-amz-content-sha256 is missing or malformed");
    const auto headers = signed_headers(request, *claim);
    const auto signed_query = claim->in_query ? without_signature(*query) : *query;
    const auto secret = signer->secret.reveal();
    const bool is_right = headers && sigv4::verify(*claim, secret,
                                                   {http::text(request.method), request.path, signed_query,
                                                    *headers, made.payload_hash});
    if (!is_right) {
        return refuse(403, "SignatureDoesNotMatch",
                      "the signature is not that of this request; check the secret key and what is signed");
    }
    if (made.payload_hash == sigv4::kSignedChunks || made.payload_hash == sigv4::kSignedChunksTrailer)
        made.signing_key = sigv4::signing_key(secret, claim->scope);
    made.caller = signer->caller;
    made.query = *query;
    made.address = {std::string(bucket), request.parameters.empty() ? "" : request.parameters.back()};
    made.claim = std::move(*claim);
    return made;
}

}  // namespace cript::api::storage
