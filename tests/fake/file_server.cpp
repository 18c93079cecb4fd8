#include "fake/file_server.hpp"

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace cript::fake {

namespace {

constexpr const char* kBase = "/api/v1";

std::string base64_sha256(const std::string& content) {
    return base::to_base64(crypto::sha256(base::as_bytes(content)));
}

std::string file_json(const std::string& key, const std::string& content) {
    return fmt::format(R"({{"key": "{}", "size": {}, "sha256": "{}"}})", key, content.size(),
                       sha256_hex(content));
}

std::string first(const Request& request, const std::string& header) {
    const auto values = request.header(header);
    return values.empty() ? "" : values.front();
}

}  // namespace

std::string sha256_hex(const std::string& content) {
    return base::to_hex(crypto::sha256(base::as_bytes(content)));
}

std::vector<std::pair<std::string, std::string>> content_headers(const std::string& content) {
    return {{"ETag", fmt::format("\"{}\"", sha256_hex(content).substr(0, 8))},
            {"Repr-Digest", fmt::format("sha-256=:{}:", base64_sha256(content))}};
}

FileServer::FileServer() : server_([this](const Request& request) { return answer(request); }) {}

std::vector<std::string> FileServer::lines() const {
    std::vector<std::string> lines;
    for (const auto& request : requests())
        lines.push_back(request.method + " " + request.target.substr(std::string(kBase).size()));
    return lines;
}

void FileServer::disturb(Disturbance disturbance) {
    const std::lock_guard guard(mutex_);
    disturbance_ = std::move(disturbance);
}

void FileServer::lose_answer_of(const std::string& end) {
    const std::lock_guard guard(mutex_);
    lost_end_ = end;
}

void FileServer::set_content(const std::string& uuid, const std::string& content) {
    const std::lock_guard guard(mutex_);
    contents_[uuid] = content;
}

std::string FileServer::stored(const std::string& key) const {
    const std::lock_guard guard(mutex_);
    return stored_.at(key);
}

std::size_t FileServer::stored_files() const {
    const std::lock_guard guard(mutex_);
    return stored_.size();
}

void FileServer::store(const std::string& key, const std::string& content) {
    const std::lock_guard guard(mutex_);
    stored_[key] = content;
}

Response FileServer::answer(const Request& request) {
    const std::lock_guard guard(mutex_);
    if (disturbance_) {
        if (auto instead = disturbance_(request)) return *instead;
    }
    auto response = undisturbed_answer(request);
    if (!lost_end_.empty() && request.target.ends_with(lost_end_)) {
        lost_end_.clear();
        response.drop = true;
    }
    return response;
}

Response FileServer::undisturbed_answer(const Request& request) {
    const auto path = request.target.substr(std::string(kBase).size());
    if (path == "/account") return success(R"({"uuid": "account-1", "username": "ada"})");
    if (path.starts_with("/upload")) return answer_upload(request, path);
    for (const auto& [uuid, content] : contents_) {
        if (path == "/file/" + uuid + "/content") return answer_content(request, content);
    }
    return failure(404, "there is no such thing");
}

Response FileServer::answer_upload(const Request& request, const std::string& path) {
    constexpr std::string_view kKey = "/upload?key=";
    if (path.starts_with(kKey)) {
        const auto key = base::percent_decode(path.substr(kKey.size())).value_or("");
        const auto found = stored_.find(key);
        return found == stored_.end() ? failure(404, "there is no file of that key")
                                      : success(file_json(key, found->second));
    }
    if (path == "/upload") {
        const auto id = fmt::format("u{}", ++begun_);
        uploads_[id].key = fmt::format("uploads/file_{}.bin", begun_);
        return success(fmt::format(R"({{"id": "{}", "key": "{}"}})", id, uploads_[id].key));
    }
    const auto rest = path.substr(std::string("/upload/").size());
    const auto slash = rest.find('/');
    const auto id = rest.substr(0, slash);
    const auto found = uploads_.find(id);
    if (found == uploads_.end()) return failure(404, "there is no such upload");
    auto& upload = found->second;
    if (request.method == "PUT") {
        if (first(request, "x-amz-checksum-sha256") != base64_sha256(request.body))
            return failure(400, "it differs",
                           R"([{"pointer": "", "code": "checksum_differs", "message": "it differs"}])");
        const auto number = static_cast<unsigned>(std::stoul(rest.substr(slash + 1)));
        upload.parts[number] = request.body;
        return success(fmt::format(R"({{"number": {}, "size": {}, "sha256": "{}"}})", number,
                                   request.body.size(), sha256_hex(request.body)));
    }
    if (request.method == "GET") {
        std::string parts;
        for (const auto& [number, content] : upload.parts)
            parts += fmt::format(R"({}{{"number": {}, "size": {}, "sha256": "{}"}})",
                                 parts.empty() ? "" : ",", number, content.size(), sha256_hex(content));
        return success(fmt::format(R"({{"id": "{}", "key": "{}", "parts": [{}]}})", id, upload.key, parts));
    }
    if (request.method == "POST") {
        std::string content;
        for (const auto& [number, part] : upload.parts) content += part;
        const auto key = upload.key;
        stored_[key] = content;
        uploads_.erase(found);
        return success(file_json(key, content));
    }
    uploads_.erase(found);
    return success("null");
}

Response FileServer::answer_content(const Request& request, const std::string& content) const {
    Response response{200, content, content_headers(content)};
    const auto wanted = first(request, "If-Match");
    if (!wanted.empty() && wanted != response.headers.front().second)
        return failure(412, "the file has another ETag");
    const auto range = first(request, "Range");
    if (range.empty()) return response;
    const auto offset = std::stoul(range.substr(std::string("bytes=").size()));
    if (offset >= content.size()) return failure(416, "there are no such bytes");
    response.status = 206;
    response.body = content.substr(offset);
    response.headers.emplace_back("Content-Range",
                                  fmt::format("bytes {}-{}/{}", offset, content.size() - 1, content.size()));
    return response;
}

}  // namespace cript::fake
