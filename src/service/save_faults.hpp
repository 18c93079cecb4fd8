#pragma once

#include <vector>

#include "service/save_graph.hpp"

namespace cript::service {

/// One reason not to save.
struct Fault {
    base::ErrorKind kind;
    base::Problem problem;
};

/// More are counted, not kept: a document can have hundreds of thousands, and nobody reads them.
inline constexpr std::size_t kMostFaults = 5'000;
inline constexpr std::size_t kMostWarnings = 1'000;

/// Puts one warning in the place of those beyond `most`, with how many they were.
void leave_out_beyond(std::size_t most, std::vector<base::Problem>& warnings);

/// All of them (there is at least one; at most kMostFaults are listed) as one error. What is wrong with the
/// document comes before what clashes, and that before what is not allowed; otherwise as found. `unlisted` is
/// how many there are besides.
[[nodiscard]] base::Error in_order(std::vector<Fault> faults, std::size_t unlisted = 0);

/// Is a node, if there is one for the caller to see, still at the revision that was seen? Errors: Conflict
/// with kRevisionDiffers.
[[nodiscard]] base::Result<void> check_revision(const store::NodeRow* node, std::int64_t seen);

}  // namespace cript::service
