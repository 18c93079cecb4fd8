#pragma once

#include <optional>
#include <string_view>

namespace cript::api::legacy {

/// The content of the only part of a form (RFC 7578), as the SDK sends a file: a view into the body. Nothing
/// if the body is no such form.
[[nodiscard]] std::optional<std::string_view> form_content(std::string_view content_type,
                                                           std::string_view body);

}  // namespace cript::api::legacy
