#include "server/options.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>

#include "api/storage/routes.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;

// Settings by their names in the file, where `store.url` stands as `url` in the table `store`. CRIPTD_ and
// capitals make the name of the variable, with `_` for the dot.

std::map<std::string, std::function<void(Options&, const std::string&)>> text_settings() {
    return {
        {"data", [](Options& options, const std::string& value) { options.data = value; }},
        {"key_ring", [](Options& options, const std::string& value) { options.key_ring = value; }},
        {"web", [](Options& options, const std::string& value) { options.web = value; }},
        {"listen", [](Options& options, const std::string& value) { options.listen = value; }},
        {"metrics",
         [](Options& options, const std::string& value) {
             options.metrics = value;
             options.metrics_is_default = false;
         }},
        {"public_url", [](Options& options, const std::string& value) { options.public_url = value; }},
        {"store.url", [](Options& options, const std::string& value) { options.store_url = value; }},
        {"blob.url", [](Options& options, const std::string& value) { options.blob_url = value; }},
        {"blob.endpoint", [](Options& options, const std::string& value) { options.s3.endpoint = value; }},
        {"blob.region", [](Options& options, const std::string& value) { options.s3.region = value; }},
        {"blob.addressing",
         [](Options& options, const std::string& value) { options.s3.addressing = value; }},
        {"blob.ca_file", [](Options& options, const std::string& value) { options.s3.ca_file = value; }},
        {"blob.credentials",
         [](Options& options, const std::string& value) { options.s3.credentials = value; }},
        {"blob.incoming", [](Options& options, const std::string& value) { options.s3.incoming = value; }},
        {"log_level", [](Options& options, const std::string& value) { options.log_level = value; }},
    };
}

struct NumberSetting {
    unsigned Options::* member;
    std::int64_t most = 256;

    [[nodiscard]] bool is_in_range(std::int64_t number) const { return number >= 1 && number <= most; }
    [[nodiscard]] std::string rule() const { return fmt::format("must be a number from 1 to {}", most); }
};

