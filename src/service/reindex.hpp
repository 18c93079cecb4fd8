#pragma once

#include <cstdint>

#include "service/context.hpp"

namespace cript::service {

struct Reindexed {
    std::uint64_t nodes = 0;
    std::uint64_t identified = 0;  ///< with identifiers
    std::uint64_t measured = 0;    ///< with values in SI units
};

/// Makes the side tables of searches anew from the nodes, a thousand at a time, beside other work. Needed
/// once when a new version keeps more there, or knows more units. Errors: those of the store.
[[nodiscard]] base::Result<Reindexed> reindex(Context& context);

}  // namespace cript::service
