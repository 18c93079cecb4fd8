#pragma once

#include <string>
#include <string_view>

namespace cript::model {

/// The member of a node's stored attributes that holds what the model has no field for: what clients of the
/// older dialect say of a node (decision D13). It is an object, and the last member if it is there at all.
inline constexpr std::string_view kKeptMember = "legacy";

/// The members that are fields of the model, without the braces around them.
[[nodiscard]] std::string_view own_members(std::string_view attributes);
/// The stored attributes without what is kept.
[[nodiscard]] std::string without_kept(std::string_view attributes);
/// The object itself, or nothing.
[[nodiscard]] std::string_view kept_of(std::string_view attributes);
/// The attributes with this object instead; an empty one, `{}` or "", leaves none.
[[nodiscard]] std::string with_kept(std::string_view attributes, std::string_view kept);

/// The attributes with an empty object: in a change, they take away what is stored there.
[[nodiscard]] std::string with_nothing_kept(std::string_view attributes);

}  // namespace cript::model
