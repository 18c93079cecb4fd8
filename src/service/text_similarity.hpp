#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cript::service {

/// How alike two line notations are, as texts: the Sørensen–Dice coefficient of their pairs of neighbouring
/// characters (L. R. Dice, Ecology 26 (1945) 297–302), a pair counted as often as it occurs. White space does
/// not count. From 0 (no pair in common) to 1 (the same pairs).
class TextSimilarity {
  public:
    explicit TextSimilarity(std::string_view text);

    /// Of the text to another one. The same two texts always have the same score, bit for bit.
    [[nodiscard]] double to(std::string_view other) const;

  private:
    std::vector<std::uint16_t> pairs_;  ///< ascending
};

}  // namespace cript::service
