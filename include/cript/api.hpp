#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cript/json_api.hpp"
#include "cript/options.hpp"
#include "cript/result.hpp"
#include "cript/token.hpp"

namespace cript {

/// Whose token it is.
struct Account {
    std::string uuid;
    std::string username;
    std::string email;
    bool admin = false;
    std::string created_at;  ///< RFC 3339, UTC
};

/// A connection to one CRIPT server, as one account. It keeps the TCP connection open between requests, and
/// may be used from several threads, whose requests then take turns.
class Api {
  public:
    /// Token from `CRIPT_API_KEY`, else `CRIPT_TOKEN`; host from `CRIPT_HOST`, else `CRIPT_BASE_URL`. A
    /// variable that is set but empty counts as not set. `SSL_CERT_FILE` names authorities to trust if the
    /// options do not. No request is made yet. Errors: Configuration, saying what to set and where to find
    /// it.
    [[nodiscard]] static Result<Api> from_environment(Options options = {});

    /// `host` as people write it: "cript.example.org" (https), "localhost:8000" (http), or a whole URL, with
    /// or without
    /// `/api/v1`. No request is made yet. Errors: Configuration for a host that cannot be one.
    [[nodiscard]] static Result<Api> connect(std::string_view host, Token token, Options options = {});

    Api(Api&&) noexcept;
    Api& operator=(Api&&) noexcept;
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;
    ~Api();

    /// The server: "https://cript.example.org".
    [[nodiscard]] const std::string& host() const noexcept;

    /// Asks the server whose token this is. Errors: Unauthenticated when it is not valid (any more).
    [[nodiscard]] Result<Account> whoami();

    /// The same server on the level of JSON documents.
    [[nodiscard]] JsonApi raw();

  private:
    explicit Api(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace cript
