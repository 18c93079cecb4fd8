#pragma once

#include <cstdint>
#include <span>

namespace cript::base {

/// Fills `out` from the operating system's generator (getrandom(2)).
/// A source that fails stops the process: there is no weaker source to fall back to.
void fill_random(std::span<std::uint8_t> out);

}  // namespace cript::base
