#include "http/response_head.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <charconv>

#include "base/encoding.hpp"

namespace cript::http {

namespace {

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_status_line(std::string& out, unsigned status) {
    const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    out.append("HTTP/1.1 ");
    append_number(out, status);
    out.push_back(' ');
    out.append(reason.data(), reason.size());
    out.append("\r\n");
}

bool belongs_to_connection(std::string_view name) {
    constexpr std::array<std::string_view, 5> kNames{"content-length", "transfer-encoding", "connection",
                                                     "date", "server"};
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view own) { return base::equals_ignoring_case(own, name); });
}

bool breaks_out(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

bool append_head(std::string& out, const Response& response, const ResponseFraming& framing) {
    for (const auto& [name, value] : response.headers) {
        if (name.empty() || breaks_out(name) || breaks_out(value)) return false;
    }
    append_status_line(out, response.status);
    out.append("Server: OpenCRIPT\r\nDate: ").append(framing.date).append("\r\n");
    if (has_content(response.status)) {
        out.append("Content-Length: ");
        append_number(out, framing.body_size);
        out.append("\r\n");
    }
    if (!framing.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (framing.http_1_0) {
        out.append("Connection: keep-alive\r\n");
    }
    for (const auto& [name, value] : response.headers) {
        if (belongs_to_connection(name)) continue;
        out.append(name).append(": ").append(value).append("\r\n");
    }
    out.append("\r\n");
    return true;
}

}  // namespace cript::http
