#include "api/envelope.hpp"

#include "base/json_writer.hpp"
#include "blob/spool.hpp"

namespace cript::api {

namespace {

http::Response json_response(unsigned status, std::string body) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    response.with("Content-Type", "application/json").with("X-Content-Type-Options", "nosniff");
    // Answers depend on who asks: a shared cache must not keep them.
    response.with("Cache-Control", "no-store");
    return response;
}

void add_status_headers(http::Response& response, const base::Error* error) {
    if (response.status == 401) response.with("WWW-Authenticate", R"(Token realm="cript")");
    if (response.status != 429 && response.status != 503) return;
    std::string seconds = "1";
    if (error != nullptr) {
        for (const auto& problem : error->problems) {
            if (problem.code == "retry_after") seconds = problem.suggestion;
        }
    }
    response.with("Retry-After", seconds);
}

http::Response failed(unsigned status, std::string_view sentence, const base::Error* error) {
    std::string body;
    body.reserve(128 + sentence.size());
    base::JsonWriter json(body);
    json.begin_object().member("code", status).key("data").null().member("error", sentence);
    if (error != nullptr && !error->problems.empty()) {
        std::string problems;
        append_problems(problems, error->problems);
        json.key("errors").raw(problems);
    }
    json.end_object();
    auto response = json_response(status, std::move(body));
    add_status_headers(response, error);
    return response;
}

}  // namespace

void append_problems(std::string& out, const std::vector<base::Problem>& problems) {
    base::JsonWriter json(out);
    json.begin_array();
    for (const auto& problem : problems) {
        json.begin_object()
            .member("pointer", std::string_view(problem.pointer))
            .member("code", std::string_view(problem.code))
            .member("message", std::string_view(problem.message));
        if (!problem.suggestion.empty()) json.member("suggestion", std::string_view(problem.suggestion));
        json.end_object();
    }
    json.end_array();
}

http::Response success(std::string_view data, const std::vector<base::Problem>& warnings) {
    std::string body;
    body.reserve(data.size() + 64);
    body.append(R"({"code":200,"data":)").append(data).append(R"(,"error":null)");
    if (!warnings.empty()) {
        body.append(R"(,"warnings":)");
        append_problems(body, warnings);
    }
    body.push_back('}');
    return json_response(200, std::move(body));
}

unsigned status_of(const base::Error& error) {
    for (const auto& problem : error.problems) {
        if (problem.code == blob::kDiskFull) return 507;
    }
    switch (error.kind) {
        case base::ErrorKind::InvalidInput:
            return 400;
        case base::ErrorKind::Unauthenticated:
            return 401;
        case base::ErrorKind::Forbidden:
            return 403;
        case base::ErrorKind::NotFound:
            return 404;
        case base::ErrorKind::Conflict:
            return 409;
        case base::ErrorKind::TooLarge:
            return 413;
        case base::ErrorKind::RateLimited:
            return 429;
        case base::ErrorKind::Unavailable:
            return 503;
        case base::ErrorKind::Internal:
            return 500;
    }
    return 500;
}

http::Response failure(const base::Error& error) {
    return failure(error, error.message);
}

http::Response failure(const base::Error& error, std::string_view sentence) {
    return failed(status_of(error), sentence, &error);
}

http::Response failure(unsigned status, std::string_view sentence) {
    return failed(status, sentence, nullptr);
}

}  // namespace cript::api
