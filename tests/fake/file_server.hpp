#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "fake/http_server.hpp"

namespace cript::fake {

/// The part of the interface that stores contents, inside the test: uploads in parts, what is stored under a
/// key, and the content of File nodes with ranges and conditions.
class FileServer {
  public:
    /// Asked before each answer; what it returns is sent instead.
    using Disturbance = std::function<std::optional<Response>(const Request&)>;

    FileServer();

    [[nodiscard]] std::string host() const { return server_.host(); }
    [[nodiscard]] std::vector<Request> requests() const { return server_.requests(); }
    /// "PUT /upload/u1/2", one a request.
    [[nodiscard]] std::vector<std::string> lines() const;
    void disturb(Disturbance disturbance);
    /// Does what the next request with this target's end asks, and breaks the connection instead of
    /// answering.
    void lose_answer_of(const std::string& end);

    /// The content of the File node of that uuid.
    void set_content(const std::string& uuid, const std::string& content);
    /// What is stored under a key.
    [[nodiscard]] std::string stored(const std::string& key) const;
    [[nodiscard]] std::size_t stored_files() const;
    void store(const std::string& key, const std::string& content);

  private:
    struct Upload {
        std::string key;
        std::map<unsigned, std::string> parts;
    };
    Response answer(const Request& request);
    Response undisturbed_answer(const Request& request);
    Response answer_upload(const Request& request, const std::string& path);
    Response answer_content(const Request& request, const std::string& content) const;

    mutable std::mutex mutex_;
    Disturbance disturbance_;
    std::string lost_end_;
    std::map<std::string, Upload> uploads_;
    std::map<std::string, std::string> stored_;
    std::map<std::string, std::string> contents_;
    unsigned begun_ = 0;
    HttpServer server_;  // last: it answers from the start
};

/// ETag and Repr-Digest of a content.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> content_headers(const std::string& content);

/// SHA-256 in hexadecimal.
[[nodiscard]] std::string sha256_hex(const std::string& content);

}  // namespace cript::fake
