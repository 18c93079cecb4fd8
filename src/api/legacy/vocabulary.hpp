#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cript::api::legacy {

/// All vocabularies in this dialect's form: an object, category (`material-property-key`) to list of entries.
[[nodiscard]] const std::string& vocabulary_json();

/// The entries of one category, as JSON; nothing if there is none of that name.
[[nodiscard]] std::optional<std::string> category_json(std::string_view category);

/// A page for people: all categories, or the terms of one. Nothing if there is none of that name.
[[nodiscard]] std::string categories_page();
[[nodiscard]] std::optional<std::string> category_page(std::string_view category);

}  // namespace cript::api::legacy
