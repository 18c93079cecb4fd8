/// Reads units, one a line, and tells of each what it is: `factor offset` and seven exponents, with all their
/// digits; `indefinite`; or `error`. For comparison with other programs that read units.

#include <fmt/format.h>

#include <iostream>
#include <string>

#include "model/units/unit.hpp"

int main() {
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto unit = cript::model::parse_unit(line);
        if (!unit) {
            fmt::print("error {}\n", unit.error().message);
        } else if (!unit->is_definite) {
            fmt::print("indefinite\n");
        } else {
            fmt::print("{} {} {}\n", unit->factor, unit->offset, fmt::join(unit->dimension, " "));
        }
    }
}
