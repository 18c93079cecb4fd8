#pragma once

#include <string_view>

#include "model/table_layout.hpp"

namespace cript::model {

/// What is known of a term, or nothing if the vocabulary does not have it.
[[nodiscard]] const tables::TermFacts* find_facts(Vocabulary vocabulary, std::string_view word);

}  // namespace cript::model
