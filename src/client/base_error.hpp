#pragma once

#include "base/result.hpp"
#include "cript/error.hpp"

namespace cript::client {

/// An error of the floors below as a user of libcript sees it.
[[nodiscard]] Error from_base(base::Error error);
[[nodiscard]] Problem from_base(base::Problem problem);

}  // namespace cript::client
