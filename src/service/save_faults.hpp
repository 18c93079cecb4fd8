#pragma once

#include <vector>

#include "base/result.hpp"

namespace cript::service {

/// One reason not to save.
struct Fault {
    base::ErrorKind kind;
    base::Problem problem;
};

/// All of them (there is at least one) as one error. What is wrong with the document comes before what
/// clashes, and that before what is not allowed; otherwise as found.
[[nodiscard]] base::Error in_order(std::vector<Fault> faults);

}  // namespace cript::service
