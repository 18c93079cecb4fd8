#include "api/signed_address.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/encoding.hpp"

namespace cript::api {

namespace sigv4 = crypto::sigv4;

std::string signed_path(const Call& call, std::string_view method, const service::FileAddress& address,
                        sigv4::Pairs options, std::string_view host) {
    constexpr std::chrono::seconds kLife = service::StorageCredentials::kUrlLife;
    const auto keys = call.application.storage_credentials.derive(call.caller(), kLife);
    const auto date = sigv4::date_text(call.application.context.clock.now());
    const sigv4::Scope scope{date.substr(0, 8), "us-east-1", "s3"};
    const auto path = fmt::format("/storage/{}/{}", address.bucket, address.key);
    sigv4::Pairs query{{"X-Amz-Algorithm", std::string(sigv4::kAlgorithm)},
                       {"X-Amz-Credential", fmt::format("{}/{}", keys.access_key, scope.text())},
                       {"X-Amz-Date", date},
                       {"X-Amz-Expires", std::to_string(kLife.count())},
                       {"X-Amz-Security-Token", keys.session_token},
                       {"X-Amz-SignedHeaders", "host"}};
    query.insert(query.end(), options.begin(), options.end());
    const sigv4::Pairs headers{{"host", std::string(host)}};
    const auto canonical =
        sigv4::canonical_request({std::string(method), path, query, headers, sigv4::kUnsignedPayload});
    query.emplace_back("X-Amz-Signature", sigv4::signature(sigv4::signing_key(keys.secret.reveal(), scope),
                                                           sigv4::string_to_sign(date, scope, canonical)));
    std::string url = "/storage/" + address.bucket;
    for (std::string_view rest = address.key;;) {
        const auto slash = rest.find('/');
        url.append("/").append(base::percent_encode(rest.substr(0, slash)));
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }
    char separator = '?';
    for (const auto& [name, value] : query) {
        url.push_back(std::exchange(separator, '&'));
        url.append(name).append("=").append(base::percent_encode(value));
    }
    return url;
}

}  // namespace cript::api
