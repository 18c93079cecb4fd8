#include "api/storage/routes.hpp"

#include <algorithm>
#include <array>

#include "api/storage/cognito.hpp"
#include "api/storage/s3_objects.hpp"
#include "api/storage/s3_request.hpp"

namespace cript::api::storage {

namespace {

constexpr std::size_t kLongestCognitoBody = std::size_t{16} << 10U;
/// Ten thousand parts with a few checksums each.
constexpr std::size_t kLongestCompleteBody = std::size_t{4} << 20U;
/// S3's limit of one PUT, and what aws-chunked adds to it.
constexpr std::uint64_t kLongestObjectBody = std::uint64_t{6} << 30U;

constexpr std::array<std::string_view, 19> kOwnPaths{
    "account", "admin",    "api",     "assets",  "connect",  "download", "file",
    "healthz", "keys",     "metrics", "project", "projects", "readyz",   "reference",
    "search",  "security", "setup",   "signin",  "storage"};

template <class Answer>
http::Handler handler_of(Application& application, const std::string& bucket, Answer answer) {
    return [&application, bucket, answer](const http::Request& request) {
        return answer(application, request, bucket);
    };
}

void mount_bucket(http::Router& router, Application& application, const std::string& base,
                  const std::string& bucket) {
    const auto pattern = base + "/" + bucket + "/{key...}";
    const auto add = [&](http::Method method, http::Handler handler, std::uint64_t body_limit) {
        http::Route route;
        route.method = method;
        route.pattern = pattern;
        route.handler = std::move(handler);
        route.body_limit = body_limit;
        if (body_limit > 0) {
            route.admit_waits = true;
            route.admit = [&application, bucket](const http::Request& request) {
                auto made = read_s3_request(application, request, bucket);
                return made ? std::nullopt : std::optional(std::move(made.error()));
            };
        }
        route.moves_files = true;
        router.add(std::move(route));
    };
    add(http::Method::Get, handler_of(application, bucket, get_object), 0);
    add(http::Method::Post, handler_of(application, bucket, post_object), kLongestCompleteBody);
    add(http::Method::Delete, handler_of(application, bucket, delete_object), 0);
    http::Route put;
    put.method = http::Method::Put;
    put.pattern = pattern;
    put.body_limit = kLongestObjectBody;
    put.receive = [&application, bucket](const http::Request& request) {
        return put_object(application, request, bucket);
    };
    router.add(std::move(put));
}

}  // namespace

void mount(http::Router& router, Application& application) {
    for (const std::string base : {"", "/storage"}) {
        http::Route cognito;
        cognito.method = http::Method::Post;
        cognito.pattern = base.empty() ? "/" : base;
        cognito.body_limit = kLongestCognitoBody;
        cognito.handler = [&application](const http::Request& request) {
            return answer_cognito(application, request);
        };
        router.add(std::move(cognito));
        for (const auto& bucket : application.files.limits().buckets)
            mount_bucket(router, application, base, bucket);
    }
}

bool is_bucket_name(std::string_view name) {
    const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    const bool has_length = name.size() >= 3 && name.size() <= 63;
    return is_plain && has_length && name.front() != '-' && name.front() != '.' && name.back() != '-' &&
           name.back() != '.' && std::find(kOwnPaths.begin(), kOwnPaths.end(), name) == kOwnPaths.end();
}

}  // namespace cript::api::storage
