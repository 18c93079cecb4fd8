#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/application.hpp"
#include "http/message.hpp"

namespace cript::api {

/// Who a request comes from.
struct Authenticated {
    account::Caller caller;
    std::optional<service::ActiveSession> session;  ///< if a cookie proved it
};

/// What authenticate() says where there is no credential at all.
inline constexpr std::string_view kNoCredential = "an API token is needed";

/// Reads the credential of a request. A token decides where a cookie comes along.
/// Errors: InvalidInput for two Authorization headers or a token in the query string; Unauthenticated;
/// Forbidden for a change by cookie without the page's CSRF token or from another origin; RateLimited;
/// Unavailable.
[[nodiscard]] base::Result<Authenticated> authenticate(Application& application,
                                                       const http::Request& request);

/// Refuses a token in the query string, and tells its owner if it is a live one.
[[nodiscard]] base::Result<void> refuse_token_in_query(Application& application,
                                                       const http::Request& request);

/// Address and User-Agent of the client, past trusted proxies.
[[nodiscard]] service::Origin origin_of(const Application& application, const http::Request& request);

/// When its header was complete, by the clock of the server.
[[nodiscard]] base::Timestamp begin_of(const Application& application, const http::Request& request);

/// Whose memory a body takes: the address it comes from and, if it says so, the credential. Names without
/// meaning.
[[nodiscard]] std::vector<std::string> holders_of(const Application& application,
                                                  const http::Request& request);

/// Did the request come over TLS, to us or to a trusted proxy?
[[nodiscard]] bool is_secure(const Application& application, const http::Request& request);
[[nodiscard]] bool is_loopback(std::string_view address);
/// A password travels over TLS, or does not leave the machine.
[[nodiscard]] bool may_take_passwords(const Application& application, const http::Request& request);

/// The name of the session cookie: `__Host-` needs Secure, which plain HTTP on loopback cannot have.
[[nodiscard]] std::string_view cookie_name(bool secure);
/// A Set-Cookie value that sets it, or ends it if `value` is empty.
[[nodiscard]] std::string session_cookie(bool secure, std::string_view value);

/// Is the request of the page that the server itself served? For requests that change something without a
/// session.
[[nodiscard]] bool is_same_origin(const http::Request& request);

}  // namespace cript::api
