#pragma once

#include <cstdint>
#include <functional>

#include "service/context.hpp"

namespace cript::service {

/// Of the rules by which the side tables of searches are made. One more whenever they hold more, or something
/// else, of the same nodes: a new table, more units. Servers make them anew when they start.
inline constexpr std::int64_t kIndexVersion = 1;

struct Reindexed {
    std::uint64_t nodes = 0;
    std::uint64_t identified = 0;  ///< with identifiers
    std::uint64_t measured = 0;    ///< with values in SI units
    std::uint64_t custom = 0;      ///< with words of users' own
};

/// Is told after each portion how far it is; false ends it.
using ReindexProgress = std::function<bool(const Reindexed&)>;

/// Makes the side tables of searches anew from the nodes, a thousand at a time, beside other work.
/// Errors: those of the store; Unavailable if `progress` ends it.
[[nodiscard]] base::Result<Reindexed> reindex(Context& context, const ReindexProgress& progress = {});

/// The same if they were made by older rules, else nothing. Of several servers of a database one does it, and
/// the others wait for it. Errors: likewise.
[[nodiscard]] base::Result<void> reindex_if_older(Context& context, const ReindexProgress& progress = {});

}  // namespace cript::service
