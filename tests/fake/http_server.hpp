#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace cript::fake {

/// A request as it arrived.
struct Request {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    /// All values of the header of that name, in any case.
    [[nodiscard]] std::vector<std::string> header(const std::string& name) const;
};

struct Response {
    int status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers{};
    bool drop = false;  ///< closes the connection instead of answering
    /// Closes the connection after so many bytes of the body, of which all were announced.
    std::optional<std::size_t> cut_after{};
    /// What Content-Length says, if not the length of the body: for answers to HEAD, and such as are cut off.
    std::optional<std::uint64_t> length{};
};

/// The envelope of a success around `data`, which is JSON.
[[nodiscard]] Response success(const std::string& data);
/// The envelope of a failure; `errors` is a JSON array.
[[nodiscard]] Response failure(int status, const std::string& error, const std::string& errors = "[]");

/// An HTTP server inside the test: answers on a free port of the loopback, each connection on a thread of its
/// own, and remembers what it was asked.
class HttpServer {
  public:
    using Handler = std::function<Response(const Request&)>;

    explicit HttpServer(Handler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::string host() const;  ///< "127.0.0.1:41234"
    [[nodiscard]] std::vector<Request> requests() const;
    [[nodiscard]] std::size_t connections() const { return connections_; }

  private:
    void serve();
    void converse(int socket);

    Handler handler_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::size_t> connections_ = 0;
    mutable std::mutex mutex_;
    std::vector<Request> requests_;
    std::vector<int> sockets_;  ///< -1 for each that is closed
    std::vector<std::thread> conversations_;
    std::thread thread_;
};

}  // namespace cript::fake
