#include "api/legacy/form_content.hpp"

#include <string>

#include "base/encoding.hpp"

namespace cript::api::legacy {

namespace {

std::optional<std::string_view> boundary_of(std::string_view content_type) {
    constexpr std::string_view kForm = "multipart/form-data";
    constexpr std::string_view kBoundary = "boundary=";
    if (!base::equals_ignoring_case(content_type.substr(0, kForm.size()), kForm)) return std::nullopt;
    const auto at = content_type.find(kBoundary);
    if (at == std::string_view::npos) return std::nullopt;
    auto boundary = content_type.substr(at + kBoundary.size());
    boundary = boundary.substr(0, boundary.find(';'));
    if (boundary.size() > 1 && boundary.front() == '"' && boundary.back() == '"')
        boundary = boundary.substr(1, boundary.size() - 2);
    return boundary.empty() ? std::nullopt : std::optional(boundary);
}

}  // namespace

std::optional<std::string_view> form_content(std::string_view content_type, std::string_view body) {
    const auto boundary = boundary_of(content_type);
    if (!boundary) return std::nullopt;
    const auto opening = std::string("--").append(*boundary).append("\r\n");
    const auto closing = std::string("\r\n--").append(*boundary).append("--");
    if (!body.starts_with(opening)) return std::nullopt;
    const auto head = body.find("\r\n\r\n", opening.size() - 2);
    // The last one ends the form: a content may look like a boundary itself, but not after the end.
    const auto end = body.rfind(closing);
    if (head == std::string_view::npos || end == std::string_view::npos || end < head + 4)
        return std::nullopt;
    return body.substr(head + 4, end - head - 4);
}

}  // namespace cript::api::legacy
