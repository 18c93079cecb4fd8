#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "service/custom_words.hpp"

namespace cript::api::legacy {

using ListedWords = std::span<const service::ListedWord>;

/// All vocabularies in this dialect's form: an object, category (`material-property-key`) to list of entries.
[[nodiscard]] const std::string& vocabulary_json();
/// The same, the words of users' own in it.
[[nodiscard]] std::string vocabulary_json(ListedWords words);

/// The vocabulary of a category; nothing if there is none of that name.
[[nodiscard]] std::optional<model::Vocabulary> vocabulary_of(std::string_view category);

/// The entries of one vocabulary, as JSON.
[[nodiscard]] std::string entries_json(model::Vocabulary vocabulary, ListedWords words);

/// A page for people: all categories, or the terms of one.
[[nodiscard]] std::string categories_page();
[[nodiscard]] std::string category_page(model::Vocabulary vocabulary, ListedWords words);

}  // namespace cript::api::legacy
