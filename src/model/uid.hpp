#pragma once

#include <optional>
#include <string_view>

#include "base/uuid.hpp"
#include "model/code_points.hpp"

/// Uids: labels of nodes inside one document.
namespace cript::model {

inline constexpr std::string_view kUidPrefix = "_:";

/// `_:` and at least one character more, 255 in all at most.
[[nodiscard]] inline bool is_uid(std::string_view text) {
    return text.starts_with(kUidPrefix) && text.size() > kUidPrefix.size() && code_points(text) <= 255;
}

/// The uuid in a uid of the form `_:<uuid>`, which most clients use.
[[nodiscard]] inline std::optional<base::Uuid> uuid_in_uid(std::string_view uid) {
    if (!uid.starts_with(kUidPrefix)) return std::nullopt;
    return base::Uuid::parse(uid.substr(kUidPrefix.size()));
}

}  // namespace cript::model
