/// Units of measure of any bytes: what is read has a size that can be computed with, and is read again from
/// what is written of it.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "model/units/unit.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cript::model;
    const auto unit = parse_unit({reinterpret_cast<const char*>(data), size});
    if (!unit) {
        require(!unit.error().message.empty());
        return 0;
    }
    if (!unit->is_definite) return 0;
    require(std::isfinite(unit->factor) && unit->factor > 0 && std::isfinite(unit->offset));
    const auto again = parse_unit(format_unit(*unit));
    require(again.has_value());
    require(again->factor == unit->factor && again->offset == unit->offset);
    require(is_same(again->dimension, unit->dimension));
    require(convert(1, *unit, *again).has_value());
    return 0;
}
