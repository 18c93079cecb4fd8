#include "api/authentication.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>

#include "account/audit.hpp"
#include "account/session.hpp"
#include "account/token.hpp"
#include "base/log.hpp"

namespace cript::api {

namespace {

using base::ErrorKind;
using base::fail;

bool is_trusted(const Application& application, std::string_view address) {
    const auto& proxies = application.trusted_proxies;
    return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// All values of a header that is a list, as one (RFC 9110 §5.3): a proxy may add a line of its own to those
/// that came.
std::string joined(const http::Headers& headers, std::string_view name) {
    std::string values;
    for (const auto& [field, value] : headers.fields()) {
        if (!base::equals_ignoring_case(field, name)) continue;
        values.append(values.empty() ? "" : ",").append(value);
    }
    return values;
}

/// Takes the last entry of a list between commas off its end.
std::string_view take_last(std::string_view& list) {
    const auto comma = list.rfind(',');
    const auto entry = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    return trimmed(entry);
}

/// The right-most hop that is not a proxy of ours.
std::string client_address(const Application& application, const http::Request& request) {
    if (!is_trusted(application, request.remote_address)) return request.remote_address;
    const auto forwarded = joined(request.headers, "X-Forwarded-For");
    std::string_view hops = forwarded;
    while (!hops.empty()) {
        const auto hop = take_last(hops);
        if (!hop.empty() && !is_trusted(application, hop)) return std::string(hop.substr(0, 64));
    }
    return request.remote_address;
}

bool changes_something(http::Method method) {
    return method != http::Method::Get && method != http::Method::Head && method != http::Method::Options;
}

base::Error refused() {
    return {ErrorKind::Unauthenticated, "a valid API token is needed", {}};
}

base::Result<Authenticated> by_token(Application& application, const http::Request& request,
                                     std::string_view header) {
    const auto origin = origin_of(application, request);
    auto caller = application.token_check.check(account::secret_of_header(header), origin);
    if (caller) return Authenticated{*caller, std::nullopt};
    if (caller.error().kind != ErrorKind::Unauthenticated) return fail(caller.error());
    const auto now = application.context.clock.now();
    const auto wait = application.failed_tokens.wait(origin.address, now);
    application.failed_tokens.failed(origin.address, now);
    if (!wait) return fail(refused());
    base::Error error{ErrorKind::RateLimited, "too many requests with a token that is not valid", {}};
    error.problems.push_back({"", error.message, "retry_after", std::to_string(wait->count())});
    return fail(std::move(error));
}

base::Result<Authenticated> by_cookie(Application& application, const http::Request& request,
                                      std::string_view cookie) {
    auto session = application.sessions.check(cookie);
    CRIPT_CHECK(session);
    if (changes_something(request.method)) {
        const auto expected = application.sessions.csrf_token(cookie);
        const auto sent = request.headers.find("X-CSRF-Token").value_or("");
        const bool matches =
            crypto::equal_in_constant_time(base::as_bytes(expected.reveal()), base::as_bytes(sent));
        if (!matches || !is_same_origin(request)) {
            return fail({ErrorKind::Forbidden,
                         "a change needs the page's own X-CSRF-Token and must come from this server's pages",
                         {{"", "missing or wrong X-CSRF-Token, or another origin", "csrf_refused", ""}}});
        }
    }
    const auto caller = session->caller;
    return Authenticated{caller, std::move(*session)};
}

}  // namespace

service::Origin origin_of(const Application& application, const http::Request& request) {
    auto client =
        std::string(request.headers.find("User-Agent").value_or("").substr(0, account::kLongestClientText));
    if (!base::is_utf8(client)) client = "(not readable)";
    return {client_address(application, request), std::move(client)};
}

base::Timestamp begin_of(const Application& application, const http::Request& request) {
    const auto ago = std::chrono::steady_clock::now() - request.begun;
    return application.context.clock.now().plus(-std::chrono::duration_cast<std::chrono::microseconds>(ago));
}

std::vector<std::string> holders_of(const Application& application, const http::Request& request) {
    std::vector<std::string> holders{client_address(application, request)};
    const auto add = [&holders](std::string_view credential) {
        holders.push_back(fmt::format("credential {:x}", std::hash<std::string_view>{}(credential)));
    };
    if (const auto header = request.headers.find("Authorization")) {
        add(account::secret_of_header(*header));
    } else if (const auto cookie = request.cookie(cookie_name(is_secure(application, request)))) {
        add(*cookie);
    }
    return holders;
}

bool is_secure(const Application& application, const http::Request& request) {
    if (request.secure) return true;
    if (!is_trusted(application, request.remote_address)) return false;
    const auto forwarded = joined(request.headers, "X-Forwarded-Proto");
    std::string_view hops = forwarded;
    return take_last(hops) == "https";
}

bool may_take_passwords(const Application& application, const http::Request& request) {
    return is_secure(application, request) || is_loopback(client_address(application, request));
}

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

std::string_view cookie_name(bool secure) {
    return secure ? "__Host-cript_session" : "cript_session";
}

std::string session_cookie(bool secure, std::string_view value) {
    std::string cookie(cookie_name(secure));
    cookie.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax");
    if (secure) cookie.append("; Secure");
    if (value.empty()) {
        cookie.append("; Max-Age=0");
    } else {
        const auto seconds =
            std::chrono::duration_cast<std::chrono::seconds>(account::kSessionAbsoluteLimit).count();
        cookie.append("; Max-Age=").append(std::to_string(seconds));
    }
    return cookie;
}

bool is_same_origin(const http::Request& request) {
    // A browser says where a request comes from (Fetch Metadata); older ones send Origin at least.
    if (const auto site = request.headers.find("Sec-Fetch-Site")) return *site == "same-origin";
    const auto origin = request.headers.find("Origin");
    if (!origin) return true;  // not a browser
    const auto scheme_end = origin->find("://");
    return scheme_end != std::string_view::npos &&
           origin->substr(scheme_end + 3) == request.headers.find("Host").value_or("");
}

base::Result<void> refuse_token_in_query(Application& application, const http::Request& request) {
    if (request.raw_query.empty()) return {};
    const bool named = account::query_names_a_token(request.raw_query);
    bool is_live = false;
    for (const auto& secret : account::bare_secrets_in_query(request.raw_query)) {
        auto owner = application.token_check.owner_of(secret);
        CRIPT_CHECK(owner);
        if (!*owner) continue;
        is_live = true;
        const auto origin = origin_of(application, request);
        CRIPT_CHECK(application.audit_log.record(
            {**owner, "token.seen_in_query", "server", origin.address, origin.client,
             "the token stood in the address of a request; addresses end up in logs: regenerate it"}));
    }
    if (!named && !is_live) return {};
    return fail({ErrorKind::InvalidInput,
                 "a token does not belong in the address: send it in the Authorization header",
                 {{"", "a token in the query string", "token_in_query", ""}}});
}

base::Result<Authenticated> authenticate(Application& application, const http::Request& request) {
    if (request.headers.count("Authorization") > 1) {
        return fail({ErrorKind::InvalidInput,
                     "a request carries one Authorization header",
                     {{"", "two Authorization headers", "two_credentials", ""}}});
    }
    CRIPT_CHECK(refuse_token_in_query(application, request));
    if (const auto header = request.headers.find("Authorization"))
        return by_token(application, request, *header);
    for (const bool secure : {true, false}) {
        const auto cookie = request.cookie(cookie_name(secure));
        // The plain cookie exists for loopback only.
        if (cookie && (secure || is_loopback(client_address(application, request)))) {
            return by_cookie(application, request, *cookie);
        }
    }
    return fail(ErrorKind::Unauthenticated, std::string(kNoCredential));
}

}  // namespace cript::api
