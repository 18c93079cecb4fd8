#include "outbound/signed_client.hpp"

#include <thread>

#include "crypto/sigv4.hpp"

namespace cript::outbound {

namespace {

bool may_pass(const tl::expected<Answer, NoAnswer>& answer) {
    if (!answer) return answer.error().reason != NoAnswer::Reason::Untrusted;
    switch (answer->status) {
        case 429:
        case 500:
        case 502:
        case 503:
        case 504:
            return true;
        default:
            return false;
    }
}

}  // namespace

SignedClient::SignedClient(HttpOptions options, Signer signer, const base::Clock& clock, Retries retries)
    : http_(std::move(options)), signer_(std::move(signer)), clock_(clock), retries_(retries) {}

Request SignedClient::sign(const Request& request, std::string_view payload_hash) const {
    namespace sigv4 = crypto::sigv4;
    auto made = request;
    const auto date = sigv4::date_text(clock_.now());
    made.headers.emplace_back("x-amz-date", date);
    made.headers.emplace_back("x-amz-content-sha256", payload_hash);
    if (!signer_.session_token.empty())
        made.headers.emplace_back("x-amz-security-token", signer_.session_token.reveal());
    auto to_sign = made.headers;
    to_sign.emplace_back("host", http_.host());
    const sigv4::Scope scope{date.substr(0, 8), signer_.region, signer_.service};
    made.headers.emplace_back(
        "Authorization", sigv4::authorization(signer_.access_key, signer_.secret_key.reveal(), scope, date,
                                              {made.method, made.path, made.query, to_sign, payload_hash}));
    return made;
}

tl::expected<Answer, NoAnswer> SignedClient::send(const Request& request, std::string_view payload_hash) {
    auto pause = retries_.first_pause;
    for (int attempt = 1;; ++attempt) {
        // Signed anew each time: a signature grows old.
        auto answer = http_.send(sign(request, payload_hash));
        if (request.only_once || attempt >= retries_.attempts || !may_pass(answer)) return answer;
        if (is_ended()) return answer;
        std::this_thread::sleep_for(pause);
        pause *= 2;
    }
}

}  // namespace cript::outbound
