#include "fake/http_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <stdexcept>

#include "base/encoding.hpp"

namespace cript::fake {

namespace {

/// Reads one request from the socket; `pending` keeps what came after it. Nothing at the end of the
/// connection.
class RequestReader {
  public:
    explicit RequestReader(int socket) : socket_(socket) {}

    std::optional<Request> next() {
        const auto head_end = await("\r\n\r\n");
        if (!head_end) return std::nullopt;
        auto request = parse_head(pending_.substr(0, *head_end));
        pending_.erase(0, *head_end + 4);
        const auto lengths = request.header("Content-Length");
        const std::size_t length = lengths.empty() ? 0 : std::stoul(lengths.front());
        while (pending_.size() < length) {
            if (!receive()) return std::nullopt;
        }
        request.body = pending_.substr(0, length);
        pending_.erase(0, length);
        return request;
    }

  private:
    std::optional<std::size_t> await(const std::string& mark) {
        for (;;) {
            if (const auto at = pending_.find(mark); at != std::string::npos) return at;
            if (!receive()) return std::nullopt;
        }
    }
    bool receive() {
        char buffer[65536];
        const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
        if (count <= 0) return false;
        pending_.append(buffer, static_cast<std::size_t>(count));
        return true;
    }
    static Request parse_head(const std::string& head) {
        Request request;
        std::size_t at = head.find("\r\n");
        const auto line = head.substr(0, at);
        request.method = line.substr(0, line.find(' '));
        request.target = line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
        while (at != std::string::npos) {
            const auto begin = at + 2;
            at = head.find("\r\n", begin);
            const auto header = head.substr(begin, at == std::string::npos ? at : at - begin);
            const auto colon = header.find(": ");
            if (colon != std::string::npos) {
                request.headers.emplace_back(header.substr(0, colon), header.substr(colon + 2));
            }
        }
        return request;
    }

    int socket_;
    std::string pending_;
};

void send_all(int socket, const std::string& text) {
    std::size_t sent = 0;
    while (sent < text.size()) {
        const auto count = ::send(socket, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) return;
        sent += static_cast<std::size_t>(count);
    }
}

std::string on_the_wire(const Response& response) {
    auto text = fmt::format("HTTP/1.1 {} Status\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
                            response.status, response.length.value_or(response.body.size()));
    for (const auto& [name, value] : response.headers) text += fmt::format("{}: {}\r\n", name, value);
    return text + "\r\n" + response.body.substr(0, response.cut_after.value_or(std::string::npos));
}

}  // namespace

std::vector<std::string> Request::header(const std::string& name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : headers) {
        if (base::equals_ignoring_case(key, name)) values.push_back(value);
    }
    return values;
}

Response success(const std::string& data) {
    return {200, fmt::format(R"({{"code": 200, "data": {}, "error": null}})", data)};
}

Response failure(int status, const std::string& error, const std::string& errors) {
    return {status, fmt::format(R"({{"code": {}, "data": null, "error": "{}", "errors": {}}})", status, error,
                                errors)};
}

HttpServer::HttpServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
        throw std::runtime_error("the fake server cannot listen");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    {
        const std::lock_guard guard(mutex_);
        for (const int socket : sockets_) {
            if (socket >= 0) ::shutdown(socket, SHUT_RDWR);
        }
    }
    for (auto& conversation : conversations_) conversation.join();
    ::close(listener_);
}

std::string HttpServer::host() const {
    return fmt::format("127.0.0.1:{}", port_);
}

std::vector<Request> HttpServer::requests() const {
    const std::lock_guard guard(mutex_);
    return requests_;
}

void HttpServer::serve() {
    while (!stopping_) {
        const int socket = ::accept(listener_, nullptr, nullptr);
        if (socket < 0) continue;
        ++connections_;
        const std::lock_guard guard(mutex_);
        const auto number = sockets_.size();
        sockets_.push_back(socket);
        conversations_.emplace_back([this, number, socket] {
            converse(socket);
            const std::lock_guard ending(mutex_);
            sockets_[number] = -1;
            ::close(socket);
        });
    }
}

void HttpServer::converse(int socket) {
    RequestReader reader(socket);
    while (auto request = reader.next()) {
        {
            const std::lock_guard guard(mutex_);
            requests_.push_back(*request);
        }
        const auto response = handler_(*request);
        if (response.drop) return;
        send_all(socket, on_the_wire(response));
        const bool is_cut = request->method != "HEAD" && response.length > response.body.size();
        if (response.cut_after || is_cut) return;
    }
}

}  // namespace cript::fake
