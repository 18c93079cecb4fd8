#include "api/legacy/errors.hpp"

#include <fmt/format.h>

#include "api/authentication.hpp"
#include "api/envelope.hpp"
#include "api/legacy/address.hpp"
#include "base/json_writer.hpp"
#include "service/save_record.hpp"

namespace cript::api::legacy {

namespace {

using base::ErrorKind;

std::string text_of(const base::Problem& problem) {
    return problem.pointer.empty() ? problem.message
                                   : fmt::format("{}: {}", problem.pointer, problem.message);
}

http::Response all_problems(unsigned status, const base::Error& error) {
    std::string body;
    base::JsonWriter json(body);
    json.begin_object().key("errors").begin_array();
    if (error.problems.empty()) json.value(std::string_view(error.message));
    for (const auto& problem : error.problems) json.value(std::string_view(text_of(problem)));
    json.end_array().end_object();
    return answer(status, std::move(body));
}

}  // namespace

http::Response answer(unsigned status, std::string body) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    response.with("Content-Type", "application/json")
        .with("X-Content-Type-Options", "nosniff")
        .with("Cache-Control", "no-store");
    return response;
}

http::Response refusal(unsigned status, std::string_view message) {
    std::string body;
    base::JsonWriter(body).begin_object().member("detail", message).end_object();
    return answer(status, std::move(body));
}

http::Response failure(const base::Error& error) {
    switch (error.kind) {
        case ErrorKind::InvalidInput:
            return all_problems(422, error);
        case ErrorKind::Conflict:
            return all_problems(409, error);
        case ErrorKind::NotFound:
            return not_found();
        case ErrorKind::Forbidden:
            // The words that clients know, and which rule it was.
            return refusal(
                403, fmt::format("You do not have permission to perform this action: {}.",
                                 error.problems.empty() ? error.message : error.problems.front().message));
        default:
            break;
    }
    auto response = api::failure(error);
    std::string body;
    std::string_view text = error.message;
    if (error.kind == ErrorKind::Unauthenticated)
        text = error.message == kNoCredential ? "Authentication credentials were not provided."
                                              : "Invalid token.";
    base::JsonWriter(body).begin_object().member("detail", text).end_object();
    response.body = std::move(body);
    return response;
}

http::Response refused_search(const base::Error& error) {
    auto refused = failure(error);
    refused.status = 400;
    return refused;
}

bool is_duplicate(const base::Error& error) {
    return error.kind == ErrorKind::Conflict && !error.problems.empty() &&
           error.problems.front().code == service::kDuplicateRecord;
}

http::Response duplicate(const base::Error& error, std::string_view type_name, std::string_view slug,
                         std::string_view site, bool is_new) {
    const auto& problem = error.problems.front();
    const auto uuid = base::Uuid::parse(problem.suggestion);
    const auto url = uuid ? url_of(site, slug, *uuid) : std::string();
    // The SDK finds the URL by the dot behind it.
    const auto sentence = fmt::format("A {} with the same {} already exists{}{}.", type_name, problem.message,
                                      url.empty() ? "" : ": ", url);
    std::string body;
    base::JsonWriter json(body);
    json.begin_object();
    for (const std::string_view key : {"unique", "duplicate"}) {  // SDKs before 0.6 read the second
        json.key(key);
        if (url.empty()) {
            json.null();
        } else {
            json.value(std::string_view(url));
        }
    }
    json.key("errors").begin_array().value(std::string_view(sentence)).end_array().end_object();
    return answer(is_new ? 400 : 409, std::move(body));
}

http::Response not_found() {
    return refusal(404, "Not found.");
}

http::Response not_allowed(std::string_view method) {
    return refusal(405, fmt::format("Method \"{}\" not allowed.", method));
}

}  // namespace cript::api::legacy
