#include "http/static_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "http/negotiation.hpp"

namespace cript::http {

namespace fs = std::filesystem;

namespace {

std::string_view type_of(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},
        {".webp", "image/webp"},
        {".avif", "image/avif"},
        {".ico", "image/vnd.microsoft.icon"},
        {".woff", "font/woff"},
        {".woff2", "font/woff2"},
        {".ttf", "font/ttf"},
        {".wasm", "application/wasm"},
        {".xml", "application/xml"},
        {".pdf", "application/pdf"},
        {".txt", "text/plain; charset=utf-8"},
        {".md", "text/markdown; charset=utf-8"},
        {".csv", "text/csv; charset=utf-8"},
    };
    for (const auto& [ending, type] : kTypes) {
        if (name.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

/// Does the name end as bundlers do it: `-` or `.`, eight characters of base64url, the extension? A digit or
/// a capital among the eight tells a hash from a word.
bool carries_hash(std::string_view path) {
    constexpr std::size_t kHashSize = 8;
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::string_view stem = name.substr(0, name.rfind('.'));
    if (stem.size() <= kHashSize) return false;
    const char mark = stem[stem.size() - kHashSize - 1];
    const std::string_view hash = stem.substr(stem.size() - kHashSize);
    const auto lower = [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '_'; };
    const auto telling = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    return (mark == '-' || mark == '.') && std::any_of(hash.begin(), hash.end(), telling) &&
           std::all_of(hash.begin(), hash.end(), [&](char c) { return lower(c) || telling(c); });
}

/// FNV-1a, 64 bits: tells versions of our own files apart, nobody attacks it.
std::uint64_t fingerprint(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : bytes) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3U;
    }
    return hash;
}

bool lies_in(const fs::path& folder, const fs::path& file) {
    const auto mismatch = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return mismatch.first == folder.end();
}

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return std::nullopt;
    std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (stream.bad()) return std::nullopt;
    return bytes;
}

}  // namespace

base::Result<StaticFiles> StaticFiles::load(const fs::path& folder) {
    const auto fail = [](const fs::path& path, const std::string& reason) {
        return base::fail(base::ErrorKind::Unavailable,
                          fmt::format("Cannot read {}: {}", path.string(), reason));
    };
    std::error_code ec;
    const fs::path root = fs::canonical(folder, ec);
    if (ec) return fail(folder, ec.message());
    fs::recursive_directory_iterator entry(root, ec);
    StaticFiles files;
    for (; !ec && entry != fs::recursive_directory_iterator(); entry.increment(ec)) {
        std::error_code broken_link;
        const fs::path real = fs::canonical(entry->path(), broken_link);
        if (broken_link || !lies_in(root, real) || !fs::is_regular_file(real, broken_link)) continue;
        auto bytes = read_file(real);
        if (!bytes) return fail(entry->path(), "it cannot be opened");
        const std::string path = "/" + entry->path().lexically_relative(root).generic_string();
        File file;
        file.plain = content_of(std::move(*bytes));
        file.type = type_of(path);
        file.immutable = path.starts_with("/assets/") && carries_hash(path);
        files.files_.emplace(path, std::move(file));
    }
    if (ec) return fail(folder, ec.message());
    files.adopt_compressed_forms();
    return files;
}

StaticFiles::Content StaticFiles::content_of(std::string bytes) {
    Content content;
    content.etag = fmt::format("\"{:016x}-{:x}\"", fingerprint(bytes), bytes.size());
    content.bytes = std::make_shared<const std::string>(std::move(bytes));
    return content;
}

/// Moves `NAME.gz` and `NAME.br` into `NAME`; an archive that stands alone stays a file of its own.
void StaticFiles::adopt_compressed_forms() {
    for (auto& [path, file] : files_) {
        if (const auto gzip = files_.find(path + ".gz"); gzip != files_.end()) file.gzip = gzip->second.plain;
        if (const auto brotli = files_.find(path + ".br"); brotli != files_.end())
            file.brotli = brotli->second.plain;
    }
    std::erase_if(files_, [this](const auto& entry) {
        const std::string_view path = entry.first;
        return (path.ends_with(".gz") || path.ends_with(".br")) &&
               files_.contains(path.substr(0, path.size() - 3));
    });
}

StaticFiles::Choice StaticFiles::choose(const File& file, const Headers& headers) {
    if (file.brotli && accepts_coding(headers, "br")) return {*file.brotli, "br"};
    if (file.gzip && accepts_coding(headers, "gzip")) return {*file.gzip, "gzip"};
    return {file.plain, {}};
}

std::optional<Response> StaticFiles::find(const Request& request) const {
    return serve(request, request.path == "/" ? "/index.html" : std::string_view(request.path));
}

std::optional<Response> StaticFiles::serve(const Request& request, std::string_view name) const {
    if (request.method != Method::Get && request.method != Method::Head) return std::nullopt;
    const auto found = files_.find(name);
    if (found == files_.end()) return std::nullopt;
    const File& file = found->second;
    const auto [content, coding] = choose(file, request.headers);

    Response response;
    response.with("ETag", content.etag)
        .with("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache")
        .with("X-Content-Type-Options", "nosniff");
    if (file.gzip || file.brotli) response.with("Vary", "Accept-Encoding");
    if (client_has(request.headers, content.etag)) {
        response.status = 304;
        return response;
    }
    response.with("Content-Type", file.type);
    if (!coding.empty()) response.with("Content-Encoding", std::string(coding));
    response.shared_body = content.bytes;
    return response;
}

}  // namespace cript::http
