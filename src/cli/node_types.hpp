#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cript::cli {

/// A node type as people write it ("material", "Material", "computation-process") as it stands in URLs, or
/// nothing if there is no such type.
[[nodiscard]] std::optional<std::string> node_type_slug(std::string_view written);

/// What to say then.
[[nodiscard]] std::string no_such_type(std::string_view written);

}  // namespace cript::cli
