#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace cript::server {

/// Everything that can be configured. Later sources win: defaults, the file (TOML), `CRIPTD_…` variables, the
/// command line.
struct Options {
    std::filesystem::path data = "data";
    std::filesystem::path key_ring;  ///< empty: `keyring` in the data folder
    std::filesystem::path web;       ///< folder of the built pages; empty: found beside the program
    std::string listen = "127.0.0.1:8080";
    std::string metrics = "127.0.0.1:9464";  ///< empty: none
    bool metrics_is_default = true;          ///< then a taken port is no reason not to start
    std::string public_url;  ///< as people reach the server; empty: http:// and the listen address
    std::vector<std::string> trusted_proxies;
    unsigned io_threads = 2;
    unsigned pool_threads = 8;
    std::string log_level = "info";

    [[nodiscard]] std::filesystem::path key_ring_file() const {
        return key_ring.empty() ? data / "keyring" : key_ring;
    }
    [[nodiscard]] std::filesystem::path database_file() const { return data / "cript.db"; }
    [[nodiscard]] std::filesystem::path socket_file() const { return data / "criptd.sock"; }
    [[nodiscard]] std::filesystem::path lock_file() const { return data / "criptd.lock"; }
};

/// Reads a configuration file over `options`. Errors: NotFound; InvalidInput with a problem per wrong entry.
[[nodiscard]] base::Result<void> read_config(const std::filesystem::path& file, Options& options);
/// Reads the `CRIPTD_…` variables over `options`. Errors: InvalidInput.
[[nodiscard]] base::Result<void> read_environment(Options& options);

struct Endpoint {
    std::string address;
    std::uint16_t port = 0;
};
/// Reads `HOST:PORT` or `[V6]:PORT`; `localhost` is 127.0.0.1. Errors: InvalidInput.
[[nodiscard]] base::Result<Endpoint> read_endpoint(const std::string& text);

}  // namespace cript::server
