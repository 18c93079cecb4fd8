#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/model.hpp"

namespace cript::api::legacy {

/// Without the blanks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A word of this dialect as the vocabularies spell it: without blanks around it, in any case; a custom
/// `+word` as it is. Nothing if it is neither (decision C11).
[[nodiscard]] std::optional<std::string> known_term(std::span<const model::Vocabulary> vocabularies,
                                                    std::string_view word);

/// The name that this dialect has for a vocabulary: `material-property-key`.
[[nodiscard]] std::string category_name(model::Vocabulary vocabulary);

}  // namespace cript::api::legacy
