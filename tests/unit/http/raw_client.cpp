#include "raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>

#include "base/encoding.hpp"

namespace cript::http::testing {

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot connect");
    }
}

RawClient::~RawClient() {
    if (socket_ >= 0) ::close(socket_);
}

void RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool RawClient::fill() {
    std::array<char, 65536> piece{};
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count <= 0) return false;
    pending_.append(piece.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<RawResponse> RawClient::receive(bool head_only) {
    std::size_t head_end = 0;
    while ((head_end = pending_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill()) return std::nullopt;
    }
    RawResponse response;
    const std::string head = pending_.substr(0, head_end + 2);
    response.status = static_cast<unsigned>(std::stoul(head.substr(9, 3)));
    for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
        const auto end = head.find("\r\n", at);
        const auto colon = head.find(':', at);
        response.headers[base::ascii_lower(head.substr(at, colon - at))] =
            head.substr(colon + 2, end - colon - 2);
        at = end + 2;
    }
    const auto length = response.headers.find("content-length");
    const bool has_body = !head_only && length != response.headers.end();
    const std::size_t total = head_end + 4 + (has_body ? std::stoul(length->second) : 0);
    while (pending_.size() < total) {
        if (!fill()) return std::nullopt;
    }
    response.body = pending_.substr(head_end + 4, total - head_end - 4);
    response.text = pending_.substr(0, total);
    pending_.erase(0, total);
    return response;
}

bool RawClient::is_closed_by_server() {
    if (!pending_.empty()) return false;
    char byte = 0;
    const ssize_t count = ::recv(socket_, &byte, 1, 0);
    return count == 0 || (count < 0 && errno == ECONNRESET);
}

bool RawClient::is_silent(std::chrono::milliseconds span) const {
    pollfd wanted{.fd = socket_, .events = POLLIN, .revents = 0};
    return pending_.empty() && ::poll(&wanted, 1, static_cast<int>(span.count())) == 0;
}

void RawClient::vanish() {
    const linger reset{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    ::close(socket_);
    socket_ = -1;
}

}  // namespace cript::http::testing
