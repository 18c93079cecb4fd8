#include "model/suggestion.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "base/encoding.hpp"
#include "model/table_layout.hpp"

namespace cript::model {

namespace {

/// Longer words are not compared: no word of the model is near to them.
constexpr std::size_t kLongestWord = 96;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// How many slips a word of this length may have and still be recognised.
std::size_t tolerance(std::string_view word) {
    return std::clamp<std::size_t>(word.size() / 3, 1, 3);
}

/// Keeps the nearest of the words it is shown; of equally near ones the first.
class Nearest {
  public:
    explicit Nearest(std::string_view wanted) : wanted_(wanted), best_(tolerance(wanted) + 1) {}

    void consider(std::string_view word, std::string_view meaning) {
        if (best_ == 0) return;
        const auto distance = edit_distance(wanted_, word, best_ - 1);
        if (distance >= best_) return;
        best_ = distance;
        meaning_ = meaning;
    }
    [[nodiscard]] std::string_view meaning() const { return meaning_; }

  private:
    std::string_view wanted_;
    std::size_t best_;  ///< only something nearer than this is taken
    std::string_view meaning_;
};

std::string_view present_name(const tables::VocabularyTable& table, std::size_t term) {
    const auto successor = table.facts[term].replaced_by;
    return successor.empty() ? table.terms[term].name : successor;
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
    const auto difference =
        left.size() > right.size() ? left.size() - right.size() : right.size() - left.size();
    if (difference > limit || left.size() > kLongestWord || right.size() > kLongestWord) return limit + 1;

    using Row = std::array<std::size_t, kLongestWord + 1>;
    Row before_last{};
    Row last{};
    Row current{};
    for (std::size_t column = 0; column <= right.size(); ++column) last[column] = column;
    for (std::size_t row = 1; row <= left.size(); ++row) {
        current[0] = row;
        std::size_t nearest = row;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const char a = lower(left[row - 1]);
            const char b = lower(right[column - 1]);
            auto cost =
                std::min({last[column] + 1, current[column - 1] + 1, last[column - 1] + (a == b ? 0U : 1U)});
            if (row > 1 && column > 1 && a == lower(right[column - 2]) && lower(left[row - 2]) == b) {
                cost = std::min(cost, before_last[column - 2] + 1);
            }
            current[column] = cost;
            nearest = std::min(nearest, cost);
        }
        if (nearest > limit) return limit + 1;
        before_last = last;
        last = current;
    }
    return std::min(last[right.size()], limit + 1);
}

std::string_view suggest_field(NodeType type, std::string_view misspelt) {
    Nearest nearest(misspelt);
    for (const auto& field : info(type).fields) {
        if (!field.read_only) nearest.consider(text(field.name), text(field.name));
    }
    for (const std::string_view identity : {"node", "uuid", "uid"}) nearest.consider(identity, identity);
    return nearest.meaning();
}

std::string_view suggest_node_type(std::string_view misspelt) {
    Nearest nearest(misspelt);
    for (const auto& node : tables::kNodes) {
        nearest.consider(node.name, node.name);
        nearest.consider(node.slug, node.name);
    }
    return nearest.meaning();
}

std::string_view suggest_term(std::span<const Vocabulary> vocabularies, std::string_view word) {
    Nearest nearest(word);
    for (const auto vocabulary : vocabularies) {
        const auto& table = tables::kVocabularies[static_cast<std::size_t>(vocabulary)];
        for (std::size_t term = 0; term < table.terms.size(); ++term) {
            for (const auto alias : table.facts[term].aliases) {
                if (base::equals_ignoring_case(alias, word)) return present_name(table, term);
                nearest.consider(alias, present_name(table, term));
            }
            nearest.consider(table.terms[term].name, present_name(table, term));
        }
    }
    return nearest.meaning();
}

}  // namespace cript::model
