#include "model/units/unit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/units/unit_expression.hpp"
#include "model/units/unit_words.hpp"

namespace cript::model {

namespace {

constexpr double kSameExponent = 1e-9;

/// Without what adding fractions leaves behind: 0.1 + 0.2 is 0.3.
double tidy(double exponent) {
    constexpr double kPlaces = 1e9;
    constexpr double kNoise = 1e-12;
    const double rounded = std::round(exponent * kPlaces) / kPlaces;
    return std::abs(exponent - rounded) < kNoise ? rounded : exponent;
}

void append_power(std::string& out, std::string_view unit, double exponent) {
    out += unit;
    if (exponent != 1) out += fmt::format(" ** {}", exponent);
}

/// The powers of SI units, those below the line after a stroke each; 1 if there are only such.
std::string powers_of(const Dimension& dimension) {
    std::array<std::size_t, tables::kDimensionCount> order{};
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    std::ranges::sort(order, {}, [](std::size_t at) { return tables::kSiUnits[at]; });

    std::string above;
    std::string below;
    for (const auto at : order) {
        const double exponent = tidy(dimension[at]);
        if (exponent > 0) {
            if (!above.empty()) above += " * ";
            append_power(above, tables::kSiUnits[at], exponent);
        } else if (exponent < 0) {
            below += " / ";
            append_power(below, tables::kSiUnits[at], -exponent);
        }
    }
    if (above.empty() && !below.empty()) return "1" + below;
    return above + below;
}

/// The word of the temperature scale that this is.
std::string_view scale_of(const Unit& unit) {
    for (const auto& row : tables::kUnits) {
        if (row.offset != 0 && row.offset == unit.offset &&
            UnitWords::all().find(row.name)->factor == unit.factor)
            return row.name;
    }
    return {};
}

base::Result<void> require_comparable(const Unit& from, const Unit& to) {
    if (!from.is_definite || !to.is_definite)
        return base::fail(base::ErrorKind::InvalidInput, "the size of one of the units is not fixed");
    if (is_same(from.dimension, to.dimension)) return {};
    return base::fail(base::ErrorKind::InvalidInput,
                      fmt::format("'{}' is of another dimension than '{}'", si_unit_of(from.dimension),
                                  si_unit_of(to.dimension)));
}

}  // namespace

bool is_same(const Dimension& left, const Dimension& right) {
    return std::ranges::equal(left, right,
                              [](double a, double b) { return std::abs(a - b) <= kSameExponent; });
}

base::Result<Unit> parse_unit(std::string_view text) {
    return read_unit(text, UnitWords::all());
}

base::Result<double> convert(double value, const Unit& from, const Unit& to) {
    CRIPT_CHECK(require_comparable(from, to));
    return to.from_si(from.to_si(value));
}

base::Result<double> convert_uncertainty(double uncertainty, const Unit& from, const Unit& to) {
    CRIPT_CHECK(require_comparable(from, to));
    return uncertainty * from.factor / to.factor;
}

std::string format_unit(const Unit& unit) {
    if (unit.offset != 0) return std::string(scale_of(unit));
    auto powers = powers_of(unit.dimension);
    if (powers.empty()) return unit.factor == 1 ? "dimensionless" : fmt::format("{}", unit.factor);
    return unit.factor == 1 ? powers : fmt::format("{} * {}", unit.factor, powers);
}

std::string si_unit_of(const Dimension& dimension) {
    return powers_of(dimension);
}

}  // namespace cript::model
