#include "api/storage/signed_address.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "api/authentication.hpp"

namespace cript::api::storage {

namespace {

namespace sigv4 = crypto::sigv4;

/// The gateway takes any region; this one is in every client.
constexpr std::string_view kRegion = "us-east-1";

void append_path(std::string& url, std::string_view path) {
    while (true) {
        const auto slash = path.find('/');
        url.append(base::percent_encode(path.substr(0, slash)));
        if (slash == std::string_view::npos) return;
        url.push_back('/');
        path.remove_prefix(slash + 1);
    }
}

void append_query(std::string& url, const sigv4::Pairs& query) {
    char separator = '?';
    for (const auto& [name, value] : query) {
        url.push_back(std::exchange(separator, '&'));
        url.append(base::percent_encode(name)).append("=").append(base::percent_encode(value));
    }
}

}  // namespace

base::Result<std::string> signed_address(Application& application, const http::Request& request,
                                         const account::Caller& caller, const SignedRequest& wanted) {
    constexpr std::chrono::seconds kLife = service::StorageCredentials::kUrlLife;
    const auto keys = application.storage_credentials.derive(caller, kLife);
    CRIPT_CHECK(keys);
    const auto date = sigv4::date_text(application.context.clock.now());
    const sigv4::Scope scope{date.substr(0, 8), std::string(kRegion), "s3"};
    const auto host = std::string(request.headers.find("Host").value_or(""));
    const auto path = fmt::format("/storage/{}/{}", wanted.address.bucket, wanted.address.key);
    auto query = wanted.query;
    query.emplace_back("X-Amz-Algorithm", sigv4::kAlgorithm);
    query.emplace_back("X-Amz-Credential", fmt::format("{}/{}", keys->access_key, scope.text()));
    query.emplace_back("X-Amz-Date", date);
    query.emplace_back("X-Amz-Expires", std::to_string(kLife.count()));
    query.emplace_back("X-Amz-Security-Token", keys->session_token);
    query.emplace_back("X-Amz-SignedHeaders", "host");
    const sigv4::Pairs headers{{"host", host}};
    const auto canonical =
        sigv4::canonical_request({wanted.method, path, query, headers, sigv4::kUnsignedPayload});
    query.emplace_back("X-Amz-Signature", sigv4::signature(sigv4::signing_key(keys->secret.reveal(), scope),
                                                           sigv4::string_to_sign(date, scope, canonical)));
    auto url = fmt::format("{}://{}", is_secure(application, request) ? "https" : "http", host);
    append_path(url, path);
    append_query(url, query);
    return url;
}

}  // namespace cript::api::storage
