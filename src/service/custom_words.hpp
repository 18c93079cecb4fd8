#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"
#include "service/context.hpp"

namespace cript::service {

/// What the side table of custom words holds of a node: each `+word` that stands where a term of a vocabulary
/// could, with the unit beside it, ordered and each once. A word that may be of several vocabularies, as the
/// key of a property may, is in each of them.
[[nodiscard]] std::vector<store::CustomWord> custom_words_of(model::NodeType type,
                                                             std::string_view attributes);

/// A custom word, the units that came with it, and the names of those who used it.
struct ListedWord {
    std::string vocabulary;
    std::string word;
    std::vector<std::string> units;
    std::vector<std::string> users;
};

/// By vocabulary, then by word.
struct WordList {
    std::vector<ListedWord> words;
    bool is_cut = false;  ///< there are more than are listed of a vocabulary
};

/// The custom words in nodes that the caller may see, of one vocabulary or of all. Words that the vocabulary
/// itself has are left out. Errors: those of the store.
[[nodiscard]] base::Result<WordList> list_custom_words(Context& context, const account::Caller& caller,
                                                       std::optional<model::Vocabulary> vocabulary);

}  // namespace cript::service
