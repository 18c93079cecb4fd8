#include "api/storage/cognito.hpp"

#include "account/token.hpp"
#include "api/authentication.hpp"
#include "api/envelope.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace cript::api::storage {

namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kGetId = "AWSCognitoIdentityService.GetId";
constexpr std::string_view kGetCredentials = "AWSCognitoIdentityService.GetCredentialsForIdentity";

http::Response json_answer(unsigned status, std::string body) {
    http::Response response{.status = status, .body = std::move(body)};
    response.with("Content-Type", "application/x-amz-json-1.1").with("Cache-Control", "no-store");
    return response;
}

http::Response cognito_failure(unsigned status, std::string_view type, std::string_view message) {
    std::string body;
    base::JsonWriter json(body);
    json.begin_object().member("__type", type).member("message", message).end_object();
    auto response = json_answer(status, std::move(body));
    response.with("x-amzn-ErrorType", std::string(type));
    return response;
}

/// The storage token: the one value in `Logins`, whatever provider it stands under.
std::optional<base::SecretText> login_token(dom::element body) {
    dom::object logins;
    if (body["Logins"].get(logins) != simdjson::SUCCESS || logins.size() != 1) return std::nullopt;
    std::string_view token;
    if ((*logins.begin()).value.get(token) != simdjson::SUCCESS) return std::nullopt;
    return base::SecretText(token);
}

base::Result<account::Caller> check_token(Application& application, const http::Request& request,
                                          const base::SecretText& token) {
    const auto origin = origin_of(application, request);
    auto caller = application.token_check.check(account::secret_of_header(token.reveal()), origin);
    if (caller || caller.error().kind != base::ErrorKind::Unauthenticated) return caller;
    const auto now = application.context.clock.now();
    const bool is_too_often = application.failed_tokens.wait(origin.address, now).has_value();
    application.failed_tokens.failed(origin.address, now);
    if (is_too_often) return base::fail(base::ErrorKind::RateLimited, "too many wrong tokens");
    return caller;
}

http::Response refusal(const base::Error& error) {
    switch (error.kind) {
        case base::ErrorKind::Unauthenticated:
            return cognito_failure(400, "NotAuthorizedException", "Invalid login token.");
        case base::ErrorKind::RateLimited:
            return cognito_failure(429, "TooManyRequestsException", "Too many wrong tokens.");
        default:
            return cognito_failure(500, "InternalErrorException", error.message);
    }
}

/// An identity is named after its account, in the region that the client's pool is of.
std::string identity_of(const account::Caller& caller, dom::element body) {
    std::string_view pool;
    if (body["IdentityPoolId"].get(pool) != simdjson::SUCCESS) pool = "us-east-1:";
    return std::string(pool.substr(0, pool.find(':'))).append(":").append(caller.uuid.text());
}

http::Response give_id(const account::Caller& caller, dom::element body) {
    std::string answer;
    base::JsonWriter json(answer);
    json.begin_object().member("IdentityId", std::string_view(identity_of(caller, body))).end_object();
    return json_answer(200, std::move(answer));
}

http::Response give_credentials(Application& application, const account::Caller& caller, dom::element body) {
    std::string_view identity;
    const bool is_named = body["IdentityId"].get(identity) == simdjson::SUCCESS;
    if (!is_named || !identity.ends_with(caller.uuid.text()))
        return cognito_failure(400, "NotAuthorizedException", "The identity is not that of the login token.");
    const auto keys = application.storage_credentials.derive(caller, service::StorageCredentials::kLife);
    if (!keys) return refusal(keys.error());
    std::string answer;
    answer.reserve(1'024);  // one buffer, so that one wipe clears it
    base::JsonWriter json(answer);
    json.begin_object().member("IdentityId", identity).key("Credentials").begin_object();
    json.member("AccessKeyId", std::string_view(keys->access_key))
        .member("SecretKey", keys->secret.reveal())
        .member("SessionToken", std::string_view(keys->session_token))
        .member("Expiration", keys->expires.microseconds / 1'000'000);
    json.end_object().end_object();
    return json_answer(200, std::move(answer));
}

}  // namespace

http::Response answer_cognito(Application& application, const http::Request& request) {
    const auto target = request.headers.find("X-Amz-Target");
    if (!target) return failure(404, kNotFoundText);
    const bool wants_id = *target == kGetId;
    if (!wants_id && *target != kGetCredentials)
        return cognito_failure(400, "UnknownOperationException", "There is no such operation here.");
    const auto document = base::JsonDocument::parse(request.body, {.bytes = 64 * 1024, .depth = 8});
    if (!document || !document->root().is_object())
        return cognito_failure(400, "InvalidParameterException", "The body is not a JSON object.");
    const auto token = login_token(document->root());
    if (!token) return cognito_failure(400, "NotAuthorizedException", "Logins must hold one login token.");
    auto caller = check_token(application, request, *token);
    if (!caller) return refusal(caller.error());
    return wants_id ? give_id(*caller, document->root())
                    : give_credentials(application, *caller, document->root());
}

}  // namespace cript::api::storage
