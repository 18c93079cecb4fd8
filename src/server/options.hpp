#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "blob/s3/s3_settings.hpp"
#include "store/store.hpp"

namespace cript::server {

/// Of a folder that only one criptd may use at a time.
inline constexpr const char* kLockFile = "criptd.lock";

/// Everything that can be configured. Later sources win: defaults, the file (TOML), `CRIPTD_…` variables, the
/// command line.
struct Options {
    std::filesystem::path data = "data";
    std::filesystem::path key_ring;   ///< empty: `keyring` in the data folder
    std::filesystem::path web;        ///< folder of the built pages; empty: found beside the program
    std::string store_url;            ///< sqlite:PATH or postgres://…; empty: `cript.db` in the data folder
    unsigned store_connections = 16;  ///< at most, to a database server
    unsigned store_timeout = 30;      ///< seconds that a database server may take for one statement
    std::string blob_url;      ///< file:FOLDER or s3://BUCKET/PREFIX; empty: `blobs` in the data folder
    blob::S3Settings s3;       ///< of a bucket
    unsigned s3_timeout = 30;  ///< seconds that a bucket may let pass without a byte
    std::vector<std::string> storage_buckets;  ///< empty: those that the SDKs have built in
    unsigned storage_quota = 50;               ///< GiB of files that an account may keep
    unsigned storage_floor = 0;  ///< MiB of the disk that files leave free; 0: by the size of the disk
    unsigned body_memory = 0;    ///< MiB that bodies of requests may take; 0: by the memory of the machine
    unsigned body_memory_per_client = 0;  ///< of these, MiB for one address or account; 0: a quarter
    std::string listen = "127.0.0.1:8080";
    std::string metrics = "127.0.0.1:9464";  ///< empty: none
    bool metrics_is_default = true;          ///< then a taken port is no reason not to start
    std::string public_url;          ///< as people reach the server; empty: http:// and the listen address
    std::vector<std::string> hosts;  ///< further names that the server answers for in the older dialect
    std::vector<std::string> trusted_proxies;
    unsigned io_threads = 2;
    unsigned pool_threads = 8;
    std::string log_level = "info";

    [[nodiscard]] std::filesystem::path key_ring_file() const {
        return key_ring.empty() ? data / "keyring" : key_ring;
    }
    [[nodiscard]] std::filesystem::path database_file() const { return data / "cript.db"; }
    [[nodiscard]] std::string store() const {
        return store_url.empty() ? "sqlite:" + database_file().string() : store_url;
    }
    [[nodiscard]] std::string blob() const {
        return blob_url.empty() ? "file:" + (data / "blobs").string() : blob_url;
    }
    [[nodiscard]] store::ServerLimits server_limits() const {
        return {.connections = store_connections, .answer_within = std::chrono::seconds(store_timeout)};
    }
    [[nodiscard]] blob::S3Settings s3_settings() const {
        auto settings = s3;
        settings.timeout = std::chrono::seconds(s3_timeout);
        if (settings.incoming.empty()) settings.incoming = data / "incoming";
        return settings;
    }
    [[nodiscard]] std::filesystem::path socket_file() const { return data / "criptd.sock"; }
    [[nodiscard]] std::filesystem::path lock_file() const { return data / kLockFile; }
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
