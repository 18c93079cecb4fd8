#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/types.hpp"

namespace cript::store {

/// A word of a user's own, with its `+`, that stands where a term of a vocabulary could.
struct CustomWord {
    std::string vocabulary;
    std::string word;
    std::string unit;  ///< that came with it; empty without one

    [[nodiscard]] auto operator<=>(const CustomWord&) const = default;
};

/// One that is used, and by whom: the name of the account that made the node.
struct UsedWord {
    CustomWord word;
    std::string user;
};

/// The words of one node, each once.
struct CustomWordsChange {
    NodeId node = 0;
    std::vector<CustomWord> words;
    bool is_new_node = false;
};

/// Questions about custom words, and about the side tables as wholes.
class IndexReader {
  public:
    virtual ~IndexReader() = default;

    /// The words of a vocabulary (of all, if it is empty) in nodes that the caller may see, each with its
    /// units and users once; ordered, at most `limit` of each.
    [[nodiscard]] virtual base::Result<std::vector<UsedWord>> custom_words(AccountId caller,
                                                                           bool caller_is_admin,
                                                                           std::string_view vocabulary,
                                                                           unsigned limit) = 0;
    /// By which version of the rules the side tables were made; 0 if by none that is known.
    [[nodiscard]] virtual base::Result<std::int64_t> index_version() = 0;
};

/// Changes to them.
class IndexWriter {
  public:
    virtual ~IndexWriter() = default;

    /// Each node at most once.
    [[nodiscard]] virtual base::Result<void> set_custom_words(std::span<const CustomWordsChange> changes) = 0;
    [[nodiscard]] virtual base::Result<void> set_index_version(std::int64_t version) = 0;
};

}  // namespace cript::store
