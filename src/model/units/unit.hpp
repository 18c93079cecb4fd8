#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/units/unit_tables.hpp"

namespace cript::model {

/// The exponents of length, mass, time, current, temperature, amount of substance and luminous intensity;
/// they may be fractions. Angles are numbers.
using Dimension = std::array<double, tables::kDimensionCount>;

[[nodiscard]] bool is_same(const Dimension& left, const Dimension& right);

/// A unit of measure: value in SI units = value · factor + offset.
struct Unit {
    double factor = 1;
    double offset = 0;  ///< in kelvin; of a temperature scale that stands alone
    Dimension dimension{};
    /// Is its size fixed? That of thermal energy `kBT`, of a decibel and of `user-define` is not: values in
    /// these are neither converted nor compared, and the other members say nothing.
    bool is_definite = true;

    [[nodiscard]] double to_si(double value) const { return (value * factor) + offset; }
    [[nodiscard]] double from_si(double value) const { return (value - offset) / factor; }
    /// Uncertainties are differences: a scale's zero does not matter to them.
    [[nodiscard]] double uncertainty_to_si(double uncertainty) const { return uncertainty * factor; }
};

/// Reads a unit in the dialect of pint 0.19 (https://pint.readthedocs.io): words of model/units.toml with
/// prefixes and plurals, products (`*`, `·`, a blank, parentheses), quotients (`/`, `per`), powers (`**`,
/// `^`, superscripts, `squared`, `cubic …`) with numbers as exponents, and numbers as factors. Empty text is
/// a number. Takes less than a microsecond. Errors: InvalidInput, with the word and the character where the
/// text stops making sense, counted from 1.
[[nodiscard]] base::Result<Unit> parse_unit(std::string_view text);

/// Errors: InvalidInput if the dimensions differ or one of the units is not definite.
[[nodiscard]] base::Result<double> convert(double value, const Unit& from, const Unit& to);
/// The same for an uncertainty, which is a difference.
[[nodiscard]] base::Result<double> convert_uncertainty(double uncertainty, const Unit& from, const Unit& to);

/// An expression of a definite unit in SI base units, from which parse_unit makes the same unit again.
[[nodiscard]] std::string format_unit(const Unit& unit);
/// The coherent SI unit of a dimension, such as `kilogram * meter ** 2 / second ** 2`; "" for a number.
[[nodiscard]] std::string si_unit_of(const Dimension& dimension);

}  // namespace cript::model
