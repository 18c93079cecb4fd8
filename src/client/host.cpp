#include "client/host.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

#include "base/encoding.hpp"

namespace cript::client {

namespace {

struct CurlUrlFree {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, CurlUrlFree>;

/// A part of the URL, or an empty text if it has none.
std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK || text == nullptr) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool is_loopback(std::string_view name) {
    const auto ends_with = [name](std::string_view tail) {
        return name.size() >= tail.size() && name.substr(name.size() - tail.size()) == tail;
    };
    return name == "localhost" || ends_with(".localhost") || name == "[::1]" || name.substr(0, 4) == "127.";
}

std::string without_tail(std::string path, std::string_view tail) {
    while (!path.empty() && path.back() == '/') path.pop_back();
    if (path.size() >= tail.size() && std::string_view(path).substr(path.size() - tail.size()) == tail) {
        path.resize(path.size() - tail.size());
    }
    while (!path.empty() && path.back() == '/') path.pop_back();
    return path;
}

Error not_a_host(std::string_view host, std::string_view why) {
    return {ErrorKind::Configuration,
            0,
            fmt::format("'{}' is not the address of a CRIPT server: {}. Write it like cript.example.org or "
                        "http://localhost:8000",
                        host, why),
            {}};
}

}  // namespace

Result<std::string> normalise_host(std::string_view host) {
    const auto first = host.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return not_a_host(host, "it is empty");
    host = host.substr(first, host.find_last_not_of(" \t\r\n") - first + 1);

    const bool has_scheme = host.find("://") != std::string_view::npos;
    const CurlUrl url(curl_url());
    const std::string text = has_scheme ? std::string(host) : fmt::format("https://{}", host);
    // Whatever is wrong, the text may hold a password before an @; it is not repeated then.
    if (host.find('@') != std::string_view::npos) {
        return not_a_host("…@…", "it must not hold a user name or password");
    }
    if (url == nullptr || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
        return not_a_host(host, "it cannot be read as an address");
    }
    if (!part(url.get(), CURLUPART_QUERY).empty() || !part(url.get(), CURLUPART_FRAGMENT).empty()) {
        return not_a_host(host, "nothing may follow the path");
    }
    const auto name = base::ascii_lower(part(url.get(), CURLUPART_HOST));
    auto scheme = part(url.get(), CURLUPART_SCHEME);
    if (!has_scheme && is_loopback(name)) scheme = "http";
    if (scheme != "https" && scheme != "http") return not_a_host(host, "only https and http are spoken");

    const auto port = part(url.get(), CURLUPART_PORT);
    const bool usual_port = port.empty() || port == (scheme == "https" ? "443" : "80");
    const auto path = without_tail(part(url.get(), CURLUPART_PATH), "/api/v1");
    return fmt::format("{}://{}{}{}{}", scheme, name, usual_port ? "" : ":", usual_port ? "" : port, path);
}

bool is_plain_http_to_elsewhere(std::string_view host) {
    constexpr std::string_view kPlain = "http://";
    if (host.substr(0, kPlain.size()) != kPlain) return false;
    auto name = host.substr(kPlain.size());
    name = name.substr(0, name.find('/'));
    if (!name.empty() && name.front() == '[') {
        name = name.substr(0, name.find(']') + 1);
    } else {
        name = name.substr(0, name.find(':'));
    }
    return !is_loopback(name);
}

}  // namespace cript::client
