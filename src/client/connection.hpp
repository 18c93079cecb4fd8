#pragma once

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cript/json.hpp"
#include "cript/options.hpp"
#include "cript/result.hpp"
#include "cript/token.hpp"

namespace cript {

/// One request below `/api/v1`.
struct WireRequest {
    std::string method;
    std::string target;    ///< path and query, escaped: "/search/exact/project/?q=a%20b"
    std::string body;      ///< JSON, or empty for none
    std::string if_match;  ///< a revision, or empty
    bool is_read = false;  ///< changes nothing, though it is no GET; so it may be tried again
};

/// What came back.
struct WireAnswer {
    int status = 0;
    std::string revision;                    ///< ETag without its quotes
    std::string location;                    ///< of a redirect
    std::optional<std::string> retry_after;  ///< as sent
    std::string body;
};

/// HTTP to one server with one token: keeps the connection open, sends the token, tries reads again, and
/// knows nothing of what is said.
class Connection {
  public:
    Connection(std::string host, Token token, Options options);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] const std::string& host() const { return host_; }

    /// Any answer is a success here, whatever its status. Errors: Unreachable, TimedOut, TooLarge.
    [[nodiscard]] Result<WireAnswer> exchange(const WireRequest& request);

  private:
    class Attempt;
    struct Handle;
    [[nodiscard]] CURLcode perform(const WireRequest& request, Attempt& attempt);
    [[nodiscard]] std::string_view reason(CURLcode code) const;

    std::string host_;
    Token token_;
    Options options_;
    std::mutex in_use_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace cript
