#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

/// The form of the generated tables of units. They are filled in by tools/model_generator from
/// model/units.toml.
namespace cript::model::tables {

inline constexpr std::size_t kDimensionCount = 7;
inline constexpr std::uint8_t kNoDimension = std::numeric_limits<std::uint8_t>::max();

struct PrefixRow {
    std::string_view name;
    std::span<const std::string_view> also;  ///< other words for it
    double factor;
};

struct UnitRow {
    std::string_view name;
    std::span<const std::string_view> also;
    std::string_view definition;  ///< an expression in units before it; empty for a base unit or number
    std::uint8_t dimension;       ///< of a base unit
    double factor;                ///< of a base unit or number
    double offset;                ///< of a temperature scale, in kelvin
};

extern const std::array<std::string_view, kDimensionCount> kDimensionNames;
extern const std::array<std::string_view, kDimensionCount> kSiUnits;
extern const std::span<const PrefixRow> kPrefixes;
extern const std::span<const UnitRow> kUnits;
extern const std::span<const std::string_view> kIndefinite;

}  // namespace cript::model::tables
