#include "api/legacy/address.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.hpp"

namespace cript::api::legacy {

namespace {

std::string_view host_of_url(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    const auto rest = url.substr(scheme + 3);
    return rest.substr(0, rest.find('/'));
}

std::string_view without_port(std::string_view host) {
    const auto colon = host.rfind(':');
    const auto bracket = host.rfind(']');
    if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) return host;
    return host.substr(0, colon);
}

bool is_own_host(const Application& application, std::string_view host) {
    const auto name = without_port(host);
    if (name == "localhost" || name == "[::1]" || is_loopback(name)) return true;
    if (base::equals_ignoring_case(host, host_of_url(application.public_url))) return true;
    return std::ranges::any_of(application.hosts, [&](const std::string& own) {
        return base::equals_ignoring_case(own, host) || base::equals_ignoring_case(own, name);
    });
}

bool is_well_formed(std::string_view host) {
    return !host.empty() && std::ranges::all_of(host, [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
               std::string_view(".-_:[]").find(letter) != std::string_view::npos;
    });
}

}  // namespace

base::Result<std::string> site_of(const Call& call) {
    const auto host = call.request.headers.find("Host").value_or("");
    if (!is_well_formed(host) || !is_own_host(call.application, host)) {
        return base::fail(base::ErrorKind::InvalidInput,
                          fmt::format("this server does not answer for the host '{}': use its public address, or "
                                      "have the operator add the host to 'hosts'",
                                      host));
    }
    return fmt::format("{}://{}", is_secure(call.application, call.request) ? "https" : "http", host);
}

std::string url_of(std::string_view site, std::string_view slug, const base::Uuid& uuid) {
    std::string url;
    url.reserve(site.size() + slug.size() + 44);
    url.append(site).append("/api/").append(slug).push_back('/');
    uuid.append_to(url);
    url.push_back('/');
    return url;
}

std::optional<Named> read_url(std::string_view url) {
    const auto scheme = url.find("://");
    auto path = url;
    if (scheme != std::string_view::npos) {
        const auto slash = url.find('/', scheme + 3);
        if (slash == std::string_view::npos) return std::nullopt;
        path = url.substr(slash);
    }
    path = path.substr(0, path.find_first_of("?#"));
    while (path.ends_with('/')) path.remove_suffix(1);
    while (path.starts_with('/')) path.remove_prefix(1);
    if (path.starts_with("api/")) path.remove_prefix(4);
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto uuid = base::Uuid::parse(path.substr(slash + 1));
    if (!uuid) return std::nullopt;
    return Named{std::string(path.substr(0, slash)), *uuid};
}

}  // namespace cript::api::legacy
