#include "api/problem_details.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace cript::api {

namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kMediaType = "application/problem+json";

/// Does an Accept header name the media type, and not with a weight of zero (RFC 9110 §12.5.1)?
bool accepts_problem_details(const http::Headers& headers) {
    for (const auto& [name, value] : headers.fields()) {
        if (!base::equals_ignoring_case(name, "Accept")) continue;
        const auto accepted = base::ascii_lower(value);
        const auto found = accepted.find(kMediaType);
        if (found == std::string::npos) continue;
        const auto end = std::min(accepted.find(',', found), accepted.size());
        const auto weight = std::string_view(accepted).substr(found, end - found);
        const auto zero = weight.find("q=0");
        const bool is_refused = zero != std::string_view::npos &&
                                weight.substr(zero + 2).find_first_not_of("0. ") == std::string_view::npos;
        if (!is_refused) return true;
    }
    return false;
}

/// RFC 9457 §4.2.1: of "about:blank", the title is that of the status (RFC 9110 §15).
std::string_view title_of(unsigned status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 429:
            return "Too Many Requests";
        case 503:
            return "Service Unavailable";
        default:
            return status < 500 ? "Request Not Fulfilled" : "Internal Server Error";
    }
}

}  // namespace

void use_problem_details(const http::Request& request, http::Response& response) {
    if (response.status < 400 || !accepts_problem_details(request.headers)) return;
    const auto envelope = base::JsonDocument::parse(response.body);
    std::string_view sentence;
    if (!envelope || envelope->root().at_key("error").get(sentence) != simdjson::SUCCESS) return;
    std::string body;
    base::JsonWriter json(body);
    json.begin_object()
        .member("type", "about:blank")
        .member("title", title_of(response.status))
        .member("status", response.status)
        .member("detail", sentence);
    dom::element errors;
    if (envelope->root().at_key("errors").get(errors) == simdjson::SUCCESS) {
        std::string list;
        base::append_json(list, errors);
        json.key("errors").raw(list);
    }
    json.end_object();
    response.body = std::move(body);
    for (auto& [name, value] : response.headers) {
        if (name == "Content-Type") value = kMediaType;
    }
}

}  // namespace cript::api
