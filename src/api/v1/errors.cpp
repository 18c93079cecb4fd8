#include "api/v1/errors.hpp"

#include <fmt/format.h>

#include "api/envelope.hpp"
#include "service/save_graph.hpp"

namespace cript::api::v1 {

namespace {

constexpr std::string_view kTakenPrefix = "Project name already in use: ";

std::string sentence_of(const base::Error& error) {
    if (error.problems.empty()) return error.message;
    const auto& first = error.problems.front();
    if (first.code == service::kUnknownUuid || first.code == service::kDuplicateUuid ||
        first.code == service::kProjectNameInUse || first.code == service::kRevisionDiffers) {
        return first.message;
    }
    if (first.code == service::kProjectNameTaken) {
        const auto name = std::string_view(first.message).substr(kTakenPrefix.size());
        return fmt::format("duplicate item [{{'name': '{}'}}] for Project", quoted_name(name));
    }
    return fmt::format("{} at path: {}", first.message, first.pointer.empty() ? "/" : first.pointer);
}

}  // namespace

std::string quoted_name(std::string_view name) {
    std::string quoted;
    for (const char c : name) {
        const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != '\'' && c != '"' && c != '\\' &&
                           c != '{' && c != '}';
        if (plain) {
            quoted.push_back(c);
        } else {
            quoted.append(fmt::format("\\u{:04x}", static_cast<unsigned char>(c)));
        }
    }
    return quoted;
}

http::Response failure(const base::Error& error) {
    if (error.kind == base::ErrorKind::NotFound) return not_found();
    auto response = api::failure(error, sentence_of(error));
    const bool is_stale = !error.problems.empty() && error.problems.front().code == service::kRevisionDiffers;
    if (!is_stale) return response;
    // RFC 9110 §13.1.1: a condition that does not hold is 412. The body says the same code.
    response.status = 412;
    const auto code = response.body.find("409");
    if (code != std::string::npos) response.body.replace(code, 3, "412");
    return response;
}

http::Response not_found() {
    return api::failure(404, kNotFoundText);
}

}  // namespace cript::api::v1
