#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace cript::outbound {

/// Names and values, of headers or of a query.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A part of a file, sent from its descriptor.
struct FilePart {
    int descriptor = -1;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

struct Request {
    std::string method;
    std::string path = "/";  ///< decoded
    Pairs query{};           ///< decoded
    Pairs headers{};
    std::variant<std::string, FilePart> body{};
    /// How long it may wait while no byte moves, if not as usual.
    std::chrono::seconds patience{0};
    /// It must not be sent twice: neither again after a failure, nor on a connection that may be dead.
    bool only_once = false;
};

struct Answer {
    long status = 0;
    Pairs headers;  ///< names in lower case
    std::string body;

    /// The value of a header, or nothing; `name` in lower case.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Why there is no answer.
struct NoAnswer {
    enum class Reason : std::uint8_t {
        Unreachable,  ///< nothing was sent
        Untrusted,    ///< the certificate is none to trust
        Lost,         ///< the connection ended, or nothing came in time: what was sent may have been done
    };
    Reason reason = Reason::Lost;
    std::string message;  ///< for people who run the server; without any header or body
};

struct HttpOptions {
    std::string origin;             ///< `https://HOST[:PORT]`
    std::filesystem::path ca_file;  ///< PEM; empty: what the system trusts
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::seconds stall_timeout{30};  ///< while no byte moves
    std::size_t longest_body = std::size_t{8} << 20U;
};

/// Calls one server, over connections that are kept open. Safe to use from any thread.
class HttpClient {
  public:
    explicit HttpClient(HttpOptions options);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Sends a request once and waits for the answer. Redirects are not followed.
    [[nodiscard]] tl::expected<Answer, NoAnswer> send(const Request& request);
    /// For good: what is under way is given up within a second or so, and nothing is sent any more.
    void end() { is_ended_ = true; }
    [[nodiscard]] bool is_ended() const { return is_ended_; }
    /// The value of the header Host.
    [[nodiscard]] const std::string& host() const { return host_; }

  private:
    struct Handle;
    [[nodiscard]] std::unique_ptr<Handle> take();
    void give_back(std::unique_ptr<Handle> handle);

    const HttpOptions options_;
    const std::string host_;
    std::atomic<bool> is_ended_ = false;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Handle>> idle_;
};

}  // namespace cript::outbound
