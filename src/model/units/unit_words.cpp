#include "model/units/unit_words.hpp"

#include "model/code_points.hpp"
#include "model/units/unit_expression.hpp"

namespace cript::model {

namespace {

std::size_t word_count() {
    std::size_t count = tables::kIndefinite.size();
    for (const auto& row : tables::kUnits) count += (1 + row.also.size()) * (row.offset == 0 ? 1 : 2);
    return count;
}

}  // namespace

const UnitWords& UnitWords::all() {
    static const UnitWords words;
    return words;
}

UnitWords::UnitWords() : index_(word_count()) {
    for (const auto& row : tables::kPrefixes) {
        add_prefix(row.name, row.factor);
        for (const auto word : row.also) add_prefix(word, row.factor);
    }
    units_.reserve(word_count());
    for (const auto& row : tables::kUnits) add(row);
    Unit indefinite;
    indefinite.is_definite = false;
    for (const auto word : tables::kIndefinite) add_word(word, indefinite);
}

std::optional<Unit> UnitWords::find(std::string_view word) const {
    if (const auto* unit = find_exact(word)) return *unit;
    if (auto unit = find_with_prefix(word)) return unit;
    return find_plural(word);
}

void UnitWords::add_prefix(std::string_view word, double factor) {
    prefixes_[static_cast<unsigned char>(word.front())].push_back({word, factor});
}

void UnitWords::add(const tables::UnitRow& row) {
    auto unit = size_of(row);
    if (row.offset != 0) {
        add_difference(row.name, unit);
        for (const auto word : row.also) add_difference(word, unit);
    }
    unit.offset = row.offset;
    add_word(row.name, unit);
    for (const auto word : row.also) add_word(word, unit);
}

void UnitWords::add_word(std::string_view word, const Unit& unit) {
    index_.add(word, static_cast<int>(units_.size()));
    units_.push_back(unit);
}

/// A difference on a temperature scale is named after the scale.
void UnitWords::add_difference(std::string_view scale, const Unit& unit) {
    names_.push_back("delta_" + std::string(scale));
    add_word(names_.back(), unit);
}

Unit UnitWords::size_of(const tables::UnitRow& row) const {
    // A definition that cannot be read is a defect of the table; the tests read them all.
    if (!row.definition.empty()) return read_unit(row.definition, *this).value();
    Unit unit;
    unit.factor = row.factor;
    if (row.dimension != tables::kNoDimension) unit.dimension[row.dimension] = 1;
    return unit;
}

const Unit* UnitWords::find_exact(std::string_view word) const {
    const int number = index_.find(word);
    return number == WordIndex::kAbsent ? nullptr : &units_[static_cast<std::size_t>(number)];
}

/// What `find` makes of the word without the first prefix that leaves something it knows.
template <class Find>
std::optional<Unit> UnitWords::without_prefix(std::string_view word, Find find) const {
    if (word.empty()) return std::nullopt;
    for (const auto& prefix : prefixes_[static_cast<unsigned char>(word.front())]) {
        if (word.size() <= prefix.word.size() || !word.starts_with(prefix.word)) continue;
        const Unit* unit = find(word.substr(prefix.word.size()));
        // There are no thousands of a temperature scale, nor of what has no size.
        if (unit == nullptr || unit->offset != 0 || !unit->is_definite) continue;
        auto prefixed = *unit;
        prefixed.factor *= prefix.factor;
        return prefixed;
    }
    return std::nullopt;
}

std::optional<Unit> UnitWords::find_with_prefix(std::string_view word) const {
    return without_prefix(word, [this](std::string_view rest) { return find_exact(rest); });
}

/// Without its "s". A letter alone has no plural.
std::optional<Unit> UnitWords::find_plural(std::string_view word) const {
    if (!word.ends_with('s')) return std::nullopt;
    word.remove_suffix(1);
    const auto find_long = [this](std::string_view rest) {
        return code_points(rest) > 1 ? find_exact(rest) : nullptr;
    };
    if (const auto* unit = find_long(word)) return *unit;
    return without_prefix(word, find_long);
}

}  // namespace cript::model
