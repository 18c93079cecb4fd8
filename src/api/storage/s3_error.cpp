#include "api/storage/s3_error.hpp"

#include <fmt/format.h>

#include "api/envelope.hpp"
#include "blob/content_checks.hpp"
#include "blob/spool.hpp"
#include "service/file_storage.hpp"
#include "service/storage_credentials.hpp"

namespace cript::api::storage {

namespace {

struct Name {
    unsigned status;
    std::string_view code;
};

Name name_of_kind(base::ErrorKind kind) {
    switch (kind) {
        case base::ErrorKind::InvalidInput:
            return {400, "InvalidArgument"};
        case base::ErrorKind::Unauthenticated:
            return {403, "InvalidAccessKeyId"};
        case base::ErrorKind::Forbidden:
            return {403, "AccessDenied"};
        case base::ErrorKind::NotFound:
            return {404, "NoSuchKey"};
        case base::ErrorKind::Conflict:
            return {409, "OperationAborted"};
        case base::ErrorKind::TooLarge:
            return {400, "EntityTooLarge"};
        case base::ErrorKind::RateLimited:
        case base::ErrorKind::Unavailable:
            return {503, "SlowDown"};
        case base::ErrorKind::Internal:
            break;
    }
    return {500, "InternalError"};
}

Name name_of(const base::Error& error) {
    constexpr std::pair<std::string_view, Name> kNames[] = {
        {blob::ContentChecks::kMismatch, {400, "BadDigest"}},
        {blob::ContentChecks::kMissing, {400, "MalformedTrailerError"}},
        {blob::ContentChecks::kPayloadMismatch, {400, "XAmzContentSHA256Mismatch"}},
        {service::StorageCredentials::kExpired, {400, "ExpiredToken"}},
        {service::kNoSuchBucket, {404, "NoSuchBucket"}},
        {blob::kDiskFull, {507, "InsufficientStorage"}},
        {service::kKeyTaken, {409, "KeyAlreadyTaken"}},
        {service::kQuotaExceeded, {403, "QuotaExceeded"}},
        {service::kInvalidPart, {400, "InvalidPart"}},
        {service::kPartOrder, {400, "InvalidPartOrder"}},
        {service::kNoSuchUpload, {404, "NoSuchUpload"}},
    };
    for (const auto& problem : error.problems) {
        for (const auto& [code, name] : kNames) {
            if (problem.code == code) return name;
        }
    }
    return name_of_kind(error.kind);
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out.append("&amp;");
                break;
            case '<':
                out.append("&lt;");
                break;
            case '>':
                out.append("&gt;");
                break;
            case '"':
                out.append("&quot;");
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

http::Response s3_failure(unsigned status, std::string_view code, std::string_view message) {
    http::Response response{.status = status};
    response.body = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{}</Message></Error>",
        code, xml_text(message));
    response.with("Content-Type", "application/xml");
    return response;
}

http::Response s3_failure(const base::Error& error) {
    const auto [status, code] = name_of(error);
    auto response = s3_failure(status, code, error.message);
    if (status == 503) response.with("Retry-After", "1");
    return response;
}

http::Response xml_answer(unsigned status, std::string_view element, std::string_view inside) {
    http::Response response{.status = status};
    response.body = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<{0} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{1}</{0}>",
        element, inside);
    response.with("Content-Type", "application/xml");
    return response;
}

}  // namespace cript::api::storage
