#include "blob/s3/s3_settings.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "blob/descriptor.hpp"

namespace cript::blob {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::string_view kScheme = "s3://";
constexpr std::size_t kLongestFile = 16'384;

base::Result<void> wrong(std::string message) {
    return fail(ErrorKind::InvalidInput, std::move(message));
}

bool is_plain(std::string_view text, std::string_view further) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               further.find(c) != std::string_view::npos;
    });
}

base::Result<void> check_endpoint(std::string_view endpoint) {
    const bool is_http = endpoint.starts_with("http://") || endpoint.starts_with("https://");
    const auto host = endpoint.substr(std::min(endpoint.size(), endpoint.find("://") + 3));
    if (is_http && !host.empty() && is_plain(host, ".-:[]")) return {};
    // What stands there may be a name and a password: it is not repeated.
    return wrong("blob.endpoint is not https://HOST or https://HOST:PORT");
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// The whole file, if it is for its owner's eyes only.
base::Result<base::SecretText> read_private_file(const std::filesystem::path& file) {
    const auto cannot = [&](std::string_view why) {
        return fail(ErrorKind::InvalidInput, fmt::format("blob.credentials: {} {}", file.string(), why));
    };
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status{};
    if (!descriptor.is_open() || ::fstat(descriptor.number(), &status) != 0)
        return cannot(fmt::format("cannot be read: {}", std::strerror(errno)));
    if (!S_ISREG(status.st_mode)) return cannot("is no file");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return cannot("can be read by others than its owner: set its mode to 0600");
    std::string text(kLongestFile, '\0');
    const auto count = ::read(descriptor.number(), text.data(), text.size());
    if (count < 0) return cannot(fmt::format("cannot be read: {}", std::strerror(errno)));
    auto secret = base::SecretText(std::string_view(text).substr(0, static_cast<std::size_t>(count)));
    base::wipe(text.data(), text.size());
    return secret;
}

struct Keys {
    std::string_view access_key;
    std::string_view secret_key;
    std::string_view session_token;
};

base::Result<Keys> read_keys(std::string_view text, const std::filesystem::path& file) {
    Keys keys;
    const std::array<std::pair<std::string_view, std::string_view*>, 3> places{
        std::pair{"aws_access_key_id", &keys.access_key},
        {"aws_secret_access_key", &keys.secret_key},
        {"aws_session_token", &keys.session_token}};
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() || line.front() == '#' || line.front() == '[') continue;
        const auto equals = line.find('=');
        const auto name = trimmed(line.substr(0, equals));
        const auto* const place = std::find_if(places.begin(), places.end(),
                                               [&](const auto& entry) { return entry.first == name; });
        if (equals == std::string_view::npos || place == places.end() || !place->second->empty()) {
            return fail(ErrorKind::InvalidInput,
                        fmt::format("blob.credentials: line {} of {} is not one aws_access_key_id, "
                                    "aws_secret_access_key or aws_session_token = …",
                                    number, file.string()));
        }
        *place->second = trimmed(line.substr(equals + 1));
    }
    return keys;
}

}  // namespace

std::string S3Place::path_of(std::string_view key) const {
    std::string path = bucket_in_path ? "/" + bucket : "";
    if (!key.empty()) path.append("/").append(key);
    return path.empty() ? "/" : path;
}

base::Result<S3Place> read_place(const std::string& url, const S3Settings& settings) {
    S3Place place;
    const std::string_view rest = std::string_view(url).substr(std::min(url.size(), kScheme.size()));
    place.bucket = rest.substr(0, rest.find('/'));
    if (rest.size() > place.bucket.size()) place.prefix = rest.substr(place.bucket.size() + 1);
    while (place.prefix.ends_with('/')) place.prefix.pop_back();
    if (!place.prefix.empty()) place.prefix.push_back('/');
    const bool has_size = place.bucket.size() >= 3 && place.bucket.size() <= 63;
    if (!url.starts_with(kScheme) || !has_size || !is_plain(place.bucket, ".-_") ||
        !is_plain(place.prefix, "/.-_") || place.prefix.starts_with('/')) {
        // Keys do not belong there, but may have been put there: it is not repeated.
        CRIPT_CHECK(wrong("blob.url is not s3://BUCKET or s3://BUCKET/PREFIX"));
    }
    if (settings.region.empty() || !is_plain(settings.region, "-_."))
        CRIPT_CHECK(wrong("blob.region is not the name of a region, such as us-east-1"));
    if (!settings.addressing.empty() && settings.addressing != "path" && settings.addressing != "host")
        CRIPT_CHECK(wrong("blob.addressing is neither path nor host"));
    place.bucket_in_path =
        settings.addressing == "path" || (settings.addressing.empty() && !settings.endpoint.empty());
    place.origin = settings.endpoint.empty() ? fmt::format("https://s3.{}.amazonaws.com", settings.region)
                                             : settings.endpoint;
    while (place.origin.ends_with('/')) place.origin.pop_back();
    CRIPT_CHECK(check_endpoint(place.origin));
    if (!place.bucket_in_path) place.origin.insert(place.origin.find("://") + 3, place.bucket + ".");
    if (!settings.ca_file.empty() && ::access(settings.ca_file.c_str(), R_OK) != 0) {
        CRIPT_CHECK(wrong(fmt::format("blob.ca_file: {} cannot be read: {}", settings.ca_file.string(),
                                      std::strerror(errno))));
    }
    return place;
}

base::Result<outbound::Signer> read_signer(const S3Settings& settings) {
    base::SecretText text;
    Keys keys;
    if (settings.credentials.empty()) {
        const auto variable = [](const char* name) {
            const char* value = std::getenv(name);
            return value == nullptr ? std::string_view{} : std::string_view(value);
        };
        keys = {variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"),
                variable("AWS_SESSION_TOKEN")};
    } else {
        auto content = read_private_file(settings.credentials);
        CRIPT_CHECK(content);
        text = std::move(*content);
        auto read = read_keys(text.reveal(), settings.credentials);
        CRIPT_CHECK(read);
        keys = *read;
    }
    if (keys.access_key.empty() || keys.secret_key.empty()) {
        return fail(
            ErrorKind::InvalidInput,
            settings.credentials.empty()
                ? "the keys of the bucket are missing: set blob.credentials to a file with them, or the "
                  "variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                : fmt::format("blob.credentials: {} lacks aws_access_key_id or aws_secret_access_key",
                              settings.credentials.string()));
    }
    outbound::Signer signer;
    signer.access_key = keys.access_key;
    signer.secret_key = base::SecretText(keys.secret_key);
    signer.session_token = base::SecretText(keys.session_token);
    signer.region = settings.region;
    return signer;
}

}  // namespace cript::blob
