#pragma once

#include <curl/curl.h>

#include <functional>
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

struct WireAnswer;

/// A body too large to be held in memory, on its way to the server or from it.
class ContentStream {
  public:
    virtual ~ContentStream() = default;
    /// The header lines of an attempt, which begins here.
    [[nodiscard]] virtual std::vector<std::string> begin() = 0;
    /// Bytes to send; nothing for a body that comes.
    [[nodiscard]] virtual std::optional<std::uint64_t> size() const { return std::nullopt; }
    /// The next bytes to send; none at a failure.
    [[nodiscard]] virtual std::size_t read(char*, std::size_t) { return 0; }
    /// The next bytes of an answer 200 or 206; false at a failure, which ends the transfer.
    [[nodiscard]] virtual bool take(const WireAnswer&, std::string_view) { return false; }
    /// Bytes that came in all attempts: as long as they grow, there are further ones.
    [[nodiscard]] virtual std::uint64_t taken() const { return 0; }
};

/// One request below `/api/v1`.
struct WireRequest {
    std::string method;
    std::string target;    ///< path and query, escaped: "/search/exact/project/?q=a%20b"
    std::string body;      ///< JSON, or empty for none
    std::string if_match;  ///< a revision, or empty
    bool is_read = false;  ///< may be tried again, though it is no GET: it changes nothing, or the same
    ContentStream* stream = nullptr;                      ///< instead of a body in memory
    const ProgressCallback* progress = nullptr;           ///< instead of that of the options
    const std::function<bool()>* is_cancelled = nullptr;  ///< ends it with Cancelled
    int attempts = 0;                                     ///< instead of those of the options
};

/// What came back.
struct WireAnswer {
    int status = 0;
    std::string revision;                    ///< ETag without its quotes
    std::string location;                    ///< of a redirect
    std::optional<std::string> retry_after;  ///< as sent
    std::string digest;                      ///< Repr-Digest (RFC 9530) as sent
    std::string content_range;               ///< as sent
    std::optional<std::uint64_t> content_length;
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

    /// Any answer is a success here, whatever its status. Errors: Unreachable, TimedOut, TooLarge, Cancelled.
    [[nodiscard]] Result<WireAnswer> exchange(const WireRequest& request);

  private:
    class Attempt;
    class Headers;
    struct Handle;
    [[nodiscard]] CURLcode perform(const WireRequest& request, Attempt& attempt);
    void set_stream(ContentStream& stream, Headers& headers);
    [[nodiscard]] std::string_view reason(CURLcode code) const;

    std::string host_;
    Token token_;
    Options options_;
    std::mutex in_use_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace cript
