#include "store/postgres/address.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "store/postgres/failure.hpp"

namespace cript::store::postgres {

namespace {

std::vector<std::string> split_at_commas(const char* text) {
    std::vector<std::string> parts;
    if (text == nullptr || *text == '\0') return parts;
    std::string_view left(text);
    while (true) {
        const auto comma = left.find(',');
        parts.emplace_back(left.substr(0, comma));
        if (comma == std::string_view::npos) return parts;
        left.remove_prefix(comma + 1);
    }
}

/// One port serves every host; otherwise each has its own.
std::string nth(const std::vector<std::string>& parts, std::size_t number) {
    if (parts.empty()) return {};
    return parts.size() == 1 ? parts.front() : parts.at(std::min(number, parts.size() - 1));
}

ConnectionHandle start(const Address& address, const Host& host) {
    // Later words win: the URL may change what stands before it, and one host stands for its list. Data that
    // nobody acknowledges ends the connection after five seconds, and a long wait for an answer is probed, so
    // that a network that swallows everything is noticed.
    // Among several servers one is wanted that takes changes.
    const char* wanted = address.hosts->size() > 1 ? "read-write" : "any";
    const std::array words{"target_session_attrs",
                           "keepalives_idle",
                           "keepalives_interval",
                           "keepalives_count",
                           "tcp_user_timeout",
                           "gssencmode",
                           "application_name",
                           "dbname",
                           "client_encoding",
                           "host",
                           "hostaddr",
                           "port",
                           static_cast<const char*>(nullptr)};
    const std::array values{wanted,
                            "5",
                            "2",
                            "3",
                            "5000",
                            "disable",
                            address.program.c_str(),
                            address.url.c_str(),
                            "UTF8",
                            host.name.c_str(),
                            host.address.c_str(),
                            host.port.c_str(),
                            static_cast<const char*>(nullptr)};
    static_assert(words.size() == values.size());
    ConnectionHandle handle(PQconnectStartParams(words.data(), values.data(), 1));
    if (!handle) throw unavailable("out of memory");
    PQsetNoticeProcessor(handle.get(), [](void*, const char*) {}, nullptr);
    return handle;
}

/// Nothing if it did; otherwise why not.
std::optional<std::string> finish(PGconn* connection, Deadline deadline) {
    auto next = PGRES_POLLING_WRITING;
    while (PQstatus(connection) != CONNECTION_BAD && next != PGRES_POLLING_FAILED) {
        const short events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        if (!is_ready(PQsocket(connection), events, deadline)) return "it does not answer";
        next = PQconnectPoll(connection);
        if (next == PGRES_POLLING_OK) return std::nullopt;
    }
    return one_line(PQerrorMessage(connection));
}

/// Nothing if libpq does not understand the URL.
std::shared_ptr<Hosts> hosts_of(const std::string& url) {
    char* reason = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(url.c_str(), &reason), &PQconninfoFree);
    PQfreemem(reason);
    if (!options) return nullptr;
    std::vector<std::string> names;
    std::vector<std::string> addresses;
    std::vector<std::string> ports;
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        const std::string_view word(option->keyword);
        if (word == "host") names = split_at_commas(option->val);
        if (word == "hostaddr") addresses = split_at_commas(option->val);
        if (word == "port") ports = split_at_commas(option->val);
    }
    const auto count = std::max({names.size(), addresses.size(), std::size_t{1}});
    // libpq finds fault with lists of different lengths, in its own words: let it see them.
    const bool is_uneven = (ports.size() > 1 && ports.size() != count) ||
                           (!names.empty() && !addresses.empty() && names.size() != addresses.size());
    if (is_uneven) return nullptr;
    std::vector<Host> hosts;
    for (std::size_t number = 0; number < count; ++number)
        hosts.push_back({nth(names, number), nth(addresses, number), nth(ports, number)});
    return std::make_shared<Hosts>(std::move(hosts));
}

}  // namespace

base::Result<Address> address_of(const std::string& url, std::chrono::milliseconds connect_within,
                                 std::chrono::milliseconds answer_within) {
    auto hosts = hosts_of(url);
    if (hosts) return Address{url, std::move(hosts), connect_within, answer_within};
    // libpq's own words may hold a piece of the password.
    return base::fail(
        base::ErrorKind::InvalidInput,
        "the URL of the store is not one that PostgreSQL understands: special characters in user, "
        "password and database must be percent-encoded");
}

ConnectionHandle connect(const Address& address, Deadline deadline) {
    auto& hosts = *address.hosts;
    const auto whole = std::min<Clock::duration>(address.connect_within, deadline - Clock::now());
    const auto share = whole / static_cast<int>(hosts.size());
    std::string reasons;
    for (std::size_t failures = 0; failures < hosts.size(); ++failures) {
        const auto number = hosts.choice(failures);
        auto handle = start(address, hosts[number]);
        const auto reason = finish(handle.get(), within(share, deadline));
        if (!reason) {
            hosts.has_served(number);
            return handle;
        }
        reasons.append(reasons.empty() ? "" : "; ");
        if (hosts.size() > 1) reasons.append(fmt::format("{}:{}: ", hosts[number].name, hosts[number].port));
        reasons.append(*reason);
    }
    throw unavailable(fmt::format("cannot reach the database: {}", reasons));
}

}  // namespace cript::store::postgres