std::map<std::string, NumberSetting> number_settings() {
    return {{"io_threads", {&Options::io_threads}},
            {"pool_threads", {&Options::pool_threads}},
            {"store.connections", {&Options::store_connections}},
            {"store.timeout", {&Options::store_timeout}},
            {"body_memory", {&Options::body_memory, 1'000'000}},
            {"body_memory_per_client", {&Options::body_memory_per_client, 1'000'000}},
            {"blob.timeout", {&Options::s3_timeout, 3'600}},
            {"storage.quota", {&Options::storage_quota, 1'000'000}},
            {"storage.floor", {&Options::storage_floor, 1'000'000'000}}};
}

std::string variable_name(const std::string& setting) {
    std::string name = "CRIPTD_";
    for (const char c : setting) {
        if (c == '.') {
            name.push_back('_');
        } else {
            name.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        }
    }
    return name;
}

void add_problem(std::vector<base::Problem>& problems, const std::string& setting, std::string message) {
    std::string pointer = "/" + setting;
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    problems.push_back({std::move(pointer), fmt::format("{}: {}", setting, message), "invalid_value", ""});
}

std::optional<std::vector<std::string>> list_of_texts(const toml::node& node) {
    if (!node.is_array()) return std::nullopt;
    std::vector<std::string> texts;
    for (const auto& entry : *node.as_array()) {
        auto text = entry.value<std::string>();
        if (!text || text->empty()) return std::nullopt;
        texts.push_back(std::move(*text));
    }
    return texts;
}

base::Result<void> done(std::vector<base::Problem> problems, const std::string& where) {
    if (problems.empty()) return {};
    std::string message = where;
    for (const auto& problem : problems) message.append("\n  ").append(problem.message);
    return fail({ErrorKind::InvalidInput, std::move(message), std::move(problems)});
}

bool is_table_name(std::string_view name) {
    return name == "store" || name == "blob" || name == "storage";
}

/// Reads one table of the file; `prefix` is its name and a dot, or nothing for the whole file.
void read_table(const toml::table& table, const std::string& prefix, Options& options,
                std::vector<base::Problem>& problems) {
    const auto texts = text_settings();
    const auto numbers = number_settings();
    for (const auto& [key, node] : table) {
        const auto name = prefix + std::string(key.str());
        if (const auto setting = texts.find(name); setting != texts.end()) {
            if (const auto value = node.value<std::string>()) {
                setting->second(options, *value);
            } else {
                add_problem(problems, name, "must be text");
            }
        } else if (const auto number = numbers.find(name); number != numbers.end()) {
            const auto value = node.value<std::int64_t>();
            const auto& setting = number->second;
            if (value && setting.is_in_range(*value)) {
                options.*setting.member = static_cast<unsigned>(*value);
            } else {
                add_problem(problems, name, setting.rule());
            }
        } else if (name == "trusted_proxies") {
            if (auto addresses = list_of_texts(node)) {
                options.trusted_proxies = std::move(*addresses);
            } else {
                add_problem(problems, name, R"(must be a list of addresses, such as ["10.0.0.2"])");
            }
        } else if (name == "hosts") {
            if (auto hosts = list_of_texts(node)) {
                options.hosts = std::move(*hosts);
            } else {
                add_problem(problems, name, R"(must be a list of names, such as ["cript.lab.example"])");
            }
        } else if (name == "storage.buckets") {
            auto buckets = list_of_texts(node);
            if (buckets && !buckets->empty() &&
                std::all_of(buckets->begin(), buckets->end(), api::storage::is_bucket_name)) {
                options.storage_buckets = std::move(*buckets);
            } else {
                add_problem(problems, name,
                            R"(must be a list of names of buckets, such as ["cript-user-data"])");
            }
        } else if (node.is_table() && is_table_name(name)) {
            read_table(*node.as_table(), name + ".", options, problems);
        } else {
            add_problem(problems, name, "is not a setting");
        }
    }
}

}  // namespace

base::Result<void> read_config(const std::filesystem::path& file, Options& options) {
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        if (!std::filesystem::exists(file))
            return fail(ErrorKind::NotFound, "there is no file " + file.string());
        return fail(ErrorKind::InvalidInput,
                    fmt::format("{}:{}: {}", file.string(), error.source().begin.line, error.description()));
    }
    std::vector<base::Problem> problems;
    read_table(table, "", options, problems);
    return done(std::move(problems), "the configuration " + file.string() + " is wrong:");
}

base::Result<void> read_environment(Options& options) {
    std::vector<base::Problem> problems;
    for (const auto& [name, set] : text_settings()) {
        if (const char* value = std::getenv(variable_name(name).c_str())) set(options, value);
    }
    for (const auto& [name, setting] : number_settings()) {
        const char* value = std::getenv(variable_name(name).c_str());
        if (value == nullptr) continue;
        const std::string_view text(value);
        std::int64_t number = 0;
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (status == std::errc{} && end == text.data() + text.size() && setting.is_in_range(number)) {
            options.*setting.member = static_cast<unsigned>(number);
        } else {
            add_problem(problems, variable_name(name), setting.rule());
        }
    }
    return done(std::move(problems), "the environment is wrong:");
}

base::Result<Endpoint> read_endpoint(const std::string& text) {
    const auto colon = text.rfind(':');
    const auto wrong = [&text] {
        return fail(ErrorKind::InvalidInput,
                    fmt::format("'{}' is not HOST:PORT, such as 127.0.0.1:8080", text));
    };
    if (colon == std::string::npos) return wrong();
    Endpoint endpoint{text.substr(0, colon), 0};
    const auto port = std::string_view(text).substr(colon + 1);
    const auto [end, status] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (status != std::errc{} || end != port.data() + port.size()) return wrong();
    if (endpoint.address.starts_with('[') && endpoint.address.ends_with(']')) {
        endpoint.address = endpoint.address.substr(1, endpoint.address.size() - 2);
    }
    if (endpoint.address == "localhost") endpoint.address = "127.0.0.1";
    if (endpoint.address == "*") endpoint.address = "0.0.0.0";
    if (endpoint.address.empty()) return wrong();
    return endpoint;
}

}  // namespace cript::server
