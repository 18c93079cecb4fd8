#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/body_stream.hpp"

namespace cript::http {

enum class Method : std::uint8_t { Get, Head, Post, Put, Patch, Delete, Options };
inline constexpr std::size_t kMethodCount = 7;

[[nodiscard]] std::string_view text(Method method);

/// Header fields in the order they came; names compare without case (RFC 9110 §5.1).
class Headers {
  public:
    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    /// The value of the first field of that name, or nothing.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
    /// Overwrites the values of that name in memory, once a secret in them is no longer needed.
    void wipe(std::string_view name);
    /// Overwrites all values in memory and drops the fields.
    void wipe();

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// One request, complete but for a body that a BodyReceiver takes. It lives until its response is made;
/// handlers may keep views into it that long.
struct Request {
    Method method = Method::Get;
    std::string path;       ///< percent-decoded, begins with '/', never holds "/../" or NUL
    std::string raw_query;  ///< what stands after the first '?', as it came; empty without one
    Headers headers;
    std::string body;
    std::string remote_address;  ///< of the peer, without port
    bool secure = false;         ///< came over TLS, by us or by a trusted proxy
    /// When its header was complete: a body may take hours after that.
    std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
    std::vector<std::string> parameters;  ///< what the `{}` segments of the matched route stood for, in order

    /// The cookie of that name (RFC 6265 §4.2), or nothing.
    [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
    unsigned status = 200;
    /// Content-Length, Connection, Date and Server are the connection's; they are left out here.
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    /// Instead of `body`: bytes that outlive the response, such as a static file.
    std::shared_ptr<const std::string> shared_body{};
    /// Instead of both: what is read while it is sent.
    std::shared_ptr<ContentSource> content{};
    /// Instead of all: an answer that is made later, without a thread that waits for it.
    std::shared_ptr<LateAnswer> later{};
    bool close = false;  ///< close the connection afterwards

    /// Adds a header field.
    Response& with(std::string name, std::string value);
};

}  // namespace cript::http
