#pragma once

#include <cstdint>
#include <functional>

#include "base/result.hpp"
#include "store/manifest.hpp"

namespace cript::store {

/// How far a copy is.
struct CopyProgress {
    enum class Phase : std::uint8_t {
        Reading,  ///< the source, to know what must arrive
        Copying,
        Checking,  ///< the copy, against that
    };
    Phase phase{};
    std::uint64_t rows = 0;   ///< done in this phase
    std::uint64_t total = 0;  ///< of this phase; 0 while it is not known
};
using ReportCopy = std::function<void(const CopyProgress&)>;

/// Copies an instance with its internal ids, so that pages keep their order, in portions each of which is one
/// transaction. A copy that was broken off goes on where it stood. At the end, counts and sums of every table
/// are compared on both sides, and only then the copy becomes an instance that can be served.
///
/// Errors: Conflict if the target is not empty, or is the beginning of a copy of something else than the
/// source is now; InvalidInput if the target's kind of database cannot hold a row; Internal if the copy came
/// out different; Unavailable.
[[nodiscard]] base::Result<Manifest> copy_instance(TableReader& source, UnfinishedCopy& target,
                                                   const ReportCopy& report = {});

}  // namespace cript::store
