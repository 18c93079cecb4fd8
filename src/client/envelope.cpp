#include "client/envelope.hpp"

#include <fmt/format.h>

namespace cript::client {

namespace {

ErrorKind kind_of(int status) {
    switch (status) {
        case 400:
        case 422:
            return ErrorKind::InvalidInput;
        case 401:
            return ErrorKind::Unauthenticated;
        case 403:
            return ErrorKind::Forbidden;
        case 404:
            return ErrorKind::NotFound;
        case 409:
            return ErrorKind::Conflict;
        case 412:
            return ErrorKind::Changed;
        case 413:
            return ErrorKind::TooLarge;
        case 429:
            return ErrorKind::RateLimited;
        case 502:
        case 503:
        case 504:
            return ErrorKind::Unavailable;
        default:
            return status >= 500 ? ErrorKind::Server : ErrorKind::InvalidInput;
    }
}

std::vector<Problem> problems_of(const Json& envelope, std::string_view member) {
    std::vector<Problem> problems;
    const auto* list = envelope.find(member);
    const auto* elements = list == nullptr ? nullptr : list->if_array();
    if (elements == nullptr) return problems;
    for (const auto& element : *elements) {
        problems.push_back({std::string(element.text_of("pointer")), std::string(element.text_of("code")),
                            std::string(element.text_of("message")),
                            std::string(element.text_of("suggestion"))});
    }
    return problems;
}

std::string sentence(const WireAnswer& answer, const Json& envelope, std::string_view host) {
    if (answer.status == 401) {
        return fmt::format(
            "{} does not know this API token (any more); copy the current one from the page Security "
            "settings into "
            "CRIPT_API_KEY",
            host);
    }
    const auto error = envelope.text_of("error");
    auto text =
        error.empty() ? fmt::format("{} answered with status {}", host, answer.status) : std::string(error);
    if (answer.retry_after) text.append(fmt::format(" (try again in {} s)", *answer.retry_after));
    return text;
}

Error no_envelope(const WireAnswer& answer, std::string_view host) {
    if (answer.status >= 300 && answer.status < 400) {
        return {ErrorKind::NotCript,
                answer.status,
                fmt::format("{} sends callers on to {}; set CRIPT_HOST to the address that answers itself",
                            host, answer.location),
                {}};
    }
    if (answer.status == 413) {
        return {ErrorKind::TooLarge, 413, fmt::format("{} takes no document of this size", host), {}};
    }
    if (answer.status >= 502 && answer.status <= 504) {
        return {ErrorKind::Unavailable,
                answer.status,
                fmt::format("{} is not available now (status {})", host, answer.status),
                {}};
    }
    return {ErrorKind::NotCript,
            answer.status,
            fmt::format(
                "what answers at {} is not a CRIPT server (status {}, and no CRIPT answer); check CRIPT_HOST",
                host, answer.status),
            {}};
}

}  // namespace

Result<JsonAnswer> open_envelope(const WireAnswer& answer, std::string_view host) {
    auto envelope = Json::parse(answer.body);
    if (!envelope || envelope->find("code") == nullptr || envelope->find("data") == nullptr) {
        return no_envelope(answer, host);
    }
    if (answer.status < 200 || answer.status > 299) {
        return Error{kind_of(answer.status), answer.status, sentence(answer, *envelope, host),
                     problems_of(*envelope, "errors")};
    }
    return JsonAnswer{std::move(*envelope->find("data")), answer.revision,
                      problems_of(*envelope, "warnings")};
}

}  // namespace cript::client
