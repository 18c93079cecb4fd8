#include "server/quota_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/json_writer.hpp"
#include "service/account_quota.hpp"

namespace cript::server {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t bytes;
};

constexpr std::array<Unit, 9> kUnits{{{"TiB", std::uint64_t{1} << 40U},
                                      {"TB", 1'000'000'000'000U},
                                      {"GiB", std::uint64_t{1} << 30U},
                                      {"GB", 1'000'000'000U},
                                      {"MiB", std::uint64_t{1} << 20U},
                                      {"MB", 1'000'000U},
                                      {"KiB", std::uint64_t{1} << 10U},
                                      {"kB", 1'000U},
                                      {"B", 1U}}};

/// Up to here a number with decimals is exact.
constexpr double kLargest = 9'007'199'254'740'992.0;

Outcome told(const api::Application& application, const store::AccountRow& account,
             const store::StorageUse& use, bool as_json) {
    const auto quota = use.quota.value_or(application.files.limits().quota);
    std::string text;
    if (as_json) {
        base::JsonWriter(text)
            .begin_object()
            .member("account", std::string_view(account.username))
            .member("used", use.used)
            .member("quota", quota)
            .member("own", use.quota.has_value())
            .end_object();
        text.push_back('\n');
    } else {
        text = fmt::format("{} keeps {} of {}{}\n", account.username, size_text(use.used), size_text(quota),
                           use.quota ? "" : ", the quota of the server");
    }
    return {0, base::SecretText::take(std::move(text)), {}};
}

}  // namespace

base::Result<std::uint64_t> parse_size(std::string_view text) {
    double number = 0;
    const auto read =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    auto unit = text.substr(static_cast<std::size_t>(read.ptr - text.data()));
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    const auto found = std::find_if(kUnits.begin(), kUnits.end(), [unit](const Unit& known) {
        return base::equals_ignoring_case(known.name, unit.empty() ? "B" : unit);
    });
    const bool is_number =
        read.ec == std::errc{} && std::isfinite(number) && number >= 0 && found != kUnits.end();
    const auto bytes = is_number ? std::round(number * static_cast<double>(found->bytes)) : kLargest;
    if (bytes >= kLargest) {
        return base::fail(base::ErrorKind::InvalidInput,
                          fmt::format("'{}' is no size, such as 500MB or 2GiB, nor 'none'", text));
    }
    return static_cast<std::uint64_t>(bytes);
}

std::string size_text(std::uint64_t bytes) {
    for (const auto& unit : kUnits) {
        if (bytes > 0 && bytes % unit.bytes == 0 && unit.bytes > 1)
            return fmt::format("{} {}", bytes / unit.bytes, unit.name);
    }
    for (const auto& unit : kUnits) {
        if (unit.name.size() == 2 && bytes >= unit.bytes)
            return fmt::format("{:.1f} {}", static_cast<double>(bytes) / static_cast<double>(unit.bytes),
                               unit.name);
    }
    return fmt::format("{} B", bytes);
}

Outcome quota_command(api::Application& application, const store::AccountRow& account,
                      const Command& command) {
    const auto argument = [&command](const std::string& name) {
        const auto found = command.arguments.find(name);
        return found == command.arguments.end() ? std::string() : found->second;
    };
    if (const auto size = argument("size"); !size.empty()) {
        std::optional<std::uint64_t> bytes;
        if (size != "none") {
            auto read = parse_size(size);
            if (!read) return {1, {}, read.error().message};
            bytes = *read;
        }
        const account::AuditEvent event{
            account.id, "quota.changed", "operator",
            "",         "criptd",        bytes ? fmt::format("{} bytes", *bytes) : "that of the server"};
        if (auto done = service::set_quota(application.context, account.id, bytes, event); !done)
            return {1, {}, done.error().message};
    }
    auto use = service::storage_use(application.context, account.id);
    if (!use) return {1, {}, use.error().message};
    return told(application, account, *use, argument("json") == "yes");
}

}  // namespace cript::server
