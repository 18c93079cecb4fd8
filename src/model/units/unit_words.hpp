#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/units/unit.hpp"
#include "model/word_index.hpp"

namespace cript::model {

/// The words of model/units.toml, their definitions worked out.
class UnitWords {
  public:
    [[nodiscard]] static const UnitWords& all();

    /// The unit that one word means: as it stands in the table, else with a prefix, a plural "s", or both.
    [[nodiscard]] std::optional<Unit> find(std::string_view word) const;
    /// Only as it stands in the table.
    [[nodiscard]] const Unit* find_exact(std::string_view word) const;

  private:
    struct Prefix {
        std::string_view word;
        double factor;
    };

    UnitWords();

    void add_prefix(std::string_view word, double factor);
    void add(const tables::UnitRow& row);
    void add_word(std::string_view word, const Unit& unit);
    void add_difference(std::string_view scale, const Unit& unit);
    [[nodiscard]] Unit size_of(const tables::UnitRow& row) const;
    [[nodiscard]] std::optional<Unit> find_with_prefix(std::string_view word) const;
    [[nodiscard]] std::optional<Unit> find_plural(std::string_view word) const;
    template <class Find>
    [[nodiscard]] std::optional<Unit> without_prefix(std::string_view word, Find find) const;

    std::array<std::vector<Prefix>, 256> prefixes_;  ///< by their first byte, in the order of the table
    WordIndex index_;
    std::vector<Unit> units_;        ///< by the numbers of the index
    std::deque<std::string> names_;  ///< of words that the table does not spell out
};

}  // namespace cript::model
