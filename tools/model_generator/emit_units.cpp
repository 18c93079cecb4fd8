#include <fmt/format.h>

#include <iterator>

#include "emit.hpp"

namespace model_generator {

namespace {

template <class... Arguments>
void append(std::string& out, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Arguments>(arguments)...);
}

/// The constant that holds the other words of the n-th prefix or unit.
template <class Items>
void append_words(std::string& out, const char* kind, const Items& items) {
    for (std::size_t at = 0; at < items.size(); ++at) {
        if (items[at].also.empty()) continue;
        append(out, "constexpr std::string_view k{}{}[] = {{{}}};\n", kind, at, literals(items[at].also));
    }
}

template <class Item>
std::string words(const char* kind, std::size_t at, const Item& item) {
    return item.also.empty() ? "{}" : fmt::format("k{}{}", kind, at);
}

}  // namespace

std::string emit_unit_tables(const Model& model) {
    const auto& units = model.units;
    std::string out = "// Generated from model/units.toml by tools/model_generator. Do not edit.\n";
    out += "#include \"model/units/unit_tables.hpp\"\n\nnamespace cript::model::tables {\n\nnamespace {\n\n";
    append_words(out, "Prefix", units.prefixes);
    append_words(out, "Unit", units.units);
    out += "\nconstexpr PrefixRow kPrefixRows[] = {\n";
    for (std::size_t at = 0; at < units.prefixes.size(); ++at) {
        const auto& prefix = units.prefixes[at];
        append(out, "    {{{}, {}, {}}},\n", literal(prefix.name), words("Prefix", at, prefix),
               prefix.factor);
    }
    out += "};\nconstexpr UnitRow kUnitRows[] = {\n";
    for (std::size_t at = 0; at < units.units.size(); ++at) {
        const auto& unit = units.units[at];
        append(out, "    {{{}, {}, {}, {}, {}, {}}},\n", literal(unit.name), words("Unit", at, unit),
               literal(unit.definition), unit.dimension ? std::to_string(*unit.dimension) : "kNoDimension",
               unit.factor, unit.offset);
    }
    append(out, "}};\nconstexpr std::string_view kIndefiniteWords[] = {{{}}};\n", literals(units.indefinite));
    out += "\n}  // namespace\n\n";
    append(out, "const std::array<std::string_view, kDimensionCount> kDimensionNames{{{}}};\n",
           literals(units.dimensions));
    append(out, "const std::array<std::string_view, kDimensionCount> kSiUnits{{{}}};\n",
           literals(units.si_units));
    out += "const std::span<const PrefixRow> kPrefixes = kPrefixRows;\n";
    out += "const std::span<const UnitRow> kUnits = kUnitRows;\n";
    out += "const std::span<const std::string_view> kIndefinite = kIndefiniteWords;\n";
    out += "\n}  // namespace cript::model::tables\n";
    return out;
}

}  // namespace model_generator
